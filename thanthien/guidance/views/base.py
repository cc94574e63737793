"""What the pages of the editor share."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from thanthien.core.pages import try_to
from thanthien.guidance import actions
from thanthien.guidance.queries import Working

TABS = {
    "endings": "endings",
    "tree": "tree",
    "try": "try",
    "test_list": "tests",
    "publish": "publish",
    "versions": "versions",
}


def kept(request: HttpRequest, working: Working, form: Any, change: Callable[[], tuple[Any, str]]) -> bool:
    """Takes a step of the draft; a refusal (somebody else was quicker) stands above the form, nothing typed is lost."""
    if not form.is_valid():
        return False
    content, said = change()
    step = actions.Step(content, said, request.POST.get("token", ""))
    return try_to(form, lambda: actions.change_draft(working.flow, step, by=request.user, at=now()))


def show(request: HttpRequest, template: str, working: Working, **more: Any) -> HttpResponse:
    """A page of the editor; with status 422 when its form was sent and did not pass."""
    wrong = any(getattr(one, "errors", None) for one in more.values())
    names = {"working": working, "code": working.code, "tab": TABS.get(template, "edit")} | more
    return render(request, f"guidance/{template}.html", names, status=422 if wrong else 200)
