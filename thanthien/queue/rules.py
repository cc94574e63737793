"""Who may do what in the hall, and when a number may be handed out."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.organisation.enums import Role
from thanthien.organisation.queries import (
    calendar_for,
    counter_hours_on,
    desks_of,
    has_counter_hours,
    keep_own_hours,
    next_counter_opening,
    office_of,
)
from thanthien.queue.enums import AT_COUNTER, STILL_HERE, AppointmentState, Source, TicketState

AT_COUNTERS = (Role.RECEPTION, Role.RETURN, Role.CASHIER, Role.SPECIALIST)
LED_BY = (Role.LEADER, Role.DIVISION_HEAD)  # who comes when a counter needs help
HEADS = (Role.LEADER, Role.DIVISION_HEAD, Role.UNIT_ADMIN, Role.PROVINCE_ADMIN, Role.INSPECTOR)


# ---- handing out -----------------------------------------------------------------------------------------
def check_is_open(hall: Any, *, at: datetime) -> None:
    """Numbers are handed out from a little before opening until closing time, also over noon."""
    local = timezone.localtime(at)
    calendar = calendar_for(hall.unit)
    hours = calendar.intervals_on(local.date())
    if not hours:
        raise Refused(
            _("Hôm nay đơn vị nghỉ nên chưa lấy số được. Xin mời ông/bà đến vào %(when)s.") % _opens(hall, at)
        )
    first = datetime.combine(local.date(), hours[0].start, local.tzinfo) - timedelta(minutes=hall.opens_early)
    if local < first:
        raise Refused(_("Chưa đến giờ lấy số. Máy bắt đầu cấp số lúc %(time)s.") % {"time": f"{first:%H:%M}"})
    if local.time() >= hours[-1].end:
        facts = {"time": f"{hours[-1].end:%H:%M}"} | _opens(hall, at)
        raise Refused(_("Hôm nay đã hết giờ nhận số (đóng cửa lúc %(time)s). Xin mời ông/bà đến vào %(when)s.") % facts)


def _opens(hall: Any, at: datetime) -> dict[str, str]:
    return {"when": f"{calendar_for(hall.unit).next_opening(timezone.localtime(at)):%H:%M %d/%m/%Y}"}


def check_can_take_number(line: Any, *, at: datetime) -> None:
    if not (line.is_active and line.hall.is_active):
        raise Refused(
            _("Quầy «%(line)s» hiện không nhận số. Xin ông/bà chọn việc khác hoặc hỏi cán bộ.") % {"line": line}
        )
    check_is_open(line.hall, at=at)
    if has_counter_hours(line.hall.unit):
        check_counters_open(line, at=at)


def check_counters_open(line: Any, *, at: datetime) -> None:
    """Where all counters that serve the line keep hours of their own: from a little before the first opens until the
    last closes, also over noon."""
    unit, local = line.hall.unit, timezone.localtime(at)
    counters = list(line.counters.values_list("pk", flat=True))
    if not keep_own_hours(unit, counters):
        return
    hours = counter_hours_on(unit, counters, local.date())
    if not hours or local.time() >= hours[-1].end:
        opening = next_counter_opening(unit, counters, local.date())
        facts = {"line": line, "when": f"{opening:%H:%M %d/%m/%Y}" if opening else _("ngày khác")}
        raise Refused(
            _("Hôm nay «%(line)s» không còn quầy nào mở. Xin mời ông/bà đến vào %(when)s, hoặc hỏi cán bộ.") % facts
        )
    first = datetime.combine(local.date(), hours[0].start, local.tzinfo) - timedelta(minutes=line.hall.opens_early)
    if local < first:
        facts = {"line": line, "opens": f"{hours[0].start:%H:%M}", "first": f"{first:%H:%M}"}
        raise Refused(_("Hôm nay «%(line)s» mở lúc %(opens)s, lấy số từ %(first)s.") % facts)


def check_contingent(line: Any, source: str, *, taken: int, taken_from_home: int) -> None:
    """`taken` and `taken_from_home` count this one too."""
    if line.contingent is not None and taken > line.contingent:
        raise Refused(
            _("Hôm nay «%(line)s» đã nhận đủ %(count)s lượt. Xin ông/bà quay lại ngày mai hoặc đặt lịch hẹn.")
            % {"line": line, "count": line.contingent}
        )
    if source == Source.HOME and taken_from_home > line.home_contingent:
        raise Refused(
            _("Phần số lấy từ xa của «%(line)s» hôm nay đã hết. Xin ông/bà đến Bộ phận Một cửa lấy số.")
            % {"line": line}
        )


def check_band(line: Any, number: int) -> None:
    if number > line.last_number:
        raise Refused(_("Hôm nay «%(line)s» đã cấp hết số. Xin ông/bà gặp cán bộ để được giúp.") % {"line": line})


# ---- one ticket ------------------------------------------------------------------------------------------
def check_unconfirmed(ticket: Any) -> None:
    if ticket.state != TicketState.UNCONFIRMED:
        raise Refused(_("Số %(code)s đã được trao rồi.") % {"code": ticket.code})


def check_can_cancel(ticket: Any) -> None:
    if ticket.state not in (TicketState.WAITING, TicketState.PARKED, TicketState.UNCONFIRMED):
        raise Refused(_("Số %(code)s không còn trong hàng chờ nên không bỏ được nữa.") % {"code": ticket.code})


def check_can_rejoin(ticket: Any, *, at: datetime) -> None:
    """The same ticket again, on the same day, after it was missed or put aside."""
    if ticket.state not in (TicketState.MISSED, TicketState.PARKED):
        raise Refused(_("Số %(code)s không ở trạng thái lỡ lượt nên không cần vào lại hàng.") % {"code": ticket.code})
    if ticket.day != timezone.localdate(at):
        raise Refused(_("Số %(code)s là của ngày khác. Xin ông/bà lấy số mới.") % {"code": ticket.code})


def check_can_reprint(ticket: Any) -> None:
    if ticket.state not in (TicketState.UNCONFIRMED, *STILL_HERE):
        raise Refused(_("Số %(code)s đã xong nên không in lại.") % {"code": ticket.code})


# ---- the counter -----------------------------------------------------------------------------------------
def check_serves(*, by: Any) -> None:
    if not by.has_role(*AT_COUNTERS):
        raise Refused(_("Gọi số là việc của cán bộ tại quầy."))


def check_can_serve(hall: Any, *, by: Any) -> None:
    check_serves(by=by)
    check_in_hall(hall, by=by)


def check_in_hall(hall: Any, *, by: Any) -> None:
    if hall.unit_id not in desks_of(by):
        raise Refused(_("Sảnh này thuộc đơn vị khác."))


def check_sees_help(*, by: Any) -> None:
    if not by.has_role(*AT_COUNTERS, *LED_BY, Role.UNIT_ADMIN):
        raise Refused(_("Trang này dành cho cán bộ tại quầy và lãnh đạo đơn vị."))


def check_can_open(counter: Any, hall: Any, taken: Any, *, by: Any) -> None:
    """`taken`: the session that is open at this counter, if any."""
    check_can_serve(hall, by=by)
    if counter.unit_id != hall.unit_id:
        raise Refused(_("Quầy này không thuộc sảnh đã chọn."))
    if not counter.is_open:
        raise Refused(_("Quầy %(number)s đang được ghi là không hoạt động.") % {"number": counter.number})
    if taken and taken.staff_id != by.pk:
        facts = {"number": counter.number, "name": taken.staff.full_name}
        raise Refused(_("Quầy %(number)s đang do %(name)s phụ trách.") % facts)


def check_is_mine(session: Any, *, by: Any) -> None:
    if session.staff_id != by.pk:
        raise Refused(_("Quầy này do người khác phụ trách."))
    if session.closed_at:
        raise Refused(_("Quầy đã đóng. Xin mở quầy trước khi gọi số."))


def check_may_call(current: Any) -> None:
    """Whoever was called and has not come yet must first be said to be here or not."""
    if current and current.started_at is None:
        raise Refused(
            _("Số %(code)s đang được mời đến quầy. Xin ghi «Đã đến» hoặc «Không có mặt» trước khi gọi số tiếp.")
            % {"code": current.ticket.code}
        )


def check_is_served(current: Any) -> None:
    if current is None or current.ticket.state not in AT_COUNTER:
        raise Refused(_("Quầy này hiện không phục vụ số nào."))


def check_not_started(current: Any) -> None:
    if current.started_at:
        raise Refused(_("Số %(code)s đã đến quầy rồi.") % {"code": current.ticket.code})


def check_started(current: Any) -> None:
    if current.started_at is None:
        raise Refused(_("Số %(code)s chưa đến quầy.") % {"code": current.ticket.code})


def check_can_close(current: Any) -> None:
    if current:
        raise Refused(_("Số %(code)s còn ở quầy. Xin kết thúc trước khi đóng quầy.") % {"code": current.ticket.code})


# ---- setting up and looking back -------------------------------------------------------------------------
def check_may_see_all(hall: Any, *, by: Any) -> None:
    """Figures of every officer: the head's. Whoever only sits at a counter sees their own."""
    if not (by.is_superuser or (by.has_role(*HEADS) and _above(hall, by))):
        raise Refused(_("Số liệu của từng cán bộ chỉ người ấy và lãnh đạo xem được."))


