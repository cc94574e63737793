"""Links that hold once, tablets, and whose turn it is."""

import hashlib
import hmac
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Max, QuerySet
from django.http import Http404
from django.utils.crypto import salted_hmac

from thanthien.core.prepared import Given, Prepared
from thanthien.organisation.queries import office_units
from thanthien.satisfaction.models import Invitation, RatingDevice, RatingTurn

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier
    from thanthien.organisation.models import Staff

SALT = "thanthien.satisfaction.invitation"
NONCE, PROOF = 16, 24  # characters
TOKEN = re.compile(rf"[A-Za-z0-9_-]{{{NONCE}}}[0-9a-f]{{{PROOF}}}")
OPEN_FOR = timedelta(days=30)
LATEST = timedelta(days=7)  # after the result: a worker that was off asks later
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
    """With all that the page and the answer need, in one statement that is written once."""
    nonce = nonce_in(token)
    return _by_nonce.first(nonce=nonce) if nonce else None


ABOUT = (
    "version__content", "drawn__reached", "drawn__tries", "drawn__note", "drawn__campaign__drawn_at",
    "drawn__campaign__closed_at", "dossier__procedure_name", "dossier__received_by_id", "dossier__unit__name",
    "dossier__unit__hotline", "dossier__offering__procedure__sector_id", "dossier__applicant__neighbourhood_id",
)  # fmt: skip
_by_nonce = Prepared(
    lambda: (
        Invitation.objects.select_related(
            "version", "drawn__campaign", "dossier__unit", "dossier__offering__procedure", "dossier__applicant"
        )
        .only("nonce", "expires_at", "used_on", *ABOUT)
        .filter(nonce=Given("nonce"))
    )
)


def open_invitation(dossier: "Dossier", *, at: datetime) -> Invitation | None:
    """The one that came with the result, as long as it can be used. The page of one's own dossier asks: one statement,
    written once, and none for a dossier that is under way or was returned too long ago to have one."""
    returned = dossier.returned_at
    if returned is None or at - returned > OPEN_FOR + LATEST:
        return None
    found = _of_dossier.first(dossier=dossier.pk)
    return found if found and found.expires_at > at else None


_of_dossier = Prepared(
    lambda: Invitation.objects.filter(dossier=Given("dossier"), drawn=None, used_on=None).only("nonce", "expires_at")
)


# ---- tablets -------------------------------------------------------------------------------------------------
def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def device_by_token(token: str) -> RatingDevice | None:
    return RatingDevice.objects.select_related("unit", "counter").filter(token_hash=hash_of(token)).first()


def turn_at(device: RatingDevice, *, at: datetime) -> RatingTurn | None:
    """Who has just got a result at that counter and was not yet asked."""
    recent = RatingTurn.objects.filter(counter=device.counter_id, at__gt=at - AWAKE, at__lte=at, is_over=False)
    return recent.order_by("-at", "-pk").first()


# ---- what the live process tells a sleeping tablet ---------------------------------------------------------------
CHANNEL = "tablet"
KEY = 40  # characters of the hash of its secret: nobody else can listen


def live_key(device: RatingDevice) -> str:
    return device.token_hash[:KEY]


def tablet_state(key: str, *, at: datetime) -> dict[str, int] | None:
    """Whose turn it is (0: nobody's); "last" is the number of the last turn at the counter."""
    found = RatingDevice.objects.filter(token_hash__startswith=key, revoked_at=None) if len(key) == KEY else None
    device = found.first() if found is not None else None
    if device is None:
        return None
    turn = turn_at(device, at=at)
    last = RatingTurn.objects.filter(counter=device.counter_id).aggregate(last=Max("pk"))["last"]
    return {"turn": turn.pk if turn else 0, "last": last or 0}


def turns_since(key: str, last: int, *, at: datetime) -> list[dict[str, int]]:
    state = tablet_state(key, at=at)
    return [{"id": state["turn"], "turn": state["turn"]}] if state and state["turn"] > last else []


def state_after(state: dict[str, int], fact: dict[str, int]) -> dict[str, int]:
    return {"turn": fact["turn"], "last": max(state["last"], fact["id"])}


def devices_of(staff: "Staff") -> QuerySet[RatingDevice]:
    found = RatingDevice.objects.filter(unit__in=office_units(staff), revoked_at=None)
    return found.select_related("unit", "counter").order_by("unit__code", "counter__number", "pk")


def device_for(staff: "Staff", device_id: int) -> RatingDevice:
    found = devices_of(staff).filter(pk=device_id).first()
    if found is None:
        raise Http404
    return found
