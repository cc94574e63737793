"""One page of the form of the procedure."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate, now

from thanthien.declarations.rules import check, cleaned, shown
from thanthien.filing import actions
from thanthien.filing.queries import declaration_of, group_of_step, told_of
from thanthien.filing.views.drafting import Way
from thanthien.filing.views.drafting import shown as shown_in_frame
from thanthien.ui.declared import GroupForm


def page(request: HttpRequest, draft: Any, way: Way) -> HttpResponse:
    """Questions that come up because of an answer stand on the page again, or at once where there is a script."""
    form, told = form_of(request, draft, way.step.code)
    if request.method != "POST":
        return shown_in_frame(request, "declared", way, form=form)
    content = declared_content(draft)
    form.settle(shown(content, told), check(content, told, localdate(), group=form.group.code))
    saved = actions.save_declared(draft, way.step.code, told, is_sent=form.is_done, at=now())
    if form.is_done:
        return Way(saved, way.step.code).onward()
    return shown_in_frame(request, "declared", way, form=form, status=422 if form.errors else 200)


def save(request: HttpRequest, draft: Any, step: str) -> Any:
    """What was typed so far, wrong or not."""
    _form, told = form_of(request, draft, step)
    return actions.save_declared(draft, step, told, is_sent=False, at=now())


def form_of(request: HttpRequest, draft: Any, step: str) -> tuple[GroupForm, dict[str, Any]]:
    """The page's form, and all answers with what was sent; 404 for a page that is not asked."""
    group, before = group_of_step(draft, step), told_of(draft)
    if group is None:
        raise Http404
    content = declared_content(draft)
    sent = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    form = GroupForm(group, before, asked=shown(content, before), **sent)
    told = cleaned(content, before | form.answers()) if sent else before
    return form, told


def declared_content(draft: Any) -> Any:
    declaration = declaration_of(draft)
    assert declaration is not None  # a step of a form is only there with a form
    return declaration.content
