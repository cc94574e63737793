"""The dossier's own page: the promise, what this person can do next, then everything else."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from thanthien.core.files import KeptFile, hand_out
from thanthien.core.rules import allows
from thanthien.dossiers import actions
from thanthien.dossiers.enums import FOR_CITIZEN, PAUSED, RUNNING, Status
from thanthien.dossiers.queries import DossierPage, applicant_facts, awaited_by, dossier_file, dossier_for, dossier_page
from thanthien.dossiers.rules import check_can_declare
from thanthien.dossiers.views import agencies, apologies, clock, ending, steps
from thanthien.dossiers.views.acting import Deed

# In the order in which one looks for them. What comes first and is allowed may become the main action.
DEEDS = (
    apologies.SEND, apologies.SIGN, apologies.DRAFT, clock.ACCEPT, ending.RETURN_RESULT, steps.ACKNOWLEDGE,
    clock.RESUME, agencies.AGENCY_ANSWERED, steps.FINISH_STEP, ending.SIGN_OFF, clock.CONFIRM_SUPPLEMENT,
    clock.REQUEST_SUPPLEMENT, clock.SUSPEND, steps.ASSIGN, steps.CONSULT, agencies.ASK_AGENCY, steps.ATTACH,
    ending.CHARGE, ending.COLLECT, steps.SEND_BACK, agencies.CANCEL_AGENCY, clock.DENY, ending.WITHDRAW, ending.STOP,
)  # fmt: skip
MAIN = {
    "send_apology", "sign_apology", "draft_apology", "accept", "acknowledge", "return_result", "resume", "finish_step",
    "sign_off", "agency_answered",
}  # fmt: skip
RARE = {"deny", "withdraw", "stop"}


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What this person may do now: the main thing, the usual ones, those that end the dossier."""

    main: Deed | None
    usual: list[Deed]
    rare: list[Deed]


@require_safe
@login_required
def detail(request: HttpRequest, code: str) -> HttpResponse:
    dossier, at = dossier_for(request.user, code), now()
    actions.log_viewing(dossier, by=request.user, at=at)
    return _show(request, dossier_page(dossier, at=at), at=at)


@require_POST
@login_required
def reveal(request: HttpRequest, code: str) -> HttpResponse:
    """The same page with the numbers in full; each press is written down."""
    dossier, at = dossier_for(request.user, code), now()
    actions.reveal_numbers(dossier, by=request.user, at=at)
    response = _show(request, dossier_page(dossier, at=at), at=at, in_full=True)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
@login_required
def let_go(request: HttpRequest, code: str) -> HttpResponse:
    """Leaves an editing page: colleagues may edit again."""
    dossier = dossier_for(request.user, code)
    actions.let_go(dossier, by=request.user)
    return redirect("dossiers:detail", code)


@require_safe
@login_required
def file(request: HttpRequest, code: str, file_id: int) -> HttpResponseBase:
    """A scan; `?xem` shows a picture inside the browser."""
    found = dossier_file(dossier_for(request.user, code), file_id)
    if found is None:
        raise Http404
    names = "path", "name", "media_type", "size", "sha256"
    return hand_out(KeptFile(**{name: getattr(found, name) for name in names}), show="xem" in request.GET)


def _show(request: HttpRequest, page: DossierPage, *, at: Any, in_full: bool = False) -> HttpResponse:
    names = {
        "page": page,
        "dossier": page.dossier,
        "choices": choices_of(page, by=request.user),
        "new_due": _if_answered_now(page.dossier, at),
        "awaited": awaited_by([page.dossier], at=at).get(page.dossier.pk),
        "editor": _editor(page.dossier, request.user, at),
        "in_full": in_full,
        "may_declare": page.declared is not None and allows(check_can_declare, page.dossier, by=request.user),
        "facts": applicant_facts(page.dossier, in_full=in_full),
    }
    return render(request, "dossiers/detail.html", names)


def _if_answered_now(dossier: Any, at: Any) -> Any:
    """The date to tell somebody who asks: what if I bring it today?"""
    return actions.due_if_answered(dossier, at=at).due if dossier.status in PAUSED and dossier.received_at else None


def _editor(dossier: Any, by: Any, at: Any) -> Any:
    """The colleague who is editing it now."""
    held = dossier.locked_until and dossier.locked_until > at and dossier.locked_by_id != by.pk
    return dossier.locked_by if held else None


def choices_of(page: DossierPage, *, by: Any) -> Choices:
    possible = [deed for deed in DEEDS if _fits(deed, page) and allows(deed.check, page.dossier, by=by)]
    main = next((deed for deed in possible if deed.name in MAIN and not _is_done(deed, page)), None)
    others = [deed for deed in possible if deed is not main]
    rare = [deed for deed in others if deed.name in RARE]
    return Choices(main=main, usual=[deed for deed in others if deed not in rare], rare=rare)


def _is_done(deed: Deed, page: DossierPage) -> bool:
    """A draft may still be changed, but it waits for another's signature."""
    return deed.name == "draft_apology" and page.apology is not None and page.apology.drafted_at is not None


def _fits(deed: Deed, page: DossierPage) -> bool:
    """Spares the rules what the page itself already knows."""
    status = page.dossier.status
    owes = page.apology is not None and page.apology.sent_at is None and page.apology.not_needed_at is None
    facts = {
        "send_apology": owes,
        "sign_apology": owes,
        "draft_apology": owes,
        "acknowledge": page.hand_over is not None and status != Status.RETURNED,
        "finish_step": status in RUNNING and not page.is_last_step,
        "sign_off": status in RUNNING and page.is_last_step,
        "send_back": status in RUNNING and page.dossier.step_position > page.first_step,
        "resume": status in FOR_CITIZEN,
        "agency_answered": status == Status.OTHER_AGENCY,
        "cancel_agency": status == Status.OTHER_AGENCY,
        "collect": bool(page.unpaid),
    }
    return facts.get(deed.name, True)
