"""Read models of the room's own pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from thanthien.core.text import plain
from thanthien.core.working_time import TimeLimit, TimeUnit
from thanthien.core.working_time.units import time_in_words, vietnamese_number
from thanthien.organisation.enums import Level
from thanthien.organisation.queries import units_below
from thanthien.procedures.enums import Channel, FeeRule
from thanthien.procedures.models import Offering, Procedure, ProcedureVersion, ProcessStep
from thanthien.procedures.queries.catalogue import content_of, search_procedures
from thanthien.procedures.queries.offerings import offerings_of
from thanthien.procedures.rules import cut_percent

if TYPE_CHECKING:
    from thanthien.organisation.models import Unit

MONEY_KINDS = {
    "fee": gettext_lazy("Phí, lệ phí"),
    "service_fee": gettext_lazy("Phí, lệ phí"),
    "price_level": gettext_lazy("Mức giá"),
}
AGENCIES = {
    "executing": gettext_lazy("Cơ quan thực hiện"),
    "delegated": gettext_lazy("Cơ quan có thẩm quyền"),
    "authorised": gettext_lazy("Cơ quan được ủy quyền"),
    "coordinating": gettext_lazy("Cơ quan phối hợp"),
    "other": gettext_lazy("Cơ quan khác"),
}


@dataclass(frozen=True, kw_only=True)
class OfferedRow:
    """A line of the unit's list: what it promises, what the law gives, how much quicker (%; None: not comparable)."""

    offering: Offering
    committed: TimeLimit
    statutory: TimeLimit | None
    cut: int | None

    @property
    def fee(self) -> str:
        return fee_words(self.offering)


def committed_of(offering: Offering) -> TimeLimit:
    return TimeLimit(offering.committed_amount, TimeUnit(offering.committed_unit))


def statutory_of(offering: Offering) -> TimeLimit | None:
    if offering.statutory_amount is None:
        return None
    return TimeLimit(offering.statutory_amount, TimeUnit(offering.statutory_unit))


def offered_row(offering: Offering) -> OfferedRow:
    committed, statutory = committed_of(offering), statutory_of(offering)
    return OfferedRow(
        offering=offering, committed=committed, statutory=statutory, cut=cut_percent(statutory, committed)
    )


def offered_rows(offerings: Iterable[Offering]) -> list[OfferedRow]:
    return [offered_row(offering) for offering in offerings]


def fee_words(offering: Offering) -> str:
    """The fee in a few words."""
    if offering.fee_rule == FeeRule.CERTIFIED_COPY:
        return _("2.000 đ/trang, từ trang thứ ba 1.000 đ")
    if offering.fee is None or offering.fee_rule == FeeRule.UNKNOWN:
        return str(FeeRule.UNKNOWN.label)
    if offering.fee == 0:
        return _("Không thu")
    amount = f"{offering.fee:,}".replace(",", ".")
    return (
        _("%(amount)s đ mỗi bản, việc") % {"amount": amount} if offering.fee_rule == FeeRule.PER_UNIT else f"{amount} đ"
    )


def filtered_offerings(unit: "Unit", *, text: str = "", sector: str = "") -> QuerySet[Offering]:
    """What the unit offers, narrowed by words of the name (without marks), a code, or a sector."""
    rows = offerings_of(unit)
    for word in plain(text).split():
        rows = rows.filter(Q(procedure__plain_name__icontains=word) | Q(procedure__code__startswith=word))
    return rows.filter(procedure__sector=int(sector)) if sector else rows


def sectors_offered(unit: "Unit") -> list[tuple[str, str]]:
    """Sectors of the unit's list as choices."""
    rows = offerings_of(unit).order_by("procedure__sector__name")
    pairs = rows.values_list("procedure__sector", "procedure__sector__name").distinct()
    return [(str(pk), name) for pk, name in pairs]


def catalogue_rows(text: str, sector: str) -> "QuerySet[Procedure] | list[Procedure]":
    """The national catalogue, all of it or what was searched for, with sectors."""
    rows = Procedure.objects.filter(is_active=True)
    rows = rows.filter(sector=int(sector)) if sector else rows
    return search_procedures(text, rows) if plain(text) else rows.select_related("sector").order_by("name", "code")


def offered_ids(unit: "Unit") -> set[int]:
    """Which procedures (by primary key) the unit offers now."""
    return set(Offering.objects.filter(unit=unit, valid_to=None).values_list("procedure_id", flat=True))


def agencies_for(unit: "Unit") -> list[tuple[str, str]]:
    """Who a step of the process can be given to: the unit's own divisions and the agencies beside it, as choices."""
    around = units_below(unit.parent or unit).filter(valid_to=None).exclude(pk__in=(unit.pk, unit.parent_id or 0))
    mine = ~Q(level=Level.DIVISION) | Q(path__startswith=unit.path)
    return [(str(pk), name) for pk, name in around.filter(mine).values_list("pk", "name")]


