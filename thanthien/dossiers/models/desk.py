from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thanthien.dossiers.enums import Timeliness
from thanthien.dossiers.models.dossier import Dossier
from thanthien.organisation.enums import Role


class HandOverList(models.Model):
    """A printed list of dossiers handed from one desk to another at one time."""

    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


class HandOver(models.Model):
    """A step was finished and the dossier passed to the next desk, whose officer acknowledges it.

    These rows are the record of the process and make the phiếu kiểm soát quá trình giải quyết hồ sơ.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="hand_overs")
    list = models.ForeignKey(HandOverList, on_delete=models.PROTECT, null=True, related_name="hand_overs")
    from_unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    to_role = models.CharField(max_length=20, choices=Role, blank=True)
    given_by = models.CharField(max_length=200)
    given_at = models.DateTimeField()
    step_position = models.PositiveSmallIntegerField(default=0)
    step_name = models.CharField(max_length=200, blank=True)
    step_started_at = models.DateTimeField(null=True)
    step_due_at = models.DateTimeField(null=True)
    timeliness = models.CharField(max_length=10, choices=Timeliness, blank=True)
    is_sent_back = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    acknowledged_by = models.CharField(max_length=200, blank=True)
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["dossier_id", "pk"]
        indexes = [
            models.Index(fields=["to_unit", "given_at"], name="hand_over_open", condition=Q(acknowledged_at=None))
        ]
        constraints = [
            models.CheckConstraint(
                name="hand_over_acknowledged_by", condition=Q(acknowledged_at=None) ^ ~Q(acknowledged_by="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} → {self.to_unit_id}"


class Consultation(models.Model):
    """An opinion asked of another unit, with its content and deadline (NĐ 61/2018 Đ19.5)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="consultations")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="consultations")
    question = models.TextField(_("nội dung xin ý kiến"))
    due_at = models.DateTimeField(_("hạn trả lời"))
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    answer = models.TextField(_("trả lời"), blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.unit_id}"


class Guidance(models.Model):
    """Somebody was shown what to bring; nothing was filed (FEATURES 14)."""

    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    procedure = models.ForeignKey("procedures.Procedure", on_delete=models.PROTECT, related_name="+")
    full_name = models.CharField(_("họ và tên"), max_length=200)
    phone = models.CharField(_("điện thoại"), max_length=16, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    missing = models.JSONField(default=list)
    text = models.TextField(_("nội dung hướng dẫn"))
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.number


class Viewing(models.Model):
    """Who looked at a dossier, and who unmasked a number in it (DESIGN 3, personal data)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="viewings")
    staff = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20, default="view")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["dossier", "at"], name="viewing_of_dossier")]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.dossier_id}"


class SavedFilter(models.Model):
    """A work list that somebody wants to find again."""

    staff = models.ForeignKey("organisation.Staff", on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField(_("tên"), max_length=100)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["staff", "name"], name="saved_filter_one_name")]

    def __str__(self) -> str:
        return self.name
