"""One sentence or two that say how a date was computed, for the receipt and the tracking page."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thanthien.core.working_time.calendar import SATURDAY
from thanthien.core.working_time.deadline import Deadline
from thanthien.core.working_time.explanation import BY_LAW, DayCount
from thanthien.core.working_time.units import DayKind, TimeLimit, TimeUnit


def summary(deadline: Deadline, limit: TimeLimit) -> str:
    """ "10 ngày làm việc kể từ hôm sau ngày nhận (10/11). Không tính thứ Bảy, Chủ nhật và ngày nghỉ lễ 24/11."

    Built from the stored explanation alone, so it stays true when the calendar has changed since.
    """
    days = deadline.explanation
    style = "%d/%m" if days[0].date.year == deadline.due.year else "%d/%m/%Y"
    counted = _since_restart(days)
    if limit.unit == TimeUnit.SAME_DAY:
        sentences = [_same_day(deadline, style)]
    else:
        sentences = [_beginning(counted, limit, style, is_restarted=counted is not days)]
    if limit.unit == TimeUnit.DAY and not days[-1].counted:
        return " ".join([*sentences, _("Hạn rơi vào ngày nghỉ nên chuyển sang ngày làm việc tiếp theo.")])
    if left_out := [*_pauses(counted, style), *_rests(counted, style)]:
        sentences.append(_("Không tính %(list)s.") % {"list": _listed(left_out)})
    return " ".join(sentences)


def _since_restart(days: Sequence[DayCount]) -> Sequence[DayCount]:
    """The days of the count that holds: all, or those from the end of the last pause where it began again."""
    if days[0].kind != DayKind.RESTARTED:
        return days
    begun = next(i for i, day in enumerate(days) if day.kind == DayKind.RECEIVED or day.counted)
    return days[begun:]


def _same_day(deadline: Deadline, style: str) -> str:
    received, due = deadline.explanation[0].date, deadline.due.date()
    if received == due:
        return _("Trả trong ngày nhận (%(day)s).") % {"day": f"{due:{style}}"}
    dates = {"day": f"{due:{style}}", "received": f"{received:{style}}"}
    return _("Trả trong ngày làm việc %(day)s (nhận ngày %(received)s).") % dates


def _beginning(days: Sequence[DayCount], limit: TimeLimit, style: str, *, is_restarted: bool) -> str:
    said = {"limit": str(limit), "day": f"{days[0].date:{style}}"}
    if is_restarted and BY_LAW in days[0].note:
        return _("Đếm lại %(limit)s kể từ hôm sau ngày hết tạm dừng (%(day)s).") % said
    if is_restarted:
        return _("Đếm lại %(limit)s kể từ lúc hết tạm dừng (%(day)s).") % said
    if BY_LAW in days[0].note:
        return _("%(limit)s kể từ hôm sau ngày nhận (%(day)s).") % said
    return _("%(limit)s kể từ lúc nhận (%(day)s).") % said


def _pauses(days: Sequence[DayCount], style: str) -> Iterator[str]:
    for reason in dict.fromkeys(day.reason for day in days if day.reason):
        whole = sum(day.reason == reason and not day.counted for day in days)
        parts = [day.date for day in days if day.reason == reason and day.counted]
        said = {"days": whole, "reason": reason, "dates": ", ".join(f"{day:{style}}" for day in parts)}
        if whole and parts:
            yield (
                ngettext(
                    "%(days)s ngày và một phần ngày %(dates)s %(reason)s",
                    "%(days)s ngày và một phần ngày %(dates)s %(reason)s",
                    whole,
                )
                % said
            )
        elif whole:
            yield ngettext("%(days)s ngày %(reason)s", "%(days)s ngày %(reason)s", whole) % said
        else:
            yield _("một phần ngày %(dates)s %(reason)s") % said


def _rests(days: Sequence[DayCount], style: str) -> Iterator[str]:
    weekend = {day.date.weekday() for day in days if day.kind == DayKind.WEEKEND}
    if SATURDAY in weekend:
        yield _("thứ Bảy")
    if weekend - {SATURDAY}:
        yield _("Chủ nhật")
    if holidays := [day.date for day in days if day.kind == DayKind.HOLIDAY]:
        yield _("ngày nghỉ lễ %(dates)s") % {"dates": _ranges(holidays, style)}
    if closed := [day.date for day in days if day.kind == DayKind.CLOSED]:
        yield _("ngày cơ quan không làm việc %(dates)s") % {"dates": _ranges(closed, style)}


def _ranges(days: Sequence[date], style: str) -> str:
    """16, 17, 18, 24 February → "16/02–18/02, 24/02"."""
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and day == runs[-1][1] + timedelta(days=1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return ", ".join(f"{a:{style}}" if a == b else f"{a:{style}}–{b:{style}}" for a, b in runs)


def _listed(parts: Sequence[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    return _("%(first)s và %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
