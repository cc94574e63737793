"""How every page of a draft goes: the device shows its key, the draft is found or it is not there, the key lasts on."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache

from thanthien.core import rate_limit
from thanthien.core.idempotency import idempotent
from thanthien.core.rate_limit import Limit
from thanthien.filing.queries import Step, draft_of, receipt_for, steps_of
from thanthien.filing.rules import KEPT_FOR

View = Callable[..., HttpResponse]
# A school or an office may stand behind one address, so what belongs to an address is wide (RELIABILITY S3).
MISSES = Limit("filing:miss", tries=300, seconds=60)
BEGINNINGS = Limit("filing:begin", tries=120, seconds=600)
SAVINGS = Limit("filing:save", tries=1500, seconds=600)  # of one draft: words while typing, pieces of files
HELPER_TRIES = Limit("filing:helper", tries=10, seconds=600)  # wrong codes on one draft
DEEDS = Limit("filing:deed", tries=10, seconds=600)  # wrong proofs for one dossier
PATH = "/nop-ho-so/"


def cookie_of(ref: str) -> str:
    return f"nop_{ref}"


def remember(response: HttpResponse, ref: str, key: str) -> HttpResponse:
    """This device may go on for seven days more."""
    response.set_cookie(
        cookie_of(ref), key, max_age=int(KEPT_FOR.total_seconds()), path=PATH, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def forget(response: HttpResponse, ref: str) -> HttpResponse:
    response.delete_cookie(cookie_of(ref), path=PATH)
    return response


def on_draft(view: View) -> View:
    """A page of a draft; a form of it that is sent twice counts once."""
    return never_cache(idempotent(_with_draft(view)))


def while_typing(view: View) -> View:
    """What a script saves meanwhile: the same words twice do no harm, so no key is needed."""
    return never_cache(_with_draft(view))


def _with_draft(view: View) -> View:
    @wraps(view)
    def wrapper(request: HttpRequest, ref: str, *args: Any, **kwargs: Any) -> HttpResponse:
        at, key = now(), request.COOKIES.get(cookie_of(ref), "")
        if wait := rate_limit.seconds_to_wait(MISSES, rate_limit.asker_of(request)):
            return too_many(request, wait)
        draft = draft_of(ref, key, at=at)
        if draft is None and request.method == "GET" and (sent := receipt_for(key, at=at)):
            return redirect("filing:filed", sent.dossier.code, sent.dossier.secret)
        if draft is None:
            rate_limit.count(MISSES, rate_limit.asker_of(request))
            return no_draft(request)
        response = view(request, draft, *args, **kwargs)
        return response if _forgets(response, ref) else remember(response, ref, key)

    return wrapper


def _forgets(response: HttpResponse, ref: str) -> bool:
    return cookie_of(ref) in response.cookies


def no_draft(request: HttpRequest) -> HttpResponse:
    """Sent already, deleted, too old, or another device's: one page for all."""
    return render(request, "filing/no_draft.html", status=404)


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    response = render(request, "filing/too_many.html", {"minutes": -(-wait // 60)}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def shown(request: HttpRequest, template: str, way: "Way", *, status: int = 200, **names: Any) -> HttpResponse:
    """A page of a draft in its frame, with the link that opens it elsewhere."""
    key = request.COOKIES.get(cookie_of(way.draft.ref), "")
    link = f"{settings.SITE_URL}{reverse('filing:resume', args=[key])}"
    return render(
        request, f"filing/{template}.html", {"way": way, "draft": way.draft, "link": link} | names, status=status
    )


# ---- the way through the pages -----------------------------------------------------------------------------
class Way:
    """Where a page stands among the others of its draft."""

    def __init__(self, draft: Any, code: str) -> None:
        self.draft, self.steps = draft, steps_of(draft)
        self.place = next((place for place, step in enumerate(self.steps, 1) if step.code == code), 0)

    @property
    def step(self) -> Step:
        return self.steps[self.place - 1]

    def address(self, place: int) -> str:
        return reverse("filing:step", args=[self.draft.ref, self.steps[place - 1].code])

    @property
    def back(self) -> str:
        return self.address(self.place - 1) if self.place > 1 else ""

    def onward(self) -> HttpResponse:
        return redirect(self.address(min(self.place + 1, len(self.steps))))
