"""What to begin with when a unit takes a procedure into its list."""

from decimal import Decimal

from django.utils.translation import gettext as _

from thanthien.core.working_time import BadTimeLimit, TimeLimit, TimeUnit
from thanthien.organisation.enums import Role
from thanthien.procedures.enums import Channel, FeeRule, OnlineLevel
from thanthien.procedures.models import Offering, ProcedureVersion
from thanthien.procedures.outside import fee_rule_of, limits_in
from thanthien.procedures.rules import OfferingTerms, StepDraft

PLACES = Decimal("0.001")
# The usual internal process (DOMAIN 7 rule 7): receive 0,5, assign 0,5, examine, review 0,5, approve 1, register 0,5.
LONG = (Decimal("0.5"), Decimal("0.5"), None, Decimal("0.5"), Decimal(1), Decimal("0.5"))
LONG_FROM = Decimal(5)
SHARES = (Decimal("0.1"), Decimal("0.1"), None, Decimal("0.1"), Decimal("0.2"), Decimal("0.1"))


def statutory_limits(version: ProcedureVersion) -> list[TimeLimit]:
    """Every limit that the law gives for this procedure, the normal case first: a unit is bound by one of them."""
    found = [(version.limit_amount, version.limit_unit)] if version.limit_amount is not None else []
    found += [(Decimal(amount), unit.value) for amount, unit in limits_in(version.content)]
    limits = [_limit(amount, unit) for amount, unit in found]
    return list(dict.fromkeys(limit for limit in limits if limit))


def _limit(amount: Decimal, unit: str) -> TimeLimit | None:
    try:
        return TimeLimit(Decimal(f"{amount.normalize():f}"), TimeUnit(unit))
    except BadTimeLimit:
        return None


def suggested_terms(version: ProcedureVersion) -> OfferingTerms:
    """The law's own limit, fee and channels; five working days where the law names no time."""
    limit = next(iter(statutory_limits(version)), None)
    committed = limit or TimeLimit(Decimal(5), TimeUnit.WORKING_DAY)
    ways = {row["channel"] for row in version.content.get("channels", [])} & set(Channel.values)
    fee = _fee(version)
    rule = fee_rule_of(version.procedure.code, fee)
    agencies = version.content.get("agencies", {}).get("executing", [])
    return OfferingTerms(
        committed_amount=committed.amount,
        committed_unit=committed.unit.value,
        statutory_amount=limit.amount if limit else None,
        statutory_unit=limit.unit.value if limit else "",
        fee_rule=rule.value,
        fee=fee if rule in (FeeRule.FIXED, FeeRule.PER_UNIT) else None,
        channels=sorted(ways | {Channel.COUNTER.value}),
        online_level=_online_level(version, ways),
        is_non_territorial=bool(version.content.get("flags", {}).get("non_territorial")),
        is_tracked_only=bool(agencies) and all("Công an" in agency["name"] for agency in agencies),
    )


def terms_of(offering: Offering) -> OfferingTerms:
    """The terms of a stored offering, to begin a change with."""
    return OfferingTerms(**{name: getattr(offering, name) for name in OfferingTerms.__dataclass_fields__})


def _fee(version: ProcedureVersion) -> int | None:
    """What is asked at the counter in đồng, when it is one amount."""
    rows = [row for row in version.content.get("channels", []) if row["channel"] == Channel.COUNTER]
    fees = {fee["amount"] for row in rows for fee in row["fees"] if fee["currency"] in ("", "VND")}
    amount = fees.pop() if len(fees) == 1 else None
    return int(Decimal(amount)) if amount is not None and Decimal(amount) < 10**9 else None


def _online_level(version: ProcedureVersion, ways: set[str]) -> str:
    if Channel.ONLINE not in ways:
        return OnlineLevel.NONE.value
    flags = version.content.get("flags", {})
    if "full_process" not in flags:
        return OnlineLevel.UNSPECIFIED.value
    return (OnlineLevel.FULL if flags["full_process"] else OnlineLevel.PARTIAL).value


def suggested_steps(committed: TimeLimit) -> list[StepDraft]:
    """The usual process, sharing out the committed time exactly."""
    long = committed.unit in (TimeUnit.WORKING_DAY, TimeUnit.DAY) and committed.amount >= LONG_FROM
    scale = Decimal(1) if long else committed.amount
    amounts = [share and (share * scale).quantize(PLACES) for share in (LONG if long else SHARES)]
    rest = committed.amount - sum((amount for amount in amounts if amount is not None), Decimal(0))
    names = (
        (_("Tiếp nhận hồ sơ, chuyển phòng chuyên môn"), Role.RECEPTION),
        (_("Phân công xử lý"), Role.DIVISION_HEAD),
        (_("Thẩm định hồ sơ, dự thảo kết quả"), Role.SPECIALIST),
        (_("Xem xét dự thảo"), Role.DIVISION_HEAD),
        (_("Ký kết quả"), Role.LEADER),
        (_("Vào sổ, đóng dấu, chuyển Bộ phận Một cửa"), Role.CLERK),
    )
    steps = [
        StepDraft(name=name, role=role.value, amount=rest if amount is None else amount)
        for (name, role), amount in zip(names, amounts, strict=True)
    ]
    return [*steps, StepDraft(name=_("Trả kết quả cho công dân"), role=Role.RETURN.value, amount=Decimal(0))]
