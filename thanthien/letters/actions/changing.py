"""A draft is changed by people; names of a condolence are confirmed by two."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.core import timeline
from thanthien.letters import rules
from thanthien.letters.models import Confirmation, Letter

CHANGED = ("addressee", "address", "title", "body", "signer", "paper", "way")


def locked(letter: Letter) -> Letter:
    related = "unit", "dossier", "signed_by", "person"
    return Letter.objects.select_for_update(of=("self",)).select_related(*related).get(pk=letter.pk)


def write_down(letter: Letter, kind: str, text: str, *, by: Any, at: datetime) -> None:
    timeline.append(letter.subject, timeline.Note(kind=kind, text=text), by=str(by), at=at)


@transaction.atomic
def change_letter(letter: Letter, facts: dict[str, str], *, by: Any, at: datetime, **values: str) -> Letter:
    """Words, facts, addressee, paper, way. What was confirmed must be confirmed anew when names or words changed."""
    letter = locked(letter)
    rules.check_can_change(letter, by=by)
    values = {name: value for name, value in values.items() if name in CHANGED}
    rules.check_signer(letter, values.get("signer", letter.signer))
    rules.check_text(letter.text_code, values.get("title", letter.title), values.get("body", letter.body))
    new = letter.facts | {name: value for name, value in facts.items() if name in rules.names_of(letter.text_code)}
    said = {name: values.get(name, getattr(letter, name)) for name in ("addressee", "title", "body")}
    is_other = new != letter.facts or any(getattr(letter, name) != value for name, value in said.items())
    for name, value in values.items():
        setattr(letter, name, value)
    letter.facts = new
    letter.is_whole = rules.is_whole(letter.addressee, letter.title, letter.body, new)
    letter.save(update_fields=[*values, "facts", "is_whole"])
    if is_other and letter.confirmations.exists():
        letter.confirmations.all().delete()
        write_down(letter, "unconfirmed", _("Sửa sau khi đã xác nhận: cần xác nhận lại."), by=by, at=at)
    write_down(letter, "changed", _("Sửa bản thảo."), by=by, at=at)
    return letter


@transaction.atomic
def confirm_names(letter: Letter, *, by: Any, at: datetime) -> Letter:
    """Somebody has compared name and relation with the papers."""
    letter = locked(letter)
    rules.check_can_confirm(letter, by=by)
    Confirmation.objects.create(letter=letter, by=by, at=at)
    write_down(letter, "confirmed", _("Xác nhận đúng tên và quan hệ."), by=by, at=at)
    return letter
