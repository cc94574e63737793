from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thanthien.organisation.enums import AbsenceKind
from thanthien.organisation.models.staff import Staff


class Absence(models.Model):
    """An officer is away from `starts_at` up to, not including, `ends_at`. It counts once somebody who leads them has
    agreed; kind and note are for the officer and who leads them, never for citizens."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="absences", verbose_name=_("cán bộ"))
    kind = models.CharField(_("lý do"), max_length=10, choices=AbsenceKind)
    starts_at = models.DateTimeField(_("từ"))
    ends_at = models.DateTimeField(_("đến"))
    stand_in = models.ForeignKey(
        Staff, on_delete=models.SET_NULL, null=True, blank=True, related_name="stands_in", verbose_name=_("người thay")
    )
    note = models.CharField(_("ghi chú nội bộ"), max_length=300, blank=True)
    entered_by = models.CharField(_("người ghi"), max_length=200)
    entered_at = models.DateTimeField()
    agreed_by = models.CharField(_("người đồng ý"), max_length=200, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(_("người hủy"), max_length=200, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(name="absence_runs_forward", condition=Q(starts_at__lt=F("ends_at"))),
            models.CheckConstraint(name="absence_another_stands_in", condition=~Q(stand_in=F("staff"))),
            models.CheckConstraint(name="absence_agreed_by", condition=Q(agreed_at=None) ^ ~Q(agreed_by="")),
            models.CheckConstraint(name="absence_cancelled_by", condition=Q(cancelled_at=None) ^ ~Q(cancelled_by="")),
        ]
        indexes = [models.Index(fields=["staff", "ends_at"], name="absence_of", condition=Q(cancelled_at=None))]

    def __str__(self) -> str:
        return f"{self.staff} {self.starts_at:%d/%m/%Y}"

    def get_additional_data(self) -> dict[str, int]:
        """For the history: which unit the change concerns (0: all)."""
        return {"unit": self.staff.unit_id}
