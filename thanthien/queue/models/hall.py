import secrets

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thanthien.core.said import is_said_otherwise
from thanthien.queue.enums import Voice


def new_door_code() -> str:
    """Stands in the QR at the door, so that who uses it is known to be there."""
    return secrets.token_urlsafe(6)


class Named:
    """What has a name in both languages: it shows the one of the page, the Vietnamese one where there is no other."""

    name: "models.CharField[str, str]"
    name_en: "models.CharField[str, str]"

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        return str((is_said_otherwise() and self.name_en) or self.name)


class Hall(Named, models.Model):
    """A waiting hall: one queue in several lines, one board, and how the unit wants both."""

    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="halls")
    name = models.CharField(_("tên sảnh"), max_length=100)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=100, blank=True)
    shows_officer = models.BooleanField(_("bảng gọi số hiện tên cán bộ"), default=False)
    notices = models.TextField(_("thông báo chạy cuối bảng"), blank=True, help_text=_("Mỗi dòng là một thông báo."))
    times_called = models.PositiveSmallIntegerField(_("số lượt gọi trước khi tính là lỡ"), default=2)
    opens_early = models.PositiveSmallIntegerField(_("cho lấy số trước giờ mở cửa (phút)"), default=30)
    voice = models.CharField(_("giọng gọi số"), max_length=10, choices=Voice, default=Voice.BROWSER)
    printer_host = models.CharField(_("địa chỉ máy in phiếu trong mạng"), max_length=100, blank=True)
    printer_port = models.PositiveIntegerField(_("cổng máy in"), default=9100)
    slot_minutes = models.PositiveSmallIntegerField(_("mỗi khung giờ hẹn dài (phút)"), default=15)
    days_ahead = models.PositiveSmallIntegerField(_("đặt hẹn trước (ngày làm việc)"), default=6)
    appointments_each = models.PositiveSmallIntegerField(_("số lịch hẹn mỗi người cùng giữ"), default=2)
    expires_after = models.PositiveSmallIntegerField(_("giữ chỗ sau giờ hẹn (phút)"), default=15)
    head_start = models.PositiveSmallIntegerField(_("người có hẹn được tính đến sớm hơn giờ hẹn (phút)"), default=30)
    wait_target = models.PositiveSmallIntegerField(_("chín trên mười người chờ không quá (phút)"), default=15)
    door_code = models.CharField(max_length=20, default=new_door_code, editable=False)
    is_active = models.BooleanField(_("đang dùng"), default=True)

    class Meta:
        ordering = ["unit_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="hall_one_name"),
            models.CheckConstraint(name="hall_called_at_least_once", condition=Q(times_called__gte=1)),
            models.CheckConstraint(name="hall_slots_have_length", condition=Q(slot_minutes__gte=5)),
        ]

    @property
    def notice_lines(self) -> list[str]:
        return [line.strip() for line in self.notices.splitlines() if line.strip()]


class Priority(Named, models.Model):
    """Who goes first by law or custom, as data; a higher rank goes before a lower one."""

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="priorities")
    name = models.CharField(_("diện ưu tiên"), max_length=100)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=100, blank=True)
    rank = models.PositiveSmallIntegerField(_("bậc ưu tiên"), default=1)
    legal_basis = models.CharField(_("căn cứ"), max_length=300, blank=True)
    is_active = models.BooleanField(_("đang dùng"), default=True)

    class Meta:
        ordering = ["-rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["hall", "name"], name="priority_one_name"),
            models.CheckConstraint(name="priority_rank", condition=Q(rank__gte=1, rank__lte=9)),
        ]


class Line(Named, models.Model):
    """A group of fields that people take a number for: its letter, its band of numbers, its contingent of a day. The
    `counters` that serve it decide when and how many people may book; without any it counts as one counter that keeps
    the hours of the unit."""

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="lines")
    letter = models.CharField(_("chữ đầu của số"), max_length=2)
    name = models.CharField(_("nhóm lĩnh vực"), max_length=100)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=100, blank=True)
    sectors = models.ManyToManyField("procedures.Sector", blank=True, verbose_name=_("lĩnh vực"), related_name="+")
    counters = models.ManyToManyField(
        "organisation.Counter",
        through="queue.LineCounter",
        blank=True,
        verbose_name=_("quầy phục vụ"),
        related_name="+",
    )
    first_number = models.PositiveIntegerField(_("số đầu"), default=1)
    last_number = models.PositiveIntegerField(_("số cuối"), default=999)
    contingent = models.PositiveIntegerField(_("số lượt nhận một ngày"), null=True, blank=True)
    home_contingent = models.PositiveIntegerField(_("trong đó lấy từ xa"), default=0)
    slot_places = models.PositiveSmallIntegerField(_("số lịch hẹn mỗi khung giờ, mỗi quầy"), default=0)
    usual_minutes = models.PositiveSmallIntegerField(_("thường mất (phút)"), default=10)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=1)
    is_active = models.BooleanField(_("đang nhận số"), default=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["hall", "letter"], name="line_one_letter"),
            models.CheckConstraint(name="line_band", condition=Q(first_number__lte=F("last_number"))),
            models.CheckConstraint(name="line_takes_time", condition=Q(usual_minutes__gte=1)),
        ]


class LineCounter(models.Model):
    """A counter that serves a line. Such a counter can be closed, not removed: what was booked with it would be left
    with a line that counts as one that nobody needs to attend."""

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="+")
    counter = models.ForeignKey("organisation.Counter", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "queue_line_counters"
        unique_together = [("line", "counter")]

    def __str__(self) -> str:
        return str(_("hàng chờ «%(line)s»")) % {"line": self.line}


class Kiosk(models.Model):
    """A machine that hands numbers out. Its address holds a secret, of which we keep the hash alone."""

    hall = models.ForeignKey(Hall, on_delete=models.CASCADE, related_name="kiosks")
    name = models.CharField(_("tên máy"), max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
