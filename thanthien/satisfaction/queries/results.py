"""What people think: counted by period, field, procedure, unit, channel; every share with its n, and summing to 100."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth, TruncQuarter, TruncYear
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thanthien.core.figures import Scope, shares
from thanthien.organisation.queries import office_units
from thanthien.satisfaction.enums import Channel, Element, Topic
from thanthien.satisfaction.models import Answer, Response
from thanthien.satisfaction.rules import FEWEST_PER_OFFICER, KEEPERS, Role

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff

BY = {
    "month": gettext_lazy("tháng"),
    "quarter": gettext_lazy("quý"),
    "year": gettext_lazy("năm"),
    "channel": gettext_lazy("cách trả lời"),
    "sector": gettext_lazy("lĩnh vực"),
    "procedure": gettext_lazy("thủ tục"),
    "neighbourhood": gettext_lazy("thôn, tổ dân phố"),
    "unit": gettext_lazy("đơn vị"),
    "officer": gettext_lazy("cán bộ"),
}
PERIODS = {"month": TruncMonth("day"), "quarter": TruncQuarter("day"), "year": TruncYear("day")}
NAMES = {
    "sector": "sector__name", "procedure": "procedure__name", "neighbourhood": "neighbourhood__name",
    "unit": "unit__name", "officer": "officer__full_name",
}  # fmt: skip
BANDS = (
    gettext_lazy("dưới 80 %"),
    gettext_lazy("80 đến dưới 90 %"),
    gettext_lazy("90 đến dưới 100 %"),
    gettext_lazy("100 %"),
)


@dataclass(frozen=True, kw_only=True)
class Level:
    """So many answered so; the shares of all levels of a group sum to 100."""

    label: str
    is_satisfied: bool
    count: int
    share: Decimal
    before: Decimal = Decimal(0)  # where its bar begins

    @property
    def bar(self) -> tuple[str, str]:
        """Where its bar begins and how long it is, as a drawing wants it: with a point, in every language."""
        return str(self.before), str(self.share)


@dataclass(frozen=True, kw_only=True)
class Group:
    """One row: what is grouped, and how its people answered. Hidden: too few to show."""

    label: str
    levels: list[Level] = field(default_factory=list)
    is_hidden: bool = False

    @property
    def n(self) -> int:
        return sum(level.count for level in self.levels)

    @property
    def satisfied(self) -> int:
        return sum(level.count for level in self.levels if level.is_satisfied)

    @property
    def share(self) -> Decimal:
        """Satisfied or better, as the sum of its printed parts (QĐ 1001/QĐ-BNV: satisfied answers of valid ones)."""
        return sum((level.share for level in self.levels if level.is_satisfied), Decimal(0))

    @property
    def unsatisfied_share(self) -> Decimal:
        return 100 - self.share if self.n else Decimal(0)

    @property
    def band(self) -> int | None:
        return band_of(self.satisfied, self.n)


def band_of(satisfied: int, n: int) -> int | None:
    """0: below 80 %, 1: 80 to below 90, 2: 90 to below 100, 3: 100 – of the counts themselves, never of a rounded
    share; None without answers."""
    if not n:
        return None
    return 3 if satisfied == n else sum(10 * satisfied >= tenths * n for tenths in (8, 9))


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is looked at: days (both included), grouped how; "" means all of a field."""

    first: date
    last: date
    by: str = "month"
    channel: str = ""
    unit_codes: tuple[str, ...] = ()


def group(label: str, counts: Iterable[tuple[str, bool, int]], *, digits: int = 1) -> Group:
    """`counts`: words of the level, whether satisfied, how many; in the order in which they are shown."""
    told = list(counts)
    parts, levels, before = shares([count for _l, _s, count in told], digits=digits), [], Decimal(0)
    for (words, is_satisfied, count), share in zip(told, parts, strict=True):
        levels.append(Level(label=words, is_satisfied=is_satisfied, count=count, share=share, before=before))
        before += share
    return Group(label=label, levels=levels)


def responses_of(staff: "Staff", wish: Wish) -> QuerySet[Response]:
    """Answers about the units whose affairs this person sees."""
    found = Response.objects.filter(day__gte=wish.first, day__lte=wish.last)
    if not staff.is_superuser:
        found = found.filter(unit__in=office_units(staff))
    if wish.unit_codes:
        found = found.filter(unit__code__in=wish.unit_codes)
    return found.filter(channel=wish.channel) if wish.channel else found


