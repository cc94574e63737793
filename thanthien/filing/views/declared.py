"""One page of the form of the procedure."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.timezone import localdate, now

from thanthien.declarations.rules import check, cleaned, shown
from thanthien.filing import actions
from thanthien.filing.queries import DECLARED, declaration_of, files_of_form, group_of_step, sent_files, told_of
from thanthien.filing.views.drafting import Way
from thanthien.filing.views.drafting import shown as shown_in_frame
from thanthien.filing.views.papers import kept_or_fault, removed
from thanthien.ui.declared import GroupForm


def page(request: HttpRequest, draft: Any, way: Way) -> HttpResponse:
    """Questions that come up because of an answer stand on the page again, or at once where there is a script."""
    form, told = form_of(request, draft, way.step.code)
    if request.method != "POST":
        return _shown(request, way, form)
    content, faults = declared_content(draft), _keep_files(draft, form)
    if removed(request, draft):
        actions.save_declared(draft, way.step.code, told, is_sent=False, at=now())
        return redirect("filing:step", draft.ref, way.step.code)
    told = told | sent_files(draft)
    form.settle(shown(content, told), check(content, told, localdate(), group=form.group.code))
    saved = actions.save_declared(draft, way.step.code, told, is_sent=form.is_done, at=now())
    for code, fault in faults.items():
        form.add_error(code, fault)
    if form.is_done:
        return Way(saved, way.step.code).onward()
    return _shown(request, way, form, status=422 if form.errors else 200)


def _keep_files(draft: Any, form: GroupForm) -> dict[str, str]:
    """Keeps what was sent behind questions for files, as papers are kept; by code what is wrong with a file."""
    kept = {code: kept_or_fault(draft, f"{DECLARED}{code}", one) for code, one in form.uploads.items()}
    return {code: fault for code, fault in kept.items() if fault}


def _shown(request: HttpRequest, way: Way, form: GroupForm, *, status: int = 200) -> HttpResponse:
    """Beside each question for a file stand those that were sent."""
    here, lines = {one.code for one in form.group.fields}, files_of_form(way.draft)
    own = [line for line in lines if line.asked.key.removeprefix(DECLARED) in here]
    for line in own:
        code = line.asked.key.removeprefix(DECLARED)
        form.fields[code].widget.attrs |= {"data-paper": line.asked.key, "accept": "image/*,.pdf,.heic,.docx"}
        names = {"line": line, "draft": way.draft}
        form.extras[code] = render_to_string("filing/_files_of_form.html", names, request)
    return shown_in_frame(request, "declared", way, form=form, takes_files=bool(own), status=status)


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
