from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thanthien.core.working_time.calendar import WEEKDAYS
from thanthien.organisation.enums import HolidayKind
from thanthien.organisation.models.unit import Counter, Unit


class OpeningHours(models.Model):
    """One interval of one weekday in a period; a day may have several. Without any row a unit keeps the usual hours
    (Monday to Friday 07:30–11:30 and 13:00–17:00). `unit` empty: for every unit that has none of its own. With a
    `counter` of the unit they are that counter's, inside the hours of the unit."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="opening_hours")
    counter = models.ForeignKey(
        Counter, on_delete=models.CASCADE, null=True, blank=True, related_name="opening_hours", verbose_name=_("quầy")
    )
    weekday = models.PositiveSmallIntegerField(_("thứ"), help_text=_("0 là thứ Hai"))
    opens = models.TimeField(_("mở cửa"))
    closes = models.TimeField(_("đóng cửa"))
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        ordering = ["unit_id", "valid_from", "weekday", "opens"]
        constraints = [
            models.CheckConstraint(name="opening_weekday", condition=Q(weekday__lte=6)),
            models.CheckConstraint(name="opening_before_closing", condition=Q(opens__lt=models.F("closes"))),
        ]

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {self.opens:%H:%M}–{self.closes:%H:%M}"

    def get_additional_data(self) -> dict[str, int]:
        """For the history: which unit the change concerns (0: all)."""
        return {"unit": self.unit_id or 0}


class Holiday(models.Model):
    """A day off, or a rest day that is worked. Seeded from the `holidays` package; the notice of each year wins."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="holidays")
    date = models.DateField(_("ngày"))
    kind = models.CharField(_("loại"), max_length=10, choices=HolidayKind)
    name = models.CharField(_("tên"), max_length=200)
    source = models.CharField(_("căn cứ"), max_length=300, blank=True)

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "date"], name="holiday_once_a_unit"),
            models.UniqueConstraint(fields=["date"], condition=Q(unit=None), name="holiday_once_for_all"),
        ]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.name}"

    def get_additional_data(self) -> dict[str, int]:
        """For the history: which unit the change concerns (0: all)."""
        return {"unit": self.unit_id or 0}
