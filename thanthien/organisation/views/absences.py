"""Who is away: the list, a form for one absence, and what is decided about it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thanthien.core.pages import action, done, form_page, read_page, try_to
from thanthien.organisation import actions, queries
from thanthien.organisation.forms import AbsenceForm, said_of
from thanthien.organisation.rules import check_can_change_absence, check_stands
from thanthien.organisation.views.base import Words, show_form


@read_page
def absences(request: HttpRequest) -> HttpResponse:
    page = queries.absence_page(request.user, at=timezone.now())
    return render(request, "organisation/absences.html", {"page": page, "office": queries.office_of(request.user)})


@form_page
def add_absence(request: HttpRequest) -> HttpResponse:
    by, kept = request.user, []
    form = AbsenceForm(request.POST or None, by=by)
    if form.is_valid() and try_to(
        form, lambda: kept.append(actions.enter_absence(form.whose, form.facts(), by=by, at=timezone.now()))
    ):
        return done(request, said_of(kept[0]), "organisation:absences")
    words = Words(title=_("Ghi vắng mặt"), save=_("Lưu"), back=reverse("organisation:absences"))
    return show_form(request, form, words, "organisation/absence.html")


@form_page
def change_absence(request: HttpRequest, absence_id: int) -> HttpResponse:
    by = request.user
    absence = queries.absence_for(by, absence_id)
    check_can_change_absence(absence, by=by)
    check_stands(absence)
    form = AbsenceForm(request.POST or None, by=by, absence=absence)
    if form.is_valid() and try_to(
        form, lambda: actions.change_absence(absence, form.facts(), by=by, at=timezone.now())
    ):
        return done(request, said_of(absence), "organisation:absences")
    words = Words(title=absence.staff.full_name, save=_("Lưu"), back=reverse("organisation:absences"))
    return show_form(request, form, words, "organisation/absence.html")


DEEDS = {
    "agree": (actions.agree_absence, _("Đã đồng ý.")),
    "cancel": (actions.cancel_absence, _("Đã hủy đợt vắng mặt. Nếu nhầm, xin bấm «Lấy lại» ở cuối trang.")),
    "restore": (actions.restore_absence, _("Đã lấy lại đợt vắng mặt.")),
}


@action
def decide_absence(request: HttpRequest, absence_id: int) -> HttpResponse:
    absence = queries.absence_for(request.user, absence_id)
    if request.POST.get("do") not in DEEDS:
        raise Http404
    deed, said = DEEDS[request.POST["do"]]
    deed(absence, by=request.user, at=timezone.now())
    return done(request, said, "organisation:absences")
