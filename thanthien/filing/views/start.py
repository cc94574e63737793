"""The page before the first, the way back to a draft, and leaving it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thanthien.core import rate_limit
from thanthien.core.idempotency import idempotent
from thanthien.filing import actions, rules
from thanthien.filing.queries import draft_by_key, drafts_on_device, online_offer, receipt_for, steps_of
from thanthien.filing.views.drafting import (
    BEGINNINGS,
    MISSES,
    forget,
    no_draft,
    on_draft,
    remember,
    too_many,
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def start(request: HttpRequest, offering_id: int) -> HttpResponse:
    """What to have at hand and how long it takes; drafts of this device; begin."""
    at = now()
    offer = online_offer(offering_id, at=at)
    rules.check_can_begin(offer.offering)
    if request.method != "POST":
        known = drafts_on_device(request.COOKIES, offer.offering, at=at)
        return render(request, "filing/start.html", {"offer": offer, "drafts": known})
    if wait := rate_limit.seconds_to_wait(BEGINNINGS, rate_limit.asker_of(request)):
        return too_many(request, wait)
    rate_limit.count(BEGINNINGS, rate_limit.asker_of(request))
    begun = actions.begin_draft(offer.offering, at=at)
    response = redirect("filing:step", begun.draft.ref, steps_of(begun.draft)[0].code)
    return remember(response, begun.draft.ref, begun.key)


@never_cache
@require_safe
def resume(request: HttpRequest, key: str) -> HttpResponse:
    """The link that was copied: this device may go on too."""
    if wait := rate_limit.seconds_to_wait(MISSES, rate_limit.asker_of(request)):
        return too_many(request, wait)
    draft = draft_by_key(key, at=now())
    if draft is None and (sent := receipt_for(key, at=now())):
        return redirect("filing:filed", sent.dossier.code, sent.dossier.secret)
    if draft is None:
        rate_limit.count(MISSES, rate_limit.asker_of(request))
        return no_draft(request)
    steps = steps_of(draft)
    step = next((one for one in steps if one.code not in draft.sent_steps), steps[-1])
    return remember(redirect("filing:step", draft.ref, step.code), draft.ref, key)


@require_POST
@on_draft
def delete(request: HttpRequest, draft: object) -> HttpResponse:
    """The draft and its files go; nothing was sent."""
    actions.delete_draft(draft, at=now())
    messages.success(request, _("Đã xóa bản nháp. Chưa có gì được gửi đi."))
    return forget(redirect("filing:gone"), draft.ref)


@require_POST
@on_draft
def leave(request: HttpRequest, draft: object) -> HttpResponse:
    """This device forgets the draft, for a machine that others use too; the copied link still opens it."""
    messages.success(request, _("Máy này không còn mở được bản nháp. Ông/bà làm tiếp bằng đường dẫn đã chép."))
    return forget(redirect("filing:gone"), draft.ref)


@require_safe
def gone(request: HttpRequest) -> HttpResponse:
    return render(request, "filing/gone.html")
