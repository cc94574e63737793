"""What every list of the office does: leaf through pages."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE = 25


def page_of(rows: QuerySet[Any], request: HttpRequest, *, count: int | None = None) -> Page[Any]:
    """The page that the address asks for; what is no page is the first, what is too far the last. Who knows how many
    rows there are (`count`) saves counting them."""
    paginator = Paginator(rows, PAGE)
    if count is not None:
        paginator.count = count
    return paginator.get_page(request.GET.get("page"))
