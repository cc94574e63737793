"""What a unit may offer, and how its internal process has to add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from thanthien.core.rules import Refused, allows
from thanthien.core.working_time import BadTimeLimit, TimeLimit, TimeUnit
from thanthien.core.working_time.units import vietnamese_number
from thanthien.organisation.enums import Role
from thanthien.organisation.rules import check_can_manage
from thanthien.procedures.enums import Channel, FeeRule, OnlineLevel
from thanthien.procedures.models import Offering, Procedure, ProcedureVersion
from thanthien.procedures.rules.time import check_not_longer

if TYPE_CHECKING:
    from thanthien.organisation.models import Staff, Unit

MOST_STEPS = 30
NAME_LENGTH = 200
MOST_TIME = 16_000
PLACES = Decimal("0.001")
ONLINE_LEVELS = (OnlineLevel.FULL, OnlineLevel.PARTIAL, OnlineLevel.UNSPECIFIED)


@dataclass(frozen=True, kw_only=True)
class OfferingTerms:
    """What a unit promises. `statutory` is the limit of the law that binds it; None: the version names none.
    `fee` is in đồng, None where the rule needs none. `agency_basis` names the law that lets the clock stand while
    another agency is asked; "" where none does, and the clock goes on."""

    committed_amount: Decimal
    committed_unit: str
    statutory_amount: Decimal | None = None
    statutory_unit: str = ""
    fee_rule: str = FeeRule.FIXED
    fee: int | None = 0
    fee_note: str = ""
    channels: Sequence[str] = (Channel.COUNTER,)
    online_level: str = OnlineLevel.NONE
    is_non_territorial: bool = False
    is_tracked_only: bool = False
    agency_basis: str = ""
    shortcut: str = ""

    @property
    def committed(self) -> TimeLimit:
        """Raises `Refused` when it is no time limit."""
        return _limit(self.committed_amount, self.committed_unit)

    @property
    def statutory(self) -> TimeLimit | None:
        if self.statutory_amount is None:
            return None
        return _limit(self.statutory_amount, self.statutory_unit)


@dataclass(frozen=True, kw_only=True)
class StepDraft:
    """A step before it is stored; `amount` in the unit of the committed time (of a same-day procedure: its share of the
    day). `unit` is another agency (liên thông)."""

    name: str
    role: str
    amount: Decimal
    unit: "Unit | None" = None


def _limit(amount: Decimal, unit: str) -> TimeLimit:
    if unit not in TimeUnit.values:
        raise Refused(_("Đơn vị thời hạn không hợp lệ."))
    try:
        return TimeLimit(amount, TimeUnit(unit))
    except BadTimeLimit as reason:
        raise Refused(str(reason)) from None


def check_can_change(unit: "Unit", *, by: "Staff") -> None:
    """The unit's administrator and those above; everybody else of the staff only reads."""
    check_can_manage(unit, by=by)


def check_can_offer(unit: "Unit", procedure: Procedure, *, by: "Staff") -> None:
    check_can_change(unit, by=by)
    if not procedure.is_active:
        raise Refused(_("Thủ tục %(code)s đã hết hiệu lực, không đưa vào danh mục được.") % {"code": procedure.code})
    if not ProcedureVersion.objects.filter(procedure=procedure, valid_to=None).exists():
        raise Refused(_("Thủ tục %(code)s chưa có nội dung nào đang có hiệu lực.") % {"code": procedure.code})
    if Offering.objects.filter(unit=unit, procedure=procedure, valid_to=None).exists():
        raise Refused(
            _("%(unit)s đã có thủ tục %(code)s trong danh mục. Ông/bà vui lòng sửa thủ tục đang có.")
            % {"unit": unit.name, "code": procedure.code}
        )


def check_can_change_offering(offering: Offering, *, by: "Staff") -> None:
    check_can_change(offering.unit, by=by)
    if offering.valid_to is not None:
        raise Refused(_("Bản này đã được thay bằng bản mới hơn. Ông/bà vui lòng mở lại thủ tục rồi sửa."))


