"""Who must confirm a draft beside the one who files it, who was asked, and what they may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from thanthien.declarations.queries import version_by_id
from thanthien.declarations.rules import Field, Group, confirmers, groups_shown
from thanthien.filing.enums import FilingKind, PartyState
from thanthien.filing.models import Draft, Filing, Party
from thanthien.filing.queries.declared import declaration_of, facts_of_group, told_of
from thanthien.filing.queries.typing import is_for_other, typed
from thanthien.filing.rules import KEPT_FOR, hash_of, is_same_person
from thanthien.ui.declared_inputs import kept_value

OWN_NUMBERS = ("personal_id", "old_id", "phone", "email")  # never shown on the page of a link, only compared or kept
RELATED_OF_DRAFT = ("offering__unit", "offering__procedure", "version", "helper")
RELATED = ("draft__offering__unit", "draft__offering__procedure", "draft__version", "dossier__unit", "dossier__version")


@dataclass(frozen=True, kw_only=True)
class ToConfirm:
    """Somebody whose word is needed."""

    field: Field
    full_name: str


def must_confirm(draft: Draft) -> list[ToConfirm]:
    """Everybody who confirms in the form of this draft but the one who files it themselves."""
    declaration = declaration_of(draft)
    if declaration is None:
        return []
    told, filer = told_of(draft), _filer(draft)
    asked = [(field, told.get(field.code) or {}) for field in confirmers(declaration.content, told)]
    return [
        ToConfirm(field=field, full_name=str(said.get("full_name") or field.label))
        for field, said in asked
        if filer is None or not is_same_person(said, filer)
    ]


def _filer(draft: Draft) -> Mapping[str, str] | None:
    """Who files for another is none of those who confirm."""
    if is_for_other(draft):
        return None
    page = typed(draft, "nguoi-nop")
    number = "".join(one for one in str(page.get("personal_id", "")) if one.isdecimal())
    born = kept_value("date", str(page.get("birth_date", "")))
    return {"full_name": str(page.get("full_name", "")), "personal_id": number, "birth_date": born}


def parties_of(draft: Draft) -> list[Party]:
    return list(draft.parties.all())


def unconfirmed(draft: Draft) -> list[str]:
    """The names of those whose word is still missing."""
    confirmed = {party.field for party in parties_of(draft) if party.state == PartyState.CONFIRMED}
    return [one.full_name for one in must_confirm(draft) if one.field.code not in confirmed]


# ---- the link ----------------------------------------------------------------------------------------------
def key_of(party: Party) -> str:
    """192 bits that nobody can read from the database alone; another nonce makes another link."""
    digest = salted_hmac("thanthien.filing.party", party.nonce, algorithm="sha256").hexdigest()
    return digest[:48]


def address_of(party: Party) -> str:
    return f"{settings.SITE_URL}{reverse('filing:confirm', args=[key_of(party)])}"


def party_by_key(key: str) -> Party | None:
    """By the link; None for one that was never given out, was replaced or taken back."""
    return Party.objects.select_related(*RELATED).filter(key_hash=hash_of(key)).first()


def draft_of_party(party: Party) -> Draft | None:
    """As it stands now; None once it was sent."""
    return Draft.objects.select_related(*RELATED_OF_DRAFT).filter(parties=party.pk).first()


@dataclass(frozen=True, kw_only=True)
class Stated:
    """One part of what was declared, as the second person reads it: numbers masked."""

    title: str
    facts: list[tuple[str, str]]


def stated_for(party: Party) -> list[Stated]:
    """What the form says, but for the group about themselves, which they go through as a form; nothing of the papers,
    the address and the wishes of who files."""
    draft = party.draft
    declaration, told = declaration_of(draft), told_of(draft)
    assert declaration is not None
    groups = [group for group in groups_shown(declaration.content, told) if group != own_group(party)]
    found = [Stated(title=one.title, facts=facts_of_group(declaration, one, told, masked=True)) for one in groups]
    return [one for one in found if one.facts]


def own_group(party: Party) -> Group:
    declaration = declaration_of(party.draft)
    assert declaration is not None
    return declaration.content.group_of[party.field]


def declarer_of(draft: Draft) -> str:
    """Who files, as they wrote themselves."""
    return str(typed(draft, "nguoi-nop").get("full_name", ""))


def corrected(party: Party, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What they changed about themselves, by its labels."""
    declaration, group = declaration_of(party.draft), own_group(party)
    assert declaration is not None
    old, new = (dict(facts_of_group(declaration, group, told)) for told in (before, after))
    return [label for label in {**old, **new} if old.get(label) != new.get(label)]


# ---- afterwards --------------------------------------------------------------------------------------------
def receipt_for(key: str, *, at: datetime) -> Filing | None:
    """What a device has sent with this key in the last days: it comes back to its receipt."""
    sent = Filing.objects.filter(key_hash=hash_of(key), kind=FilingKind.FILING, at__gt=at - KEPT_FOR)
    return sent.select_related("dossier").first() if key else None


def confirmations_of(dossier: Any) -> list[Party]:
    """Who confirmed what was declared in a dossier, and when."""
    return list(Party.objects.filter(dossier=dossier))


def still_to_do(dossier: Any) -> str:
    """What the form says about the time after filing ("cả hai bên phải có mặt …"); "" when there is nothing."""
    stated = getattr(dossier, "declaration", None)
    form = version_by_id(stated.version_id) if stated else None
    return form.content.afterwards if form else ""
