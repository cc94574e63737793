"""What a dossier costs."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.procedures.enums import FeeRule
from thanthien.procedures.models import Offering

# Thông tư 226/2016/TT-BTC: 2.000 đ a page, from the third page 1.000 đ, at most 200.000 đ a copy.
FIRST_PAGES, FIRST_PRICE, NEXT_PRICE, MOST_A_COPY = 2, 2_000, 1_000, 200_000
MOST_PIECES = 10_000


@dataclass(frozen=True, kw_only=True)
class FeeLine:
    """A line of the fee summary, in đồng. `amount` is None while the cashier has to type it."""

    name: str
    quantity: int
    price: int | None
    amount: int | None


def fee_of(offering: Offering, *, pages: int = 1, copies: int = 1, amount: int | None = None) -> list[FeeLine]:
    """The lines of the fee; none where nothing is to be paid.

    `pages` of one document and how many `copies` of it count for certified copies, `copies` alone for a fee per unit;
    `amount` is what the cashier typed where the fee is not fixed here. Raises `Refused` on impossible numbers.
    """
    if not (1 <= pages <= MOST_PIECES and 1 <= copies <= MOST_PIECES) or (amount is not None and amount < 0):
        raise Refused(_("Số trang, số bản phải từ 1 đến 10.000 và số tiền không được âm."))
    if offering.fee_rule == FeeRule.CERTIFIED_COPY:
        name = _("Phí chứng thực bản sao, %(pages)s trang") % {"pages": pages}
        return [_line(name, copies, certified_copy_fee(pages))]
    if offering.fee is None or offering.fee_rule == FeeRule.UNKNOWN:
        return [FeeLine(name=_("Phí, lệ phí"), quantity=1, price=amount, amount=amount)]
    if offering.fee == 0:
        return []
    return [_line(_("Phí, lệ phí"), copies if offering.fee_rule == FeeRule.PER_UNIT else 1, offering.fee)]


def certified_copy_fee(pages: int) -> int:
    """For one copy of a document of so many pages, in đồng."""
    first = min(pages, FIRST_PAGES)
    return min(MOST_A_COPY, FIRST_PRICE * first + NEXT_PRICE * (pages - first))


def _line(name: str, quantity: int, price: int) -> FeeLine:
    return FeeLine(name=name, quantity=quantity, price=price, amount=quantity * price)
