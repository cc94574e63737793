"""Drafting: by what happened, or by somebody. A letter is a draft until a leader signs it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.core import timeline
from thanthien.dossiers.enums import ResultKind
from thanthien.dossiers.queries import dossier_of_key, late_again
from thanthien.letters import rules
from thanthien.letters.enums import KIND_OF, Occasion
from thanthien.letters.models import Letter
from thanthien.letters.queries import (
    Draft,
    answers_for_second,
    draft_for_delay,
    draft_for_life,
    draft_for_voice,
    occasion_of,
    rule_of,
    text_of,
)
from thanthien.letters.queries.facts import common_facts
from thanthien.satisfaction.queries import case_by_id

SYSTEM = "Hệ thống"
MOST_AT_ONCE = 200


@transaction.atomic
def draft_letter(draft: Draft, *, by: Any, at: datetime) -> Letter:
    """At most one letter for one cause and round, however often it is asked."""
    if not isinstance(by, str):
        rules.check_can_write(by=by)
    return _drafted(draft, by=by, at=at)


def _drafted(draft: Draft, *, by: Any, at: datetime) -> Letter:
    rule, unit = rule_of(draft.unit, draft.occasion), draft.unit
    signer, text_code = rule.signer, str(draft.occasion)
    if draft.round > 1:
        unit, signer = answers_for_second(draft.source, draft.unit)
        text_code = "delay_again" if unit == draft.unit else "delay_above"
    text = text_of(unit, text_code)
    values = {
        "unit": unit, "kind": KIND_OF[draft.occasion], "cause": draft.cause[:500], "dossier": draft.dossier,
        "person": draft.person, "addressee": draft.addressee[:300], "address": draft.address[:300], "title": text.title,
        "body": text.body, "text_version": text.version, "facts": draft.facts | common_facts(unit),
        "signer": signer, "paper": rule.paper, "way": rule.way, "drafted_by": str(by), "drafted_at": at,
    }  # fmt: skip
    values["is_whole"] = rules.is_whole(values["addressee"], values["title"], values["body"], values["facts"])
    key = {"occasion": draft.occasion, "source": draft.source, "round": draft.round}
    if draft.source:
        letter, is_new = Letter.objects.get_or_create(**key, defaults=values)
    else:
        letter, is_new = Letter.objects.create(**key, **values), True
    if is_new:
        words = {"kind": letter.get_kind_display(), "cause": letter.cause}
        note = timeline.Note(kind="drafted", text=_("Soạn %(kind)s: %(cause)s.") % words)
        timeline.append(letter.subject, note, by=str(by), at=at)
    return letter


def draft_for_dossier(dossier_id: int, *, at: datetime) -> Letter | None:
    """For a registered birth, marriage or death; None for all else, for a refusal, or where the unit writes none."""
    dossier = dossier_of_key(dossier_id)
    rule = occasion_of(dossier.unit, dossier.offering.procedure.code)
    if rule is None or dossier.result_kind != ResultKind.GRANTED:
        return None
    return draft_letter(draft_for_life(dossier, rule.occasion), by=_(SYSTEM), at=at)


def draft_letter_of_delay(dossier_id: int, *, at: datetime) -> Letter | None:
    """The letter of the head after form 04 was sent; the form stays the legal one."""
    dossier = dossier_of_key(dossier_id)
    if not rule_of(dossier.unit, Occasion.DELAY).is_on:
        return None
    return draft_letter(draft_for_delay(dossier), by=_(SYSTEM), at=at)


def draft_for_answered_case(case_id: int, *, at: datetime) -> Letter | None:
    """For who was not content and left a name: when it was apologised for, or changed how the office works."""
    draft = draft_for_voice(case_by_id(case_id))
    if draft is None or not rule_of(draft.unit, draft.occasion).is_on:
        return None
    return draft_letter(draft, by=_(SYSTEM), at=at)


def draft_second_apologies(*, at: datetime) -> int:
    """For dossiers that run past their new date too; run by the clock, answers how many were drafted."""
    have = Letter.objects.filter(occasion=Occasion.DELAY, round=2).values("dossier")
    drafted = 0
    for pk in late_again(at=at).exclude(pk__in=have).order_by("due_at").values_list("pk", flat=True)[:MOST_AT_ONCE]:
        dossier = dossier_of_key(pk)
        if rule_of(dossier.unit, Occasion.DELAY).is_on:
            draft_letter(draft_for_delay(dossier, round=2), by=_(SYSTEM), at=at)
            drafted += 1
    return drafted
