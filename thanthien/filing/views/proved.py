"""Pages about one's own dossier: whoever has the secret of its slip, or has given the second fact, may enter."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from thanthien.core import rate_limit
from thanthien.core.rate_limit import Limit
from thanthien.dossiers.queries import tracking
from thanthien.filing.views.drafting import MISSES, too_many

View = Callable[..., HttpResponse]
SHORTEST_SECRET = 8  # so that the four digits of a phone cannot be tried in an address
BY_CODE = Limit("filing:code", tries=10, seconds=600)


def on_own_dossier(view: View) -> View:
    """404 for everybody who does not know the secret; the same for a code that does not exist."""

    @wraps(view)
    def wrapper(request: HttpRequest, code: str, secret: str, *args: Any, **kwargs: Any) -> HttpResponse:
        wait = max(
            rate_limit.seconds_to_wait(MISSES, rate_limit.asker_of(request)),
            rate_limit.seconds_to_wait(BY_CODE, code.upper()),
        )
        if wait:
            return too_many(request, wait)
        found = tracking(code, secret) if len(secret) >= SHORTEST_SECRET else None
        if found is None:
            rate_limit.count(MISSES, rate_limit.asker_of(request))
            rate_limit.count(BY_CODE, code.upper())
            return render(request, "filing/no_dossier.html", status=404)
        return view(request, found.dossier, *args, **kwargs)

    return wrapper
