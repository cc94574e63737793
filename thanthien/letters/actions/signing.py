"""Signing one or fifty in one go; the paper as it was signed is kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core.documents.compiler import render
from thanthien.core.documents.issuing import draft, issue
from thanthien.core.documents.issuing import read as read_issued
from thanthien.core.documents.templates import current_template
from thanthien.core.events import publish
from thanthien.core.numbering import next_number
from thanthien.core.rules import Refused
from thanthien.letters import rules
from thanthien.letters.actions.changing import locked, write_down
from thanthien.letters.enums import State
from thanthien.letters.events import LetterSigned
from thanthien.letters.models import Letter
from thanthien.letters.queries import apologies_before, issued_of, letter_form


@transaction.atomic
def sign_letters(letters: Sequence[Letter], *, by: Any, at: datetime) -> list[Letter]:
    """All of them or none: what is wrong with one is said with its addressee, so that nothing is signed unseen."""
    if not letters:
        raise Refused(_("Chưa chọn thư nào."))
    if len(letters) > rules.MOST_AT_ONCE:
        raise Refused(_("Mỗi lần ký không quá %(most)s thư.") % {"most": rules.MOST_AT_ONCE})
    return [_sign(letter, by=by, at=at, alone=len(letters) == 1) for letter in letters]


def _sign(letter: Letter, *, by: Any, at: datetime, alone: bool) -> Letter:
    letter = locked(letter)
    try:
        rules.check_can_sign(letter, by=by, before=apologies_before(letter))
    except Refused as refusal:
        who = letter.addressee or letter.cause
        raise refusal if alone else Refused(f"{who}: {refusal}") from refusal
    letter.year = timezone.localdate(at).year
    letter.number = next_number(f"letter:{letter.unit.code}:{letter.year}")
    letter.signed_by, letter.signed_at, letter.state = by, at, State.SIGNED
    letter.save(update_fields=["year", "number", "signed_by", "signed_at", "state"])
    _issue(letter, by=by, at=at)
    write_down(letter, "signed", _("Ký thư, sổ thư số %(number)s.") % {"number": letter.reference}, by=by, at=at)
    publish(LetterSigned(letter_id=letter.pk))
    return letter


def _issue(letter: Letter, *, by: Any, at: datetime) -> None:
    data = letter_form(letter, at=at)
    issue(letter.paper, subject=letter.subject, unit_code=letter.unit.code, data=data, by=by, at=at)


def print_letter(letter: Letter, *, at: datetime) -> bytes:
    """The signed paper, byte for byte; before that a draft that says so on its face. Raises `DocumentDamaged`."""
    if issued := issued_of(letter):
        return read_issued(issued)
    return draft(letter.paper, unit_code=letter.unit.code, data=letter_form(letter, at=at), at=at)


def print_many(letters: Sequence[Letter], *, at: datetime) -> bytes:
    """One PDF for the printer: the same words and signatures that were kept when each was signed."""
    signed = [issued for letter in letters if letter.state != State.CANCELLED and (issued := issued_of(letter))]
    if not signed:
        raise Refused(_("Trong các thư đã chọn chưa có thư nào được ký."))
    if len({issued.kind for issued in signed}) > 1:
        raise Refused(_("Các thư đã chọn khác khổ giấy. Xin in riêng thư A4 và thiệp A5."))
    if len(signed) > rules.MOST_AT_ONCE:
        raise Refused(_("Mỗi lần in không quá %(most)s thư.") % {"most": rules.MOST_AT_ONCE})
    first = signed[0]
    template = current_template(first.kind, first.unit_code, on=timezone.localdate(at))
    data = first.data | {"letters": [issued.data for issued in signed]}
    return render(template.source, data, timestamp=timezone.localtime(at))
