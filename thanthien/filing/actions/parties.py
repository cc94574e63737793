"""Whose word is needed beside the filer's: asked by a link of their own, once more, or no more; their answer."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.core.text import mask_email, mask_phone
from thanthien.core.words import as_the_office_writes
from thanthien.filing import rules
from thanthien.filing.actions.drafts import locked
from thanthien.filing.actions.sending import complete
from thanthien.filing.enums import PartyState
from thanthien.filing.models import Draft, Party
from thanthien.filing.queries import (
    address_of,
    corrected,
    declarer_of,
    key_of,
    must_confirm,
    told_of,
    typed_in,
)
from thanthien.notifications.actions import Facts, Notice, tell
from thanthien.notifications.enums import Situation
from thanthien.people.rules import clean_phone


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Where a link is sent; both may be empty: then who files hands it over by themselves (QR, copied)."""

    phone: str = ""
    email: str = ""

    @property
    def masked(self) -> str:
        ways = [mask_phone(self.phone)] * bool(self.phone) + [mask_email(self.email)] * bool(self.email)
        return ", ".join(ways)


@transaction.atomic
def ask_parties(draft: Draft, contacts: Mapping[str, Contact], *, at: datetime) -> list[Party]:
    """Asks everybody whose word is missing, by their field's code; the draft waits for them. Who was asked already is
    not asked a second time. Raises `Refused` when papers are lacking."""
    fresh = complete(draft, at=at)
    known = set(fresh.parties.values_list("field", flat=True))
    with as_the_office_writes():
        wanted = [one for one in must_confirm(fresh) if one.field.code not in known]
    fresh.saved_at, fresh.expires_at = at, at + rules.KEPT_FOR
    fresh.save(update_fields=["saved_at", "expires_at"])
    asked = []
    for one in wanted:
        party = Party(draft=fresh, field=one.field.code, label=one.field.label, full_name=one.full_name)
        asked.append(_ask(party, contacts.get(one.field.code, Contact()), at=at))
    return asked


@transaction.atomic
def ask_again(party: Party, contact: Contact, *, at: datetime) -> Party:
    """A new link for the same person, to where they were asked before or to another `contact`; the old one opens
    nothing any more."""
    draft, fresh = _both(party)
    rules.check_is_open(draft, at=at)
    rules.check_can_ask_again(fresh)
    fresh.times_asked += 1
    fresh.state, fresh.answered_at, fresh.note = PartyState.WAITING, None, ""
    draft.saved_at, draft.expires_at = at, at + rules.KEPT_FOR
    draft.save(update_fields=["saved_at", "expires_at"])
    return _ask(fresh, Contact(phone=contact.phone or fresh.phone, email=contact.email or fresh.email), at=at)


def _ask(party: Party, contact: Contact, *, at: datetime) -> Party:
    party.nonce = secrets.token_hex(16)
    party.key_hash = rules.hash_of(key_of(party))
    party.phone, party.email, party.sent_to = contact.phone, contact.email, contact.masked
    party.asked_at, party.expires_at = at, at + rules.KEPT_FOR
    party.save()
    draft: Any = party.draft
    facts = Facts(
        name=party.full_name, declarer=declarer_of(draft), procedure=draft.version.name, confirm=address_of(party),
        due_at=party.expires_at, unit=draft.offering.unit.name,
    )  # fmt: skip
    notice = Notice(
        subject=f"party:{party.pk}", unit_code=draft.offering.unit.code, situation=Situation.CONFIRM, facts=facts,
        occasion=str(party.times_asked), phone=party.phone, email=party.email, expires_at=party.expires_at,
    )  # fmt: skip
    tell(notice, at=at)
    return party


@transaction.atomic
def take_back(draft: Draft, *, at: datetime) -> None:
    """Nobody is asked any more: the links open nothing, and the form can be changed again."""
    fresh = locked(draft.pk)
    rules.check_is_open(fresh, at=at)
    fresh.parties.all().delete()


# ---- the other's answer ------------------------------------------------------------------------------------
@transaction.atomic
def confirm(party: Party, own: Mapping[str, Any], *, wording: str, at: datetime) -> Party:
    """They say that it is right. `own`: answers of their group as they left them; `wording`: what they pledged.

    The filing itself is sent by whoever calls, once nobody's word is missing (`submit`).
    """
    draft, fresh = _both(party)
    rules.check_can_answer(fresh, at=at)
    before = told_of(draft)
    draft.declared = draft.declared | dict(own)
    draft.saved_at, draft.expires_at = at, at + rules.KEPT_FOR
    draft.save(update_fields=["declared", "saved_at", "expires_at"])
    with as_the_office_writes():
        fresh.changed = corrected(fresh, before, told_of(draft))
    fresh.state, fresh.answered_at, fresh.wording, fresh.note = PartyState.CONFIRMED, at, wording, ""
    fresh.save(update_fields=["state", "answered_at", "wording", "note", "changed"])
    return fresh


@transaction.atomic
def dispute(party: Party, *, note: str, at: datetime) -> Party:
    """They say that something is wrong, in words that who files will read; nothing is sent."""
    draft, fresh = _both(party)
    rules.check_can_answer(fresh, at=at)
    fresh.state, fresh.answered_at, fresh.note = PartyState.DISPUTED, at, note
    fresh.save(update_fields=["state", "answered_at", "note"])
    facts = Facts(
        name=declarer_of(draft), declarer=fresh.full_name, procedure=draft.version.name, unit=draft.offering.unit.name
    )
    notice = Notice(
        subject=f"party:{fresh.pk}", unit_code=draft.offering.unit.code, situation=Situation.DISPUTED, facts=facts,
        occasion=str(fresh.times_asked), phone=clean_phone(typed_in(draft, "nguoi-nop", "phone")),
        email=typed_in(draft, "nguoi-nop", "email"),
    )  # fmt: skip
    tell(notice, at=at)
    return fresh


def _both(party: Party) -> tuple[Draft, Party]:
    """Under their locks, the draft's first. Raises `Refused` when they were taken back or sent meanwhile."""
    found = Draft.objects.select_for_update().filter(pk=party.draft_id or 0).first()
    fresh = Party.objects.select_for_update().filter(pk=party.pk, draft=found).first() if found else None
    if found is None or fresh is None or fresh.key_hash != party.key_hash:
        raise Refused(_("Lời mời này đã được thu lại hoặc thay bằng lời mời mới. Xin hỏi lại người khai."))
    fresh.draft = found
    return found, fresh
