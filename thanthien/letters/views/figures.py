"""Letters in numbers, each with its base and a door to the records behind it."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thanthien.core.figures import Scope, all_figures, shares
from thanthien.letters.enums import Kind
from thanthien.letters.rules import check_can_read
from thanthien.letters.views.lists import chosen_period
from thanthien.organisation.queries import office_of, predecessor_codes

PREFIX = "letters."
PAGE = 50


def _scope(staff: Any, first: date, last: date) -> Scope:
    unit = office_of(staff)
    earlier = [old.code for old in predecessor_codes(unit) if old.is_whole]
    return Scope(unit_codes=[unit.code, *earlier], first=first, last=last)


@require_safe
@login_required
def numbers(request: HttpRequest) -> HttpResponse:
    check_can_read(by=request.user)
    form, first, last = chosen_period(request)
    scope = _scope(request.user, first, last)
    found = {figure.code.removeprefix(PREFIX): figure for figure in all_figures() if figure.code.startswith(PREFIX)}
    values = {code: figure.compute(scope) for code, figure in found.items()}
    percent = shares([values[kind].value for kind in Kind.values])
    kinds = [(kind, found[kind].label, values[kind], share) for kind, share in zip(Kind.values, percent, strict=True)]
    others = [(code, found[code].label, values[code]) for code in found if code not in Kind.values]
    page = {"form": form, "kinds": kinds, "others": others, "first": first, "last": last}
    page["total"] = values[Kind.BIRTH].n
    return render(request, "letters/figures.html", page, status=422 if form.errors else 200)


@require_safe
@login_required
def records(request: HttpRequest, code: str) -> HttpResponse:
    check_can_read(by=request.user)
    figure = next((figure for figure in all_figures() if figure.code == f"{PREFIX}{code}"), None)
    if figure is None:
        raise Http404
    _form, first, last = chosen_period(request)
    found = figure.records(_scope(request.user, first, last))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "letters/records.html", {"figure": figure, "page": page, "first": first, "last": last})
