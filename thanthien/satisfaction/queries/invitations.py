"""Links that hold once, tablets, and whose turn it is."""

import hashlib
import hmac
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.utils.crypto import salted_hmac

from thanthien.organisation.queries import office_units
from thanthien.satisfaction.models import Invitation, RatingDevice, RatingTurn

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier
    from thanthien.organisation.models import Staff

SALT = "thanthien.satisfaction.invitation"
NONCE, PROOF = 16, 24  # characters
TOKEN = re.compile(rf"[A-Za-z0-9_-]{{{NONCE}}}[0-9a-f]{{{PROOF}}}")
AWAKE = timedelta(seconds=30)  # then the tablet sleeps again


def token_of(invitation: Invitation) -> str:
    return invitation.nonce + _proof(invitation.nonce)


def address_of(invitation: Invitation) -> str:
    return f"{settings.SITE_URL}/danh-gia/phieu/{token_of(invitation)}/"


def _proof(nonce: str) -> str:
    return salted_hmac(SALT, nonce, algorithm="sha256").hexdigest()[:PROOF]


def nonce_in(token: str) -> str:
    """ "" for a token that we did not make."""
    if not TOKEN.fullmatch(token) or not hmac.compare_digest(token[NONCE:], _proof(token[:NONCE])):
        return ""
    return token[:NONCE]


def invitation_by_token(token: str) -> Invitation | None:
    nonce = nonce_in(token)
    found = (
        Invitation.objects.select_related("version", "dossier__unit", "drawn") if nonce else Invitation.objects.none()
    )
    return found.filter(nonce=nonce).first()


def open_invitation(dossier: "Dossier", *, at: datetime) -> Invitation | None:
    """The one that came with the result, as long as it can be used."""
    return Invitation.objects.filter(dossier=dossier, drawn=None, used_on=None, expires_at__gt=at).first()


# ---- tablets -------------------------------------------------------------------------------------------------
def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def device_by_token(token: str) -> RatingDevice | None:
    return RatingDevice.objects.select_related("unit", "counter").filter(token_hash=hash_of(token)).first()


def turn_at(device: RatingDevice, *, at: datetime) -> RatingTurn | None:
    """Who has just got a result at that counter and was not yet asked."""
    recent = RatingTurn.objects.filter(counter=device.counter_id, at__gt=at - AWAKE, at__lte=at)
    return recent.order_by("-at", "-pk").first()


def devices_of(staff: "Staff") -> QuerySet[RatingDevice]:
    found = RatingDevice.objects.filter(unit__in=office_units(staff), revoked_at=None)
    return found.select_related("unit", "counter").order_by("unit__code", "counter__number", "pk")


def device_for(staff: "Staff", device_id: int) -> RatingDevice:
    found = devices_of(staff).filter(pk=device_id).first()
    if found is None:
        raise Http404
    return found
