"""What satisfaction adds to the house: its figures, its doors, the invitation on the page of one's own dossier."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thanthien.core import live
from thanthien.core.figures import Figure, Value, register
from thanthien.core.navigation import Entry, add
from thanthien.core.rules import allows
from thanthien.core.slots import fills
from thanthien.dossiers.enums import OPEN
from thanthien.satisfaction.queries import (
    CHANNEL,
    open_invitation,
    responses_in,
    review_of,
    satisfied_in,
    state_after,
    tablet_state,
    token_of,
    turns_since,
)
from thanthien.satisfaction.rules import CASE_READERS, KEEPERS, READERS, TYPISTS, check_can_settle

register(Figure(
    code="satisfaction.responses", label=_("phiếu đánh giá"),
    definition=_("Phiếu người dân đã trả lời trong kỳ, bằng mọi cách."),
    compute=lambda scope: Value(responses_in(scope).count()), records=responses_in, public=True,
))  # fmt: skip
register(Figure(
    code="satisfaction.satisfied", label=_("phiếu hài lòng trở lên"),
    definition=_("Phiếu có câu hỏi chung ở mức hài lòng trở lên; cơ sở là mọi phiếu trong kỳ."),
    compute=lambda scope: Value(satisfied_in(scope).count(), responses_in(scope).count()), records=satisfied_in,
    public=True,
))  # fmt: skip

live.register(live.Channel(
    name=CHANNEL, load=lambda key: tablet_state(key, at=timezone.now()), merge=state_after,
    since=lambda key, last: turns_since(key, last, at=timezone.now()),
))  # fmt: skip

GROUP = _("Lắng nghe")


def _door(label: Any, name: str, icon: str, order: int, roles: Any) -> None:
    add(Entry(
        label=label, url_name=f"satisfaction:{name}", icon=icon, group=GROUP, order=order, roles=frozenset(roles)
    ))  # fmt: skip


_door(_("Mức hài lòng"), "results", "emoji-smile", 150, READERS)
_door(_("Phiếu chưa hài lòng"), "cases", "chat-left-heart", 155, CASE_READERS)
_door(_("Nhập phiếu giấy"), "slips", "keyboard", 160, TYPISTS)
_door(_("Đợt khảo sát"), "campaigns", "clipboard-data", 165, READERS)
_door(_("Chín chỉ số"), "indices", "speedometer2", 170, READERS)
_door(_("Phiếu khảo sát"), "surveys", "ui-checks", 175, KEEPERS)
_door(_("Máy đánh giá tại quầy"), "devices", "tablet", 180, KEEPERS)


@fills("portal.tracking")
def invite_to_rate(request: HttpRequest, dossier: Any) -> str:
    """Who holds the slip of a returned dossier may answer from here; an officer's page does not show it."""
    invitation = None if request.user.is_authenticated else open_invitation(dossier, at=timezone.now())
    if invitation is None:
        return ""
    return render_to_string("satisfaction/_invitation.html", {"token": token_of(invitation)}, request=request)


@fills("dossier.detail")
def review_of_dossier(request: HttpRequest, dossier: Any) -> str:
    """Its owner asked to have it looked at again: whoever sees the dossier knows; who may decide gets there."""
    review = None if dossier.status in OPEN else review_of(dossier)
    if review is None:
        return ""
    waits = review.answered_at is None
    context = {"review": review, "kind": "late" if waits and review.due_at < timezone.now() else ""}
    context["may_decide"] = waits and allows(check_can_settle, review, by=request.user)
    return render_to_string("satisfaction/_review.html", context, request=request)


@fills("site.nav")
def link_of_the_site(request: HttpRequest, subject: Any) -> str:
    """For citizens: an officer who is signed in would be refused."""
    if request.user.is_authenticated:
        return ""
    return render_to_string("satisfaction/_nav.html", request=request)
