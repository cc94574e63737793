"""The books of the one-stop shop: dossiers and charges of a period."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum
from django.utils import timezone

from thanthien.dossiers.models import Dossier, Fee
from thanthien.dossiers.queries.single import dossiers_seen_by

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff


def book_rows(staff: "Staff", first: date, last: date) -> QuerySet[Dossier]:
    """The lines of the Sổ theo dõi hồ sơ (form 07), in the order of the book; both days included."""
    start, end = day_bounds(first, last)
    rows = dossiers_seen_by(staff).filter(registered_at__gte=start, registered_at__lt=end)
    return rows.select_related("unit", "result_return").order_by("book_year", "book_number", "pk")


def fee_rows(staff: "Staff", first: date, last: date) -> QuerySet[Fee]:
    """Charges paid in the period, in the order they were paid."""
    start, end = day_bounds(first, last)
    seen = dossiers_seen_by(staff).values("pk")
    paid = Fee.objects.filter(paid_at__gte=start, paid_at__lt=end, dossier__in=seen)
    return paid.select_related("dossier").order_by("paid_at", "pk")


def sum_of_fees(fees: QuerySet[Fee]) -> int:
    return fees.order_by().aggregate(total=Sum("amount"))["total"] or 0


def day_bounds(first: date, last: date) -> tuple[datetime, datetime]:
    zone = timezone.get_current_timezone()
    return (
        datetime.combine(first, time.min, tzinfo=zone),
        datetime.combine(last, time.min, tzinfo=zone) + timedelta(days=1),
    )
