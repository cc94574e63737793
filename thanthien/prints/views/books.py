"""The book of dossiers (form 07) and the fees of a period: on the page, as PDF, as Excel."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from thanthien.core.excel import Column, workbook
from thanthien.core.rules import Refused
from thanthien.core.views import send_workbook, show_pdf
from thanthien.core.words import short_date
from thanthien.dossiers.queries import book_rows, fee_rows, sum_of_fees
from thanthien.organisation.queries import office_of
from thanthien.prints import queries
from thanthien.prints.forms import PeriodForm
from thanthien.prints.queries.drawing import drawn_now
from thanthien.prints.rules import check_can_read_books

PAGE = 50
MOST_ON_PAPER = 5_000


def _period(request: HttpRequest) -> tuple[PeriodForm, date, date]:
    """What was asked; this month when nothing (sensible) was."""
    month = PeriodForm.this_month()
    form = PeriodForm(request.GET if "first" in request.GET else None, initial=month)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else month
    return form, chosen["first"], chosen["last"]


def _said(first: date, last: date) -> str:
    return _("từ %(first)s đến %(last)s") % {"first": short_date(first), "last": short_date(last)}


def _paper_sized(rows: Any) -> Any:
    if rows.count() > MOST_ON_PAPER:
        raise Refused(_("Nhiều quá 5.000 dòng để in một lần. Xin chọn khoảng thời gian ngắn hơn, hoặc tải Excel."))
    return rows


@require_safe
@login_required
def book(request: HttpRequest) -> HttpResponse:
    check_can_read_books(by=request.user)
    form, first, last = _period(request)
    page = Paginator(book_rows(request.user, first, last), PAGE).get_page(request.GET.get("page"))
    names = {"form": form, "page": page, "first": first, "last": last}
    return render(request, "prints/book.html", names, status=422 if form.errors else 200)


@require_safe
@login_required
def book_pdf(request: HttpRequest) -> HttpResponse:
    check_can_read_books(by=request.user)
    _form, first, last = _period(request)
    at, unit = now(), office_of(request.user)
    data = queries.register(_paper_sized(book_rows(request.user, first, last)), unit, first, last, at=at)
    return show_pdf(drawn_now("register", unit.code, data, at=at), f"so-theo-doi-{first}-{last}")


BOOK_COLUMNS = [
    Column(title=gettext_lazy("TT"), kind="int", width=6),
    Column(title=gettext_lazy("Mã hồ sơ"), width=26),
    Column(title=gettext_lazy("Tên thủ tục hành chính"), width=50),
    Column(title=gettext_lazy("Số lượng hồ sơ (bộ)"), kind="int", width=10),
    Column(title=gettext_lazy("Tên cá nhân, tổ chức"), width=28),
    Column(title=gettext_lazy("Địa chỉ, số điện thoại"), width=40),
    Column(title=gettext_lazy("Cơ quan chủ trì giải quyết"), width=28),
    Column(title=gettext_lazy("Ngày nhận hồ sơ"), kind="moment", width=18),
    Column(title=gettext_lazy("Ngày hẹn trả"), kind="moment", width=18),
    Column(title=gettext_lazy("Ngày trả"), kind="moment", width=18),
    Column(title=gettext_lazy("Phương thức nhận kết quả"), width=20),
    Column(title=gettext_lazy("Ký nhận"), width=24),
    Column(title=gettext_lazy("Ghi chú"), width=30),
]


def _book_row(dossier: Any) -> list[Any]:
    line = queries.register_line(dossier)
    return [
        dossier.book_number, line.code, line.procedure, line.sets, line.applicant, line.contact, line.agency,
        dossier.received_at, dossier.due_at, dossier.returned_at, line.result_channel, line.signed, line.note,
    ]  # fmt: skip


@require_safe
@login_required
def book_excel(request: HttpRequest) -> HttpResponse:
    check_can_read_books(by=request.user)
    _form, first, last = _period(request)
    rows = book_rows(request.user, first, last).iterator(chunk_size=500)
    lines = (_book_row(dossier) for dossier in rows)
    content = workbook(
        _("Sổ theo dõi hồ sơ"), BOOK_COLUMNS, lines, filters=_said(first, last), printed_at=now(), by=request.user
    )  # fmt: skip
    return send_workbook(content, f"so-theo-doi-{first}-{last}")


@require_safe
@login_required
def fees(request: HttpRequest) -> HttpResponse:
    check_can_read_books(by=request.user)
    form, first, last = _period(request)
    rows = fee_rows(request.user, first, last)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    names = {"form": form, "page": page, "total": sum_of_fees(rows), "first": first, "last": last}
    return render(request, "prints/fees.html", names, status=422 if form.errors else 200)


@require_safe
@login_required
def fees_pdf(request: HttpRequest) -> HttpResponse:
    check_can_read_books(by=request.user)
    _form, first, last = _period(request)
    at, unit = now(), office_of(request.user)
    rows = _paper_sized(fee_rows(request.user, first, last))
    data = queries.fee_summary(rows, unit, first, last, at=at, by=str(request.user))
    return show_pdf(drawn_now("fee_summary", unit.code, data, at=at), f"thu-phi-{first}-{last}")


FEE_COLUMNS = [
    Column(title=gettext_lazy("TT"), kind="int", width=6),
    Column(title=gettext_lazy("Lúc thu"), kind="moment", width=18),
    Column(title=gettext_lazy("Số biên lai"), width=16),
    Column(title=gettext_lazy("Mã hồ sơ"), width=26),
    Column(title=gettext_lazy("Người nộp"), width=28),
    Column(title=gettext_lazy("Nội dung thu"), width=50),
    Column(title=gettext_lazy("Phí (đồng)"), kind="money", width=14),
    Column(title=gettext_lazy("Lệ phí (đồng)"), kind="money", width=14),
    Column(title=gettext_lazy("Hình thức"), width=16),
    Column(title=gettext_lazy("Người thu"), width=24),
]


def _fee_row(place: int, fee: Any) -> list[Any]:
    line = queries.collected_line(fee)
    return [
        place, fee.paid_at, line.receipt_number, line.code, line.payer, line.content, line.fee, line.charge,
        line.method, fee.collected_by,
    ]  # fmt: skip


@require_safe
@login_required
def fees_excel(request: HttpRequest) -> HttpResponse:
    check_can_read_books(by=request.user)
    _form, first, last = _period(request)
    rows = fee_rows(request.user, first, last).iterator(chunk_size=500)
    lines = (_fee_row(place, fee) for place, fee in enumerate(rows, 1))
    content = workbook(
        _("Bảng kê thu phí, lệ phí"), FEE_COLUMNS, lines, filters=_said(first, last), printed_at=now(), by=request.user
    )  # fmt: skip
    return send_workbook(content, f"thu-phi-{first}-{last}")
