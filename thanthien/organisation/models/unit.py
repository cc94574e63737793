import secrets

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thanthien.organisation.enums import CountFrom, Level, SuccessionShare


def new_calendar_version() -> int:
    """A mark that never comes again: a number counted up would, after a transaction that was rolled back."""
    return secrets.randbelow(2**31 - 1) + 1


class Unit(models.Model):
    """An agency, commune, division…: any depth, with a life span (DOMAIN 8.4).

    `path` holds the primary keys from the root ("/1/5/9/"), so that everything below a unit is one prefix.
    `calendar_version` is another with every change of opening hours or holidays that concerns the unit: who keeps a
    calendar in memory compares it.
    """

    code = models.CharField(_("mã định danh"), max_length=35, unique=True)
    name = models.CharField(_("tên"), max_length=200)
    kind = models.CharField(_("loại"), max_length=60, blank=True)
    level = models.CharField(_("cấp"), max_length=20, choices=Level)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("thuộc")
    )
    path = models.CharField(max_length=200, blank=True, db_index=True)
    governing_body = models.CharField(_("cơ quan chủ quản"), max_length=200, blank=True)
    one_stop_name = models.CharField(_("tên bộ phận Một cửa"), max_length=200, blank=True)
    place = models.CharField(_("địa danh"), max_length=100, blank=True)
    head_title = models.CharField(_("chức vụ người đứng đầu"), max_length=100, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True)
    hotline = models.CharField(_("đường dây nóng"), max_length=20, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    count_from = models.CharField(_("tính ngày làm việc"), max_length=10, choices=CountFrom, default=CountFrom.NEXT_DAY)
    valid_from = models.DateField(_("hoạt động từ"), null=True, blank=True)
    valid_to = models.DateField(_("đến hết"), null=True, blank=True)
    calendar_version = models.PositiveIntegerField(default=new_calendar_version, editable=False)

    class Meta:
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                name="unit_life_runs_forward",
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def desk_name(self) -> str:
        return self.one_stop_name or str(_("Bộ phận Tiếp nhận và Trả kết quả"))

    def get_additional_data(self) -> dict[str, int]:
        """For the history: which unit the change concerns (0: all)."""
        return {"unit": self.pk}


class UnitSuccession(models.Model):
    """`old` became (a part of) `new` on that day."""

    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors", verbose_name=_("đơn vị cũ"))
    new = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors", verbose_name=_("đơn vị mới"))
    date = models.DateField(_("ngày"))
    share = models.CharField(_("phần chuyển"), max_length=10, choices=SuccessionShare, default=SuccessionShare.WHOLE)

    class Meta:
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="succession_once"),
            models.CheckConstraint(name="succession_to_another", condition=~Q(old=F("new"))),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    def get_additional_data(self) -> dict[str, int]:
        """For the history: which unit the change concerns (0: all)."""
        return {"unit": self.old_id}


class Neighbourhood(models.Model):
    """A thôn (xã) or tổ dân phố (phường)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="neighbourhoods", verbose_name=_("đơn vị"))
    name = models.CharField(_("tên"), max_length=100)
    head_name = models.CharField(_("trưởng thôn, tổ trưởng"), max_length=100, blank=True)
    head_phone = models.CharField(_("điện thoại"), max_length=20, blank=True)

    class Meta:
        ordering = ["unit_id", "name"]
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="neighbourhood_one_name")]

    def __str__(self) -> str:
        return self.name

    def get_additional_data(self) -> dict[str, int]:
        """For the history: which unit the change concerns (0: all)."""
        return {"unit": self.unit_id}


class Counter(models.Model):
    """A counter of the one-stop shop."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="counters", verbose_name=_("đơn vị"))
    number = models.PositiveSmallIntegerField(_("quầy số"))
    name = models.CharField(_("lĩnh vực"), max_length=200, blank=True)
    is_open = models.BooleanField(_("đang mở"), default=True)

    class Meta:
        ordering = ["unit_id", "number"]
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="counter_one_number")]

    def __str__(self) -> str:
        return str(_("Quầy %(number)s")) % {"number": self.number}

    def get_additional_data(self) -> dict[str, int]:
        """For the history: which unit the change concerns (0: all)."""
        return {"unit": self.unit_id}