def agencies_by_id(unit: "Unit", ids: Iterable[str]) -> dict[str, Any]:
    """Units among `agencies_for`, by their key as text."""
    allowed = dict(agencies_for(unit))
    wanted = [pk for pk in ids if pk in allowed]
    return {str(agency.pk): agency for agency in units_below(unit.parent or unit).filter(pk__in=wanted)}


# ---- one procedure ---------------------------------------------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class TimeLine:
    """A row of how, how long and how much: one channel and case."""

    channel: str
    time: str
    text: str
    fees: list[str]


def time_lines(version: ProcedureVersion) -> list[TimeLine]:
    channels = dict(Channel.choices)
    return [
        TimeLine(
            channel=str(channels.get(row["channel"], row["channel"]) or _("mọi hình thức")),
            time=time_words(row["time"]),
            text=row["text"],
            fees=[words for fee in row["fees"] if (words := money_words(fee))],
        )
        for row in content_of(version)["channels"]
    ]


def time_words(time: dict[str, Any]) -> str:
    """{"amount": "7.5", "unit": "working_day"} → "7,5 ngày làm việc"; prose stays prose."""
    if time["amount"] is None:
        return str(time["text"])
    amount, unit = Decimal(time["amount"]), time["unit"]
    if unit in (TimeUnit.WORKING_DAY, TimeUnit.DAY, TimeUnit.SAME_DAY):
        return time_in_words(amount, TimeUnit(unit))
    count, number = 1 if amount == 1 else 2, vietnamese_number(amount)
    words = {
        "hour": ngettext("%(n)s giờ", "%(n)s giờ", count),  # the record does not say of which hours
        "month": ngettext("%(n)s tháng", "%(n)s tháng", count),
        "week": ngettext("%(n)s tuần", "%(n)s tuần", count),
    }
    return (
        words[unit] % {"n": number} if unit in words else _("%(amount)s (Cổng không ghi đơn vị)") % {"amount": number}
    )


def money_words(fee: dict[str, Any]) -> str:
    """The amount, then what the record says about it."""
    kind = MONEY_KINDS.get(fee["kind"], "")
    amount = ""
    if fee["amount"] is not None:
        number = f"{Decimal(fee['amount']):,f}".replace(",", "\0").replace(".", ",").replace("\0", ".")
        amount = f"{number} {'đ' if fee['currency'] in ('', 'VND') else fee['currency']}"
    return ": ".join(filter(None, [str(kind) if amount or fee["text"] else "", amount, fee["text"]]))


@dataclass(frozen=True, kw_only=True)
class Record:
    """A version as it is read: its content, and its times and money in words."""

    content: dict[str, Any]
    limit: TimeLimit | None
    times: list[TimeLine]
    cases: list[tuple[str, str, str]]
    fees: list[str]
    agencies: list[tuple[str, str]]


def record_of(version: ProcedureVersion) -> Record:
    content = content_of(version)
    limit = None
    if version.limit_amount is not None:
        limit = TimeLimit(version.limit_amount, TimeUnit(version.limit_unit))
    return Record(
        content=content,
        limit=limit,
        times=time_lines(version),
        cases=[(case["code"], case["name"], time_words(case["time"])) for case in content["cases"]],
        fees=[words for fee in content["fees"] if (words := money_words(fee))],
        agencies=_agency_lines(content["agencies"]),
    )


def _agency_lines(agencies: dict[str, Any]) -> list[tuple[str, str]]:
    """Who has which part, in words; the agency that announced the procedure last."""
    there = [(label, agencies[key]) for key, label in AGENCIES.items() if key in agencies]
    said = [(str(label), "; ".join(body["name"] for body in bodies)) for label, bodies in there]
    announced = agencies.get("promulgating", {}).get("name", "")
    return [*said, (_("Cơ quan công bố"), announced)] if announced else said


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """A step of the internal process with its share of the committed time: from where to where, in per mille."""

    step: ProcessStep
    place: str
    start: int
    width: int
    time: str


def step_lines(offering: Offering, steps: Iterable[ProcessStep]) -> list[StepLine]:
    total, before, lines = offering.committed_amount, Decimal(0), []
    for step in steps:
        start, end = (int(amount * 1000 / total) for amount in (before, before + step.amount))
        place = step.unit.name if step.unit else ""
        time = vietnamese_number(step.amount) if step.amount else ""
        lines.append(StepLine(step=step, place=place, start=start, width=end - start, time=time))
        before += step.amount
    return lines