def check_can_withdraw(offering: Offering, *, by: "Staff") -> None:
    check_can_change(offering.unit, by=by)
    if offering.valid_to is not None:
        raise Refused(_("Thủ tục này đã được đưa ra khỏi danh mục trước đó."))


def check_can_set_policy(version: ProcedureVersion, *, by: "Staff") -> None:
    """A version belongs to every unit that offers it: a unit's administrator sets it only where no other unit does."""
    if by.is_superuser or by.has_role(Role.PROVINCE_ADMIN):
        return
    others = Offering.objects.filter(procedure=version.procedure_id, valid_to=None).exclude(unit=by.unit_id)
    if not allows(check_can_change, by.unit, by=by) or others.exists():
        raise Refused(_("Cách tính khi bổ sung dùng chung cho mọi đơn vị, chỉ quản trị cấp trên được thay đổi."))


def check_terms(terms: OfferingTerms) -> None:
    check_not_longer(terms.committed, terms.statutory)
    if terms.committed.amount != terms.committed.amount.quantize(PLACES):
        raise Refused(_("Thời hạn cam kết có nhiều nhất ba chữ số thập phân."))
    if terms.committed_unit == TimeUnit.SAME_DAY and terms.committed_amount != 1:
        raise Refused(_("Thời hạn “trong ngày” ghi số lượng là 1."))
    if not terms.channels or set(terms.channels) - set(Channel.values):
        raise Refused(_("Xin chọn ít nhất một hình thức nộp hồ sơ."))
    if (Channel.ONLINE in terms.channels) != (terms.online_level in ONLINE_LEVELS):
        raise Refused(_("Mức trực tuyến phải đi cùng hình thức nộp trực tuyến: chọn cả hai hoặc bỏ cả hai."))
    needs_fee = terms.fee_rule in (FeeRule.FIXED, FeeRule.PER_UNIT)
    if terms.fee_rule not in FeeRule.values or (needs_fee and terms.fee is None) or (terms.fee or 0) < 0:
        raise Refused(_("Xin ghi mức phí, lệ phí (0 nếu không thu) hoặc chọn cách tính khác."))


def check_steps(steps: Sequence[StepDraft], committed: TimeLimit) -> None:
    """At least one step, each by a known role, together exactly the committed time; returning the result to the citizen
    takes no time (DOMAIN 1.6)."""
    if not steps:
        raise Refused(_("Quy trình nội bộ phải có ít nhất một bước."))
    if len(steps) > MOST_STEPS:
        raise Refused(_("Quy trình nội bộ có nhiều nhất %(most)s bước.") % {"most": MOST_STEPS})
    for position, step in enumerate(steps, 1):
        _check_step(step, position)
    total = sum((step.amount for step in steps), Decimal(0))
    if total != committed.amount:
        raise Refused(
            _("Tổng thời gian các bước là %(total)s, phải đúng bằng thời hạn cam kết là %(committed)s.")
            % {"total": vietnamese_number(total), "committed": vietnamese_number(committed.amount)}
        )


def _check_step(step: StepDraft, position: int) -> None:
    if not step.name.strip() or len(step.name) > NAME_LENGTH:
        raise Refused(_("Bước %(n)s cần tên, dài nhất 200 ký tự.") % {"n": position})
    if step.role not in Role.values:
        raise Refused(_("Bước %(n)s chưa chọn vai trò thực hiện.") % {"n": position})
    if step.amount < 0 or step.amount != step.amount.quantize(PLACES):
        raise Refused(
            _("Thời gian của bước %(n)s phải là số không âm, nhiều nhất ba chữ số thập phân.") % {"n": position}
        )
    if step.role == Role.RETURN and step.amount:
        raise Refused(_("Bước %(n)s trả kết quả cho công dân không tính thời gian: xin ghi 0.") % {"n": position})
