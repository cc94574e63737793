from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thanthien.satisfaction.enums import Grade, RemarkKind


class Assessment(models.Model):
    """The indices of TT 01/2018/TT-VPCP over a period, of an officer (`staff`) or of a unit. Frozen when it is made, so
    that what was contested stays what it was. An officer sees it first: `seen_at`."""

    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    first = models.DateField()
    last = models.DateField()
    dossiers = models.PositiveIntegerField()
    indices = models.JSONField()  # as `rules.indices.Index.as_json`
    total = models.DecimalField(max_digits=4, decimal_places=1)
    maximum = models.PositiveSmallIntegerField()
    grade = models.CharField(_("xếp loại"), max_length=10, choices=Grade, blank=True)
    made_at = models.DateTimeField()
    shown_from = models.DateTimeField(null=True)  # others see an officer's from then on, or once it was seen
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-last", "unit_id", "staff_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "first", "last"], condition=Q(staff=None), name="assessment_of_unit_once"
            ),
            models.UniqueConstraint(fields=["staff", "unit", "first", "last"], name="assessment_of_staff_once"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id or self.unit_id} {self.first}–{self.last}"


class Remark(models.Model):
    """What an officer says about their own figures: a note, or a wish to look at them again, which is answered."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField(_("loại"), max_length=10, choices=RemarkKind)
    text = models.TextField(_("nội dung"))
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    answer = models.TextField(_("trả lời"), blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="remark_answered_by", condition=Q(answered_at=None) ^ ~Q(answered_by="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%d/%m/%Y}"
