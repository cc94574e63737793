"""Papers with their photos: a plain form for every browser, pieces for a script that goes on after a broken line."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from thanthien.core import rate_limit
from thanthien.core.files import KeptFile, hand_out, limits_in_words
from thanthien.core.idempotency import new_key
from thanthien.core.rules import Refused
from thanthien.filing import actions
from thanthien.filing.actions import TAKEN, Piece
from thanthien.filing.queries import draft_file, next_piece, papers_of_draft
from thanthien.filing.rules import MOST_FILES_A_PAPER, PIECE_BYTES
from thanthien.filing.views.drafting import SAVINGS, Way, shown, while_typing

NAME = re.compile(r"[A-Za-z0-9_-]{8,64}")


def page(request: HttpRequest, draft: Any, way: Way) -> HttpResponse:
    """Sent without a script: keeps every good file, says of every bad one what is wrong with it."""
    faults: dict[str, list[str]] = {}
    if request.method == "POST":
        faults = _take(request, draft)
        if not faults and (removed(request, draft) or request.POST.get("do") == "add"):
            return redirect("filing:step", draft.ref, way.step.code)
        if not faults:
            return way.onward()
    lines = papers_of_draft(draft) if not faults else papers_of_draft(_fresh(draft))
    rows = [(line, faults.get(line.asked.key, [])) for line in lines]
    names = {"rows": rows, "has_faults": bool(faults), "most": MOST_FILES_A_PAPER, "limits": limits_in_words(TAKEN)}
    return shown(request, "papers", way, status=422 if faults else 200, **names)


def _fresh(draft: Any) -> Any:
    draft.refresh_from_db(fields=["answers"])
    return draft


def removed(request: HttpRequest, draft: Any) -> bool:
    """Whether a file was to be taken out; then it is."""
    action = request.POST.get("do", "")
    if not (action.startswith("remove-") and action[7:].isdecimal() and len(action) < 20):
        return False
    actions.remove_file(draft, int(action[7:]), at=now())
    return True


def _take(request: HttpRequest, draft: Any) -> dict[str, list[str]]:
    absent = {name: request.POST.getlist(name) for name in request.POST if name.startswith("absent-")}
    actions.save_step(draft, "giay-to", absent, is_sent=True, at=now())
    faults: dict[str, list[str]] = {}
    for field, uploads in request.FILES.lists():
        paper = field.partition("-")[2]
        for upload in uploads:
            if fault := kept_or_fault(draft, paper, upload):
                faults.setdefault(paper, []).append(f"{(upload.name or '')[:60]}: {fault}")
    return faults


def kept_or_fault(draft: Any, paper: str, upload: Any) -> str:
    """Keeps one file; what is wrong with it, or ""."""
    try:
        actions.keep_file(draft, paper, upload, device_name=new_key(), at=now())
    except ValidationError as refused:
        return refused.messages[0]
    except Refused as refused:
        return str(refused)
    return ""


@require_http_methods(["GET", "POST"])
@while_typing
def piece(request: HttpRequest, draft: Any) -> HttpResponse:
    """GET: which piece of a file comes next. POST: a piece; after the last one, the file as it stands on the page."""
    data = request.POST if request.method == "POST" else request.GET
    paper, upload = data.get("paper", "")[:60], data.get("upload", "")
    if not NAME.fullmatch(upload):
        raise Http404
    if request.method == "GET":
        return JsonResponse({"next": next_piece(draft, paper, upload), "size": PIECE_BYTES})
    if wait := rate_limit.seconds_to_wait(SAVINGS, draft.ref):
        return JsonResponse({"error": "wait"}, status=429, headers={"Retry-After": str(wait)})
    rate_limit.count(SAVINGS, draft.ref)
    return _add(request, draft, paper, upload)


def _add(request: HttpRequest, draft: Any, paper: str, upload: str) -> JsonResponse:
    try:
        kept = actions.keep_piece(draft, _piece_of(request, paper, upload), at=now())
    except ValidationError as refused:
        return JsonResponse({"error": refused.messages[0]}, status=422)
    except Refused as refused:
        return JsonResponse({"error": str(refused)}, status=422)
    if kept is None:
        return JsonResponse({"next": next_piece(draft, paper, upload)})
    shown = render_to_string("filing/_file.html", {"file": kept, "draft": draft}, request)
    return JsonResponse({"done": True, "html": shown})


def _piece_of(request: HttpRequest, paper: str, upload: str) -> Piece:
    sent, numbers = request.FILES.get("piece"), [request.POST.get(name, "") for name in ("number", "total")]
    if sent is None or not all(text.isdecimal() and len(text) < 6 for text in numbers):
        raise Http404
    number, total = map(int, numbers)
    content = sent.read(PIECE_BYTES + 1)
    return Piece(
        paper=paper, upload=upload, number=number, total=total, name=request.POST.get("name", "")[:255], content=content
    )


@require_safe
@while_typing
def file(request: HttpRequest, draft: Any, file_id: int) -> HttpResponseBase:
    """A photo as it was sent, for its own device."""
    found = draft_file(draft, file_id)
    if found is None:
        raise Http404
    names = "path", "name", "media_type", "size", "sha256"
    return hand_out(KeptFile(**{name: getattr(found, name) for name in names}), show=True)
