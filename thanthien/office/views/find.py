"""Finding anything from the one field at the top of every office page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from thanthien.office.queries import find_anything


@login_required
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    found = find_anything(request.user, request.GET.get("q", ""))
    if found.only:
        return redirect("dossiers:detail", found.only.code)
    return render(request, "office/find.html", {"found": found})
