"""What the pages of the editor share."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from thanthien.core.pages import try_to
from thanthien.declarations import actions
from thanthien.declarations.queries import Working

TABS = {"rule_list": "rules", "rule": "rules", "test_list": "tests", "try": "try", "publish": "publish"}


def kept(request: HttpRequest, working: Working, form: Any, change: Callable[[], tuple[Any, str]]) -> bool:
    """Takes a step of the draft. A refusal (somebody else was quicker) stands above the form, which keeps what was
    typed and, drawn anew with the token of now, takes the step when it is sent again."""
    if not form.is_valid():
        return False
    content, said = change()
    step = actions.Step(content=content, said=said, token=request.POST.get("token", ""))
    return try_to(form, lambda: actions.change_draft(working.form, step, by=request.user, at=now()))


def show(request: HttpRequest, template: str, working: Working, **more: Any) -> HttpResponse:
    """A page of the editor; with status 422 when its form was sent and did not pass."""
    wrong = any(getattr(one, "errors", None) for one in more.values())
    names = {"working": working, "code": working.code, "tab": TABS.get(template, "edit")} | more
    return render(request, f"declarations/{template}.html", names, status=422 if wrong else 200)
