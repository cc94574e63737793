"""One letter's own page, and one occasion's."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from thanthien.core import timeline
from thanthien.core.rules import allows
from thanthien.letters import rules
from thanthien.letters.enums import Kind, State
from thanthien.letters.models import Confirmation, Letter
from thanthien.letters.queries.above import is_of_superior, nobody_above
from thanthien.letters.queries.settings import signature_of
from thanthien.letters.queries.single import apologies_before
from thanthien.organisation.queries import office_units

if TYPE_CHECKING:
    from thanthien.core.models import TimelineEntry
    from thanthien.organisation.models import Staff


@dataclass(frozen=True)
class Part:
    """A stretch of words; `is_missing`: a name whose fact nobody has filled in."""

    words: str
    is_missing: bool = False


@dataclass(frozen=True, kw_only=True)
class LetterPage:
    letter: Letter
    paragraphs: list[list[Part]]
    missing: list[str]
    confirmations: list[Confirmation]
    entries: "QuerySet[TimelineEntry]"
    facts: list[tuple[str, str]]
    may: frozenset[str]
    why_not_sign: str
    is_condolence: bool
    has_signature: bool
    nobody_above: bool
    opens_dossier: bool


def letter_page(letter: Letter, *, by: "Staff") -> LetterPage:
    facts = letter.facts | {"người nhận": letter.addressee}
    signer = letter.signed_by or by
    return LetterPage(
        letter=letter,
        paragraphs=[_parts(paragraph, facts) for paragraph in rules.paragraphs(letter.body)],
        missing=rules.missing_in(letter.body, facts),
        confirmations=list(letter.confirmations.select_related("by")),
        entries=timeline.entries_of(letter.subject),
        facts=_facts(letter),
        may=_may(letter, by=by),
        why_not_sign=_why_not_sign(letter, by=by),
        is_condolence=letter.kind == Kind.CONDOLENCE,
        has_signature=signature_of(signer) is not None,
        nobody_above=nobody_above(letter),
        opens_dossier=letter.dossier is not None and _sees(letter, by=by),
    )


def _sees(letter: Letter, *, by: "Staff") -> bool:
    """The superior agency answers for a dossier that is not among its own."""
    return not is_of_superior(letter) or office_units(by).filter(pk=letter.dossier.unit_id).exists()


def _parts(paragraph: str, facts: dict[str, str]) -> list[Part]:
    pieces = re.split(r"(\{[^{}\n]*\})", paragraph)
    return [_part(piece, facts) for piece in pieces if piece]


def _part(piece: str, facts: dict[str, str]) -> Part:
    filled = rules.fill(piece, facts)
    is_name = rules.NAME.fullmatch(piece) is not None
    return Part(piece[1:-1].strip(), True) if is_name and filled == piece else Part(filled)


def _facts(letter: Letter) -> list[tuple[str, str]]:
    pairs = [
        (_("Vì sao viết"), letter.cause),
        (_("Cơ quan viết thư"), letter.unit.name if is_of_superior(letter) else ""),
        (_("Địa chỉ"), letter.address),
        (_("Người ký"), str(letter.signed_by or letter.get_signer_display())),
        (_("Sổ thư số"), letter.reference),
        (_("Khổ giấy"), letter.get_paper_display()),
        (_("Cách trao"), letter.get_way_display()),
        (_("Người nhận thư"), letter.recipient),
        (_("Bằng chứng"), letter.evidence),
        (_("Người nhận đáp"), letter.answer),
        (_("Vì sao hủy"), letter.cancel_reason),
    ]
    return [(name, value) for name, value in pairs if value]


def _may(letter: Letter, *, by: "Staff") -> frozenset[str]:
    """Which deeds a button is shown for."""
    checks = {
        "change": rules.check_can_change, "confirm": rules.check_can_confirm, "hand_over": rules.check_can_hand,
        "cancel": rules.check_can_cancel, "answer": rules.check_can_answer,
        "wrong_name": rules.check_can_report_wrong_name,
    }  # fmt: skip
    may = {name for name, check in checks.items() if allows(check, letter, by=by)}
    if not _why_not_sign(letter, by=by) and letter.state == State.DRAFT:
        may.add("sign")
    incident: Any = getattr(letter, "wrong_name", None)
    if incident and allows(rules.check_can_close_wrong_name, incident, by=by):
        may.add("close_wrong_name")
    return frozenset(may)


def _why_not_sign(letter: Letter, *, by: "Staff") -> str:
    try:
        rules.check_can_sign(letter, by=by, before=apologies_before(letter))
    except rules.Refused as refusal:
        return str(refusal)
    return ""