def _above(hall: Any, by: Any) -> bool:
    office = office_of(by)
    wide = by.has_role(Role.PROVINCE_ADMIN, Role.INSPECTOR)
    return bool(hall.unit_id == office.pk or (wide and hall.unit.path.startswith(office.path)))


# ---- appointments ----------------------------------------------------------------------------------------
def check_line_books(line: Any) -> None:
    if not (line.is_active and line.slot_places):
        raise Refused(_("«%(line)s» hiện không nhận lịch hẹn. Xin ông/bà lấy số khi đến.") % {"line": line})


def check_slot(left: int | None) -> None:
    """`left`: places in the slot; None: there is no such slot (any more)."""
    if left is None:
        raise Refused(_("Khung giờ này không đặt được nữa. Xin ông/bà chọn khung giờ khác."))
    if left < 1:
        raise Refused(_("Khung giờ này vừa hết chỗ. Xin ông/bà chọn khung giờ khác."))


def check_may_book(hall: Any, booked: int) -> None:
    if booked >= hall.appointments_each:
        raise Refused(
            _("Số điện thoại này đang giữ %(count)s lịch hẹn, là nhiều nhất. Xin ông/bà hủy bớt rồi đặt thêm.")
            % {"count": booked}
        )


def check_can_rebook(hall: Any, *, by: Any) -> None:
    """For the people of the hall and those who lead it: citizens are told what they decide."""
    if not by.has_role(*AT_COUNTERS, *LED_BY, Role.UNIT_ADMIN):
        raise Refused(_("Dời lịch hẹn của người dân là việc của cán bộ tại quầy và lãnh đạo đơn vị."))
    check_in_hall(hall, by=by)


def check_is_booked(appointment: Any) -> None:
    if appointment.state != AppointmentState.BOOKED:
        raise Refused(
            _("Lịch hẹn này ở trạng thái «%(state)s» nên không đổi được nữa.")
            % {"state": appointment.get_state_display()}
        )


def check_can_check_in(appointment: Any, *, at: datetime) -> None:
    check_is_booked(appointment)
    slot = timezone.localtime(appointment.slot_at)
    if slot.date() != timezone.localdate(at):
        raise Refused(_("Lịch hẹn này là của %(when)s.") % {"when": f"{slot:%H:%M %d/%m/%Y}"})
    if at > slot + timedelta(minutes=appointment.hall.expires_after):
        raise Refused(_("Đã quá giờ hẹn %(when)s. Xin ông/bà lấy số thường.") % {"when": f"{slot:%H:%M}"})
