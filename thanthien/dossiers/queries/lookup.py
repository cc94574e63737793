"""Looking a dossier up: by the citizen with the code, by the officer with anything."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from django.conf import settings
from django.db.models import CharField, Exists, Q, QuerySet, Subquery, Value
from django.db.models.expressions import OuterRef
from django.db.models.functions import Cast, Concat

from thanthien.core import timeline
from thanthien.core.models import Promise, TimelineEntry
from thanthien.core.prepared import Given, Prepared
from thanthien.core.text import clean, plain
from thanthien.dossiers.enums import CLOSED, FileKind, Status
from thanthien.dossiers.models import Dossier, DossierFile
from thanthien.dossiers.queries.single import dossiers_seen_by

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff

LONGEST_CODE, LAST_DIGITS = 60, 4
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
    results = Exists(DossierFile.objects.filter(dossier=OuterRef("pk"), kind=FileKind.RESULT))
    found = Dossier.objects.select_related(*related).annotate(explanation=Subquery(explained), has_results=results)
    return found.filter(code=Given("code")).order_by()


_tracked = Prepared(_dossier_with_explanation)
_public_entries = Prepared(lambda: timeline.entries_of(Given("subject")).exclude(public_text=""))


def tracking(code: str, secret: str) -> Tracking | None:
    """The dossier of this code, for who holds the secret of its QR: they may do what its owner may.

    Two statements, and the same work for an unknown code as for a wrong secret.
    """
    tracked, true = _story(code)
    known = secrets.compare_digest(clean(secret).encode(), true.encode())
    return tracked if known else None


def tracking_by_digits(code: str, digits: str) -> Tracking | None:
    """The same to look at, for who knows the last four digits of its phone. Four digits can be guessed: nothing may be
    changed or taken away by them."""
    tracked, true = _story(code)
    phone = tracked.dossier.phone[-LAST_DIGITS:] if tracked else ""
    known = secrets.compare_digest(clean(digits).encode(), (phone or true).encode())
    return tracked if known and phone else None


def tracking_of(code: str) -> Tracking | None:
    """To look at once more, for who has proved before that they may."""
    return _story(code)[0]


def _story(code: str) -> tuple[Tracking | None, str]:
    """With the true secret, or one that nobody knows."""
    dossier: Any = _tracked.first(code=_tidy(code))
    entries = _public_entries.all(subject=dossier.subject if dossier else "dossier:0")
    if dossier is None:
        return None, secrets.token_urlsafe(12)
    return Tracking(dossier, dossier.explanation or [], entries), dossier.secret


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
