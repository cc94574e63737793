"""Answers for tests and demonstrations, made by the real actions. Everybody is invented."""

from datetime import datetime
from typing import Any

from thanthien.dossiers.factories import MONDAY, hand_out, officer, receive
from thanthien.organisation.enums import Role
from thanthien.satisfaction import actions, queries
from thanthien.satisfaction.actions import About, Filled
from thanthien.satisfaction.models import Invitation, Response, SurveyVersion


def version_of(code: str = "three-levels") -> SurveyVersion:
    return SurveyVersion.objects.filter(survey__code=code).latest("number")


def slip(value: int = 3, *, unit: Any, by: Any, at: datetime = MONDAY, **facts: Any) -> Response:
    """A typed slip of the three levels: 3 very satisfied, 2 satisfied, 1 not yet."""
    day = facts.pop("day", at.date())
    filled = Filled(values={"overall": value}, **facts.pop("filled", {}))
    about = About(unit_id=unit.pk, **facts)
    return actions.type_slip(version_of(), filled, about, day=day, by=by, at=at)


def typist(unit: Any) -> Any:
    return officer(unit, Role.CLERK)


def returned(*, at: datetime = MONDAY, **facts: Any) -> Any:
    """A dossier whose result reached its owner at the counter."""
    return hand_out(receive(at=at, **facts), at=at)


def invited(dossier: Any = None, *, at: datetime = MONDAY) -> tuple[Invitation, str]:
    """An invitation and the token of its address."""
    invitation = actions.invite_after_result((dossier or returned(at=at)).pk, at=at)
    assert invitation is not None
    return invitation, queries.token_of(invitation)