def results_of(staff: "Staff", wish: Wish) -> list[Group]:
    """One statement. By officer: only for heads, everybody else sees themselves; never below five answers."""
    found = responses_of(staff, wish)
    if wish.by == "officer":
        found = found.exclude(officer=None)
        if not (staff.is_superuser or staff.has_role(*KEEPERS, Role.INSPECTOR)):
            found = found.filter(officer=staff)
    groups = _grouped(found, wish.by)
    return [_hidden(one) for one in groups] if wish.by == "officer" else groups


def total_of(staff: "Staff", wish: Wish) -> Group:
    return total(responses_of(staff, wish), _("Tất cả"))


def total(found: QuerySet[Response], label: str, *, digits: int = 1) -> Group:
    rows = found.order_by().values("level", "is_satisfied", "value").annotate(n=Count("pk"))
    return group(label, _levels(rows), digits=digits)


def _hidden(one: Group) -> Group:
    return one if one.n >= FEWEST_PER_OFFICER else Group(label=one.label, is_hidden=True)


def _grouped(found: QuerySet[Response], by: str) -> list[Group]:
    named = {"named": PERIODS[by]} if by in PERIODS else {}
    key = "named" if named else NAMES.get(by, "channel")
    rows = found.order_by().annotate(**named).values(key, "level", "is_satisfied", "value").annotate(n=Count("pk"))
    gathered: defaultdict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        gathered[row[key]].append(row)
    in_order = sorted(gathered, key=lambda one: (one is None, one if by in PERIODS else str(one)))
    return [group(_label(one, by), _levels(gathered[one])) for one in in_order]


def _label(one: Any, by: str) -> str:
    if one is None:
        return _("không rõ")
    if by == "channel":
        return str(Channel(one).label)
    if by == "quarter":
        return _("quý %(quarter)s/%(year)s") % {"quarter": (one.month + 2) // 3, "year": one.year}
    return {"month": f"{one:%m/%Y}", "year": f"{one:%Y}"}[by] if by in PERIODS else str(one)


def _levels(rows: Iterable[dict[str, Any]]) -> list[tuple[str, bool, int]]:
    """Best first. Scales with the same words count together."""
    counts: dict[tuple[str, bool], int] = defaultdict(int)
    values: dict[tuple[str, bool], int] = {}
    for row in rows:
        key = row["level"], row["is_satisfied"]
        counts[key] += row["n"]
        values[key] = max(values.get(key, 0), row["value"])
    best_first = sorted(counts, key=lambda key: (not key[1], -values[key], key[0]))
    return [(level, is_satisfied, counts[level, is_satisfied]) for level, is_satisfied in best_first]


# ---- five elements, nine contents, reasons ---------------------------------------------------------------------
def by_subject(staff: "Staff", wish: Wish, kind: str) -> list[Group]:
    """`kind`: "element" (SIPAS) or "topic" (NĐ 61/2018 Điều 31): satisfied and not, of the valid answers."""
    names = dict(Element.choices if kind == "element" else Topic.choices)
    answers = Answer.objects.filter(response__in=responses_of(staff, wish)).exclude(**{kind: ""})
    rows = answers.order_by().values(kind, "is_satisfied").annotate(n=Count("pk"))
    counts = {(row[kind], row["is_satisfied"]): row["n"] for row in rows}
    words = ((_("hài lòng trở lên"), True), (_("chưa hài lòng"), False))
    asked = [name for name in names if any((name, good) in counts for good in (True, False))]
    return [group(str(names[n]), [(said, good, counts.get((n, good), 0)) for said, good in words]) for n in asked]


def mean_index(groups: list[Group]) -> Decimal | None:
    """SIPAS: the mean of its criteria, at one decimal."""
    valid = [Decimal(one.satisfied) * 100 / one.n for one in groups if one.n]
    return (sum(valid) / len(valid)).quantize(Decimal("0.1")) if valid else None


def bands_of(groups: list[Group]) -> list[tuple[str, int]]:
    """How many groups (units) reach each band."""
    reached = [one.band for one in groups]
    return [(str(label), reached.count(place)) for place, label in enumerate(BANDS)]


# ---- figures of the house ----------------------------------------------------------------------------------------
def responses_in(scope: Scope) -> QuerySet[Response]:
    found = Response.objects.filter(unit__code__in=scope.unit_codes, day__gte=scope.first, day__lte=scope.last)
    return found.order_by("day", "pk")


def satisfied_in(scope: Scope) -> QuerySet[Response]:
    return responses_in(scope).filter(is_satisfied=True)
