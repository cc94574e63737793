"""Where boards find the live process, and how `thanthien serve` starts it."""

import os
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from thanthien.core.middleware import SECURITY_HEADERS

PATH = "/truc-tiep/"


def address_of(request: HttpRequest, channel: str, key: str | int) -> str:
    """The address of a channel as the browser of this request reaches it: on the same site behind a web server that
    passes `/truc-tiep/` on (LIVE_URL or BEHIND_PROXY), else on the port beside the pages. Empty where no live process
    is known (another web server than `thanthien serve`): such a page asks again by itself."""
    base = _base(request)
    return "" if base is None else f"{base}{PATH}{channel}/{key}/"


def _base(request: HttpRequest) -> str | None:
    if settings.LIVE_URL:
        return str(settings.LIVE_URL).rstrip("/")
    if settings.BEHIND_PROXY:
        return ""
    if not settings.LIVE_PORT:
        return None
    host = request.get_host()
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return f"{request.scheme}://{name}:{settings.LIVE_PORT}"


def let_listen(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Lets this page connect to the live process, and to nothing else besides its own site."""
    if base := _base(request):
        policy = SECURITY_HEADERS["Content-Security-Policy"]
        allowed = policy.replace("connect-src 'self'", f"connect-src 'self' {base}")
        response.headers["Content-Security-Policy"] = allowed
    return response


def serve_live(host: str, port: int) -> None:
    """One process with one event loop: thousands of boards wait without costing anything."""
    Granian(
        "thanthien.core.live.app:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=1,
        backlog=4096,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=2,
        log_level=LogLevels.warning,
    ).serve(target_loader=partial(_load, os.getpid()))


def _load(minder: int, target: str) -> Callable[..., Any]:
    from thanthien.core.live.app import application  # noqa: PLC0415  (in its own process, once the loop is there)
    from thanthien.core.operations.processes import die_with  # noqa: PLC0415

    die_with(minder)
    return application
