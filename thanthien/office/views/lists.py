"""What every list of the office does: leaf through pages, and leave as an Excel workbook."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from thanthien.core.excel import Column, workbook
from thanthien.core.text import plain
from thanthien.core.views import send_workbook

PAGE = 25
MOST_ROWS = 20_000


def page_of(rows: QuerySet[Any], request: HttpRequest, *, count: int | None = None) -> Page[Any]:
    """The page that the address asks for; what is no page is the first, what is too far the last. Who knows how many
    rows there are (`count`) saves counting them."""
    paginator = Paginator(rows, PAGE)
    if count is not None:
        paginator.count = count
    return paginator.get_page(request.GET.get("page"))


def wants_excel(request: HttpRequest) -> bool:
    return request.GET.get("excel") == "1"


def as_excel(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, filters: str, request: HttpRequest
) -> HttpResponse:
    """The list as a file to keep; the file says what was chosen and when, and is named after its title."""
    at = timezone.now()
    content = workbook(title, columns, rows, filters=filters, printed_at=at, by=request.user)
    name = f"{plain(title).replace(' ', '-')}-{timezone.localtime(at):%Y%m%d-%H%M}"
    return send_workbook(content, name)
