"""Looking a dossier up: by the citizen with the code, by the officer with anything."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from django.conf import settings
from django.db.models import CharField, Q, QuerySet, Subquery, Value
from django.db.models.expressions import OuterRef
from django.db.models.functions import Cast, Concat

from thanthien.core import timeline
from thanthien.core.models import Promise, TimelineEntry
from thanthien.core.prepared import Given, Prepared
from thanthien.core.text import clean, plain
from thanthien.dossiers.enums import CLOSED, Status
from thanthien.dossiers.models import Dossier
from thanthien.dossiers.queries.single import dossiers_seen_by

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff

LONGEST_CODE = 60
IN_ADDRESS = re.compile(r"/tra-cuu/([^/]+)/")


def tracking_address(dossier: Dossier) -> str:
    """Where the QR on the slip leads: the code, and a secret in place of the phone's last digits."""
    return f"{settings.SITE_URL}/tra-cuu/{quote(dossier.code)}/{dossier.secret}/"


@dataclass(frozen=True)
class Tracking:
    """What a citizen sees who knows the code and a second fact."""

    dossier: Dossier
    explanation: list[dict[str, Any]]
    entries: list[TimelineEntry]

    @property
    def due_at(self) -> datetime | None:
        return self.dossier.due_at


def public_state(code: str) -> bool | None:
    """For the code alone: whether the dossier is finished (PĐ TT 01/2018 Đ16); None when there is none."""
    status = Dossier.objects.filter(code=_tidy(code)).values_list("status", flat=True).first()
    return None if status is None else status in CLOSED | {Status.FINISHED}


def _dossier_with_explanation() -> QuerySet[Dossier]:
    subject = Concat(Value("dossier:"), Cast(OuterRef("pk"), CharField()))
    explained = Promise.objects.filter(subject=subject, kind="result").values("explanation")[:1]
    related = "unit", "receiving_unit", "desk_unit", "offering", "apology", "supplement", "result_return"
    found = Dossier.objects.select_related(*related).annotate(explanation=Subquery(explained))
    return found.filter(code=Given("code")).order_by()


_tracked = Prepared(_dossier_with_explanation)
_public_entries = Prepared(lambda: timeline.entries_of(Given("subject")).exclude(public_text=""))


def tracking(code: str, second_fact: str) -> Tracking | None:
    """The dossier of this code, for who knows the last four digits of its phone or the secret of its QR.

    Two statements, and the same work for an unknown code as for a wrong second fact.
    """
    dossier: Any = _tracked.first(code=_tidy(code))
    entries = _public_entries.all(subject=dossier.subject if dossier else "dossier:0")
    if not _knows(dossier, clean(second_fact)):
        return None
    return Tracking(dossier, dossier.explanation or [], entries)


def _knows(dossier: Dossier | None, fact: str) -> bool:
    secret = dossier.secret if dossier else secrets.token_urlsafe(12)
    digits = (dossier.phone[-4:] if dossier else "") or secret
    by_secret = secrets.compare_digest(fact.encode(), secret.encode())
    by_digits = secrets.compare_digest(fact.encode(), digits.encode())
    return dossier is not None and (by_secret or by_digits)


def _tidy(code: str) -> str:
    return clean(code).replace(" ", "").upper()[:LONGEST_CODE]


def find_dossiers(staff: "Staff", text: str) -> QuerySet[Dossier]:
    """By code (whole, scanned, or its end), identity number, phone, or name without marks."""
    text = _scanned(clean(text)[:200])
    digits = text.replace(" ", "").replace(".", "")
    found = Q(code=text.upper())
    if digits.isdigit() and digits.isascii():
        found |= Q(personal_id=digits) | Q(phone__in=_phone_forms(digits)) | Q(code__endswith=f"-{digits}")
    elif "-" in text:
        found |= Q(code__endswith=text.upper())
    else:
        found |= _name(plain(text))
    related = "unit", "desk_unit", "holder"
    return dossiers_seen_by(staff).filter(found).select_related(*related).order_by("-registered_at")


def _scanned(text: str) -> str:
    """The code, when somebody scans the QR of a slip (it holds the address for the citizen); else the text."""
    found = IN_ADDRESS.search(text)
    return unquote(found[1]) if found else text[:100]


def _name(words: str) -> Q:
    name = Q()
    for word in words.split()[:6]:
        name &= Q(applicant_plain__contains=word)
    return name if words else Q(pk__in=[])


def _phone_forms(digits: str) -> list[str]:
    return [digits, f"+84{digits.removeprefix('0')}", f"+{digits}"]
