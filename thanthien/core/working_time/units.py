"""What a time limit is said in: units, policies, pauses, and what can be wrong with them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Self

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext


class TimeUnit(TextChoices):
    """Working days are the rule; "ngày" and "giờ" only where the procedure says so (DOMAIN 1.6)."""

    WORKING_DAY = "working_day", gettext_lazy("ngày làm việc")
    DAY = "day", gettext_lazy("ngày")
    HOUR = "hour", gettext_lazy("giờ làm việc")
    SAME_DAY = "same_day", gettext_lazy("trong ngày")


class PausePolicy(TextChoices):
    """PAUSE subtracts the time of waiting (national index, QĐ 766/QĐ-TTg); RESTART counts the whole limit again
    after the full supplement (Nghị định 61/2018/NĐ-CP Điều 19 khoản 4)."""

    PAUSE = "pause", gettext_lazy("trừ thời gian tạm dừng")
    RESTART = "restart", gettext_lazy("đếm lại từ đầu")


class StartRule(TextChoices):
    """NEXT_DAY is the law (Bộ luật Dân sự 2015 Điều 147); a unit may be stricter with itself and count at once."""

    NEXT_DAY = "next_day", gettext_lazy("từ ngày làm việc tiếp theo")
    AT_ONCE = "at_once", gettext_lazy("từ giờ tiếp nhận")


class DayKind(TextChoices):
    """What a day is in the explanation of a date; a drawn calendar colours by it."""

    RECEIVED = "received", gettext_lazy("ngày tiếp nhận, không tính")
    COUNTED = "counted", gettext_lazy("ngày được tính")
    WEEKEND = "weekend", gettext_lazy("thứ Bảy, Chủ nhật")
    HOLIDAY = "holiday", gettext_lazy("ngày lễ, nghỉ bù")
    CLOSED = "closed", gettext_lazy("cơ quan không làm việc")
    PAUSED = "paused", gettext_lazy("tạm dừng")
    RESTARTED = "restarted", gettext_lazy("không tính, đếm lại từ đầu")
    DUE = "due", gettext_lazy("ngày hẹn trả")


class WorkingTimeError(ValueError):
    """Something that no date can be computed from. Its text is a Vietnamese sentence, fit to be shown."""


class BadTimeLimit(WorkingTimeError):
    """The amount is not a number above zero and within reason."""


class BadPause(WorkingTimeError):
    """The pause ends before it begins."""


class StillPaused(WorkingTimeError):
    """A pause is open, so the date is not known yet; `if_answered_at` says what it would be."""


class NoWorkingTime(WorkingTimeError):
    """The calendar has too little working time ahead (ten years are searched)."""


# Ten years of calendar days; the longest limit in law is far below, so more is a slip of the keyboard.
MOST = {TimeUnit.WORKING_DAY: 2_000, TimeUnit.DAY: 3_650, TimeUnit.HOUR: 16_000, TimeUnit.SAME_DAY: 3_650}


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """How long something may take. `SAME_DAY` has no amount: whatever stands there is not used.

    Raises `BadTimeLimit` unless the amount is finite, above zero and at most `MOST[unit]`.
    """

    amount: Decimal
    unit: TimeUnit

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or self.amount < 0 or (not self.amount and self.unit != TimeUnit.SAME_DAY):
            raise BadTimeLimit(_("Thời hạn phải là một số lớn hơn 0."))
        if self.amount > MOST[self.unit]:
            raise BadTimeLimit(
                _("Thời hạn quá dài: tối đa %(most)s %(unit)s.")
                % {"most": f"{MOST[self.unit]:,}".replace(",", "."), "unit": self.unit.label}
            )

    @classmethod
    def same_day(cls) -> Self:
        return cls(Decimal(1), TimeUnit.SAME_DAY)

    @property
    def is_whole(self) -> bool:
        """Whether it is said in whole days, and so ends at closing time however it is shifted."""
        return self.unit != TimeUnit.HOUR and (self.unit != TimeUnit.WORKING_DAY or self.amount % 1 == 0)

    def __str__(self) -> str:
        return time_in_words(self.amount, self.unit)


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which the clock stands: waiting for papers, for a payment, for another agency.

    `end` is None while it lasts; `reason` is Vietnamese and shown to the citizen. `restarts`: under RESTART the limit
    is counted again after it; False where the citizen had nothing to do with it, so that under either policy just its
    time is given back (NĐ 61/2018 Đ19.4 counts anew after a full supplement only). Raises `BadPause`.
    """

    start: datetime
    end: datetime | None
    reason: str = "chờ bổ sung giấy tờ"
    restarts: bool = True

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise BadPause(_("Thời điểm hết tạm dừng phải sau thời điểm bắt đầu tạm dừng."))


def time_in_words(amount: Decimal, unit: TimeUnit) -> str:
    """ "7,5 ngày làm việc"; languages that know a plural have it: "1 working day", "2 working days"."""
    count = 1 if amount == 1 else 2
    words = {
        TimeUnit.WORKING_DAY: ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", count),
        TimeUnit.DAY: ngettext("%(n)s ngày", "%(n)s ngày", count),
        TimeUnit.HOUR: ngettext("%(n)s giờ làm việc", "%(n)s giờ làm việc", count),
        TimeUnit.SAME_DAY: str(TimeUnit.SAME_DAY.label),
    }[unit]
    return words if unit == TimeUnit.SAME_DAY else words % {"n": vietnamese_number(amount)}


def vietnamese_number(amount: Decimal) -> str:
    """7.50 → "7,5"; 10 → "10"."""
    text = f"{amount:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
