"""Questionnaires: which there are, which is used where, what they ask."""

import json
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.http import Http404

from thanthien.organisation.queries import office_units
from thanthien.satisfaction.models import Survey, SurveyVersion
from thanthien.satisfaction.rules.surveys import Sheet, sheet_of

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff

FORMAT = "thanthien-survey-1"


def surveys_seen_by(staff: "Staff") -> QuerySet[Survey]:
    """The built-in ones and those of the person's office."""
    own = Q() if staff.is_superuser else Q(unit=None) | Q(unit__in=office_units(staff))
    return Survey.objects.filter(own).select_related("unit").prefetch_related("versions")


def survey_for(staff: "Staff", code: str) -> Survey:
    found = surveys_seen_by(staff).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def newest_of(survey: Survey) -> SurveyVersion:
    """Raises `Http404` for one that has no version."""
    found = survey.versions.order_by("-number").first()
    if found is None:
        raise Http404
    return found


def question_of(version: SurveyVersion, key: str) -> dict[str, Any]:
    """As it stands in the content; 404 for one that is not asked."""
    found = next((one for one in version.content["questions"] if one["key"] == key), None)
    if found is None:
        raise Http404
    return dict(found)


def version_used(unit_id: int, channel: str) -> SurveyVersion | None:
    """What is asked by this way in this unit: its own questionnaire, the newest first, else the built-in one."""
    usable = Survey.objects.filter(Q(unit=unit_id) | Q(unit=None), is_active=True).order_by("-pk")
    fitting = [one for one in usable if channel in one.channels]
    fitting.sort(key=lambda one: one.unit_id is None)
    return newest_of(fitting[0]) if fitting else None


def versions_to_type(staff: "Staff") -> list[SurveyVersion]:
    """The newest version of each questionnaire in use, the one for paper first."""
    usable = [one for one in surveys_seen_by(staff) if one.is_active and one.versions.all()]
    usable.sort(key=lambda one: ("paper" not in one.channels, one.unit_id is None, one.pk))
    return [one.versions.all()[0] for one in usable]


def sheet(version: SurveyVersion, *, language: str = "") -> Sheet:
    return sheet_of(version.content, language=language)


def exported(survey: Survey) -> str:
    """The questionnaire as a file that another installation can take in, with everything in it."""
    version = newest_of(survey)
    told: dict[str, Any] = {
        "format": FORMAT,
        "name": survey.name,
        "channels": survey.channels,
        "content": version.content,
    }
    return json.dumps(told, ensure_ascii=False, indent=1)
