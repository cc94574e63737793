""" "Vì sao có những con số này?": method, base, period, definition, and what was counted."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from thanthien.dossiers.queries import counted, counted_lines
from thanthien.organisation.queries import front_unit
from thanthien.portal import queries

ROWS = 25


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    unit, today = front_unit(), timezone.localdate()
    context = {"house": unit}
    if unit:
        context |= {"shown": queries.public_figures(unit, today), "scope": queries.scope_for(unit, today)}
    return render(request, "portal/figures.html", context)


@require_safe
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """The dossiers behind one figure, without anything that says whose they are."""
    chosen, unit, today = queries.public_figure(code), front_unit(), timezone.localdate()
    scope = queries.scope_for(unit, today) if unit else None
    context = {"house": unit, "figure": chosen, "scope": scope}
    records = counted(chosen.records(scope)) if scope else None
    if records is not None:
        page = Paginator(records, ROWS).get_page(request.GET.get("page"))
        context |= {"page": page, "rows": counted_lines(page.object_list)}
    return render(request, "portal/figure.html", context)
