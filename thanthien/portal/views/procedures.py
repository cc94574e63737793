"""Finding a procedure, and what it asks of the citizen."""

from base64 import b64encode
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from thanthien.core.documents import qr
from thanthien.organisation.queries import front_unit, hours_on
from thanthien.portal import queries
from thanthien.portal.forms import WishForm

LONGEST_NUMBER = 3


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """By life event, field, audience, and by the words of everyday life."""
    unit = front_unit()
    offered = queries.offered_to_all(unit) if unit else []
    audiences = [(key, label) for key, (label, _signs) in queries.AUDIENCES.items()]
    choices = {"life_events": queries.life_events_of(offered), "sectors": queries.sectors_of(offered)}
    form = WishForm(request.GET, **choices, audiences=audiences)
    wish = queries.Wish(**form.chosen())
    found = queries.found_rows(queries.narrowed(offered, wish))
    context = {"house": unit, "form": form, "wish": wish, "found": found, "groups": queries.by_sector(found)}
    context["flow"] = queries.flow_about(wish.life_event)
    return render(request, "portal/procedures.html", context)


@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    unit, now = front_unit(), timezone.now()
    if unit is None:
        raise Http404
    today, case = timezone.localdate(now), request.GET.get("truong-hop", "")
    number = int(case) if case.isascii() and case.isdigit() and len(case) <= LONGEST_NUMBER else 0
    context = {
        "house": unit,
        "page": queries.procedure_page(unit, code, case=number, at=now, today=today),
        "opening": queries.opening_at(unit, at=now),
        "hours": hours_on(unit, today),
        "picture": _picture(request.build_absolute_uri(request.path)),
    }
    return render(request, "portal/procedure.html", context)


@lru_cache(maxsize=1024)
def _picture(address: str) -> str:
    return b64encode(qr(address).encode()).decode()
