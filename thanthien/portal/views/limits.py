"""How often somebody may guess. An office of many citizens stands behind one address, so that limit is wide; wrong
answers for one dossier are few, and fewer over a day (RELIABILITY S3)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from thanthien.core import rate_limit
from thanthien.core.rate_limit import Limit
from thanthien.organisation.queries import front_unit

BY_ADDRESS = (Limit("track:address", tries=120, seconds=60), Limit("track:address:day", tries=1500, seconds=86400))
BY_CODE = (Limit("track:code", tries=10, seconds=600), Limit("track:code:day", tries=30, seconds=86400))


def seconds_to_wait(request: HttpRequest, code: str = "") -> int:
    """After too many misses; 0 for nobody else."""
    asked = [rate_limit.seconds_to_wait(limit, rate_limit.asker_of(request)) for limit in BY_ADDRESS]
    if code:
        asked += [rate_limit.seconds_to_wait(limit, code.upper()) for limit in BY_CODE]
    return max(asked)


def count_miss(request: HttpRequest, code: str = "") -> None:
    for limit in BY_ADDRESS:
        rate_limit.count(limit, rate_limit.asker_of(request))
    for limit in BY_CODE if code else ():
        rate_limit.count(limit, code.upper())


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """Says how long, in words and to machines."""
    context = {"minutes": -(-wait // 60), "house": front_unit()}
    response = render(request, "portal/too_many.html", context, status=429)
    response.headers["Retry-After"] = str(wait)
    return response
