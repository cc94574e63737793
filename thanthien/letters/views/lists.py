"""The letters of an office: what waits, many at once, the book."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from thanthien.core.excel import Column, workbook
from thanthien.core.idempotency import idempotent
from thanthien.core.rules import allows
from thanthien.core.views import send_workbook, show_pdf
from thanthien.core.words import short_date
from thanthien.letters import actions, rules
from thanthien.letters.enums import State
from thanthien.letters.forms import FilterForm, PeriodForm
from thanthien.letters.queries import LetterFilter, book_rows, counts_of, letters_chosen, letters_of, open_wrong_names

PAGE = rules.MOST_AT_ONCE


@require_safe
@login_required
def letters(request: HttpRequest) -> HttpResponse:
    rules.check_can_read(by=request.user)
    form = FilterForm(request.GET)
    wanted = LetterFilter(**form.cleaned_data) if form.is_valid() else LetterFilter()
    page = Paginator(letters_of(request.user, wanted), PAGE).get_page(request.GET.get("page"))
    names = {"form": form, "wanted": wanted, "page": page, "states": _states(request.user)}
    names |= {"incidents": list(open_wrong_names(request.user))}
    names["sets_up"] = allows(rules.check_can_set_up, by=request.user)
    names["may_write"] = allows(rules.check_can_write, by=request.user)
    return render(request, "letters/list.html", names)


def _states(staff: Any) -> list[tuple[str, Any, int]]:
    """Chips: value, label, how many."""
    counts = counts_of(staff)
    waiting = counts[State.DRAFT] + counts[State.SIGNED]
    return [("open", _("đang chờ"), waiting), *[(s.value, s.label, counts[s.value]) for s in State]]


@require_POST
@login_required
@idempotent
def sign_many(request: HttpRequest) -> HttpResponse:
    """One or fifty; all of them or none."""
    chosen = letters_chosen(request.user, request.POST.getlist("pick"))
    signed = actions.sign_letters(chosen, by=request.user, at=now())
    said = ngettext("Đã ký %(n)s thư.", "Đã ký %(n)s thư.", len(signed)) % {"n": len(signed)}
    messages.success(request, said)
    return redirect("letters:list")


@require_POST
@login_required
def print_many(request: HttpRequest) -> HttpResponse:
    """One PDF for the printer. It changes nothing."""
    rules.check_can_read(by=request.user)
    chosen = letters_chosen(request.user, request.POST.getlist("pick"))
    return show_pdf(actions.print_many(chosen, at=now()), "thu")


def chosen_period(request: HttpRequest) -> tuple[PeriodForm, date, date]:
    """What was asked; this year when nothing (sensible) was."""
    year = PeriodForm.this_year()
    form = PeriodForm(request.GET if "first" in request.GET else None, initial=year)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else year
    return form, chosen["first"], chosen["last"]


@require_safe
@login_required
def book(request: HttpRequest) -> HttpResponse:
    rules.check_can_read(by=request.user)
    form, first, last = chosen_period(request)
    page = Paginator(book_rows(request.user, first, last), PAGE).get_page(request.GET.get("page"))
    names = {"form": form, "page": page, "first": first, "last": last}
    return render(request, "letters/book.html", names, status=422 if form.errors else 200)


COLUMNS = [
    Column(title=gettext_lazy("Số"), width=10, note=gettext_lazy("Số trong sổ thư của năm.")),
    Column(title=gettext_lazy("Ngày ký"), kind="date", width=12),
    Column(title=gettext_lazy("Loại thư"), width=24),
    Column(title=gettext_lazy("Kính gửi"), width=34),
    Column(title=gettext_lazy("Địa chỉ"), width=34),
    Column(title=gettext_lazy("Vì sao viết"), width=50, note=gettext_lazy("Việc đã dẫn đến thư, với mã hồ sơ.")),
    Column(title=gettext_lazy("Người ký"), width=24),
    Column(title=gettext_lazy("Trạng thái"), width=16),
    Column(title=gettext_lazy("Cách trao"), width=24),
    Column(title=gettext_lazy("Ngày trao"), kind="date", width=12),
    Column(title=gettext_lazy("Người nhận thư"), width=24),
    Column(title=gettext_lazy("Bằng chứng"), width=40),
    Column(title=gettext_lazy("Ghi chú"), width=30, note=gettext_lazy("Lý do hủy, lời đáp của người nhận.")),
]


def _row(letter: Any) -> list[Any]:
    return [
        letter.reference, letter.signed_at, letter.get_kind_display(), letter.addressee, letter.address, letter.cause,
        str(letter.signed_by), letter.get_state_display(), letter.get_way_display(), letter.handed_at,
        letter.recipient, letter.evidence, letter.cancel_reason or letter.answer,
    ]  # fmt: skip


@require_safe
@login_required
def book_excel(request: HttpRequest) -> HttpResponse:
    rules.check_can_read(by=request.user)
    _form, first, last = chosen_period(request)
    rows = (_row(letter) for letter in book_rows(request.user, first, last).iterator(chunk_size=500))
    said = _("từ %(first)s đến %(last)s") % {"first": short_date(first), "last": short_date(last)}
    content = workbook(_("Sổ thư"), COLUMNS, rows, filters=said, printed_at=now(), by=request.user)
    return send_workbook(content, f"so-thu-{first}-{last}")
