from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thanthien.dossiers.enums import DelayCause
from thanthien.dossiers.models.dossier import Dossier


class Apology(models.Model):
    """An apology that is owed for a date that will pass unfinished (NĐ 61/2018 Đ19.9; FEATURES 5.4).

    Opened one working day before the date; closed only by being sent. Form 04 is drafted, signed, then sent.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="apology")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="apologies")
    owed_at = models.DateTimeField()
    old_due_at = models.DateTimeField()
    cause = models.CharField(_("lý do chậm"), max_length=20, choices=DelayCause, blank=True)
    cause_text = models.TextField(_("giải thích với người dân"), blank=True)
    answerable = models.ForeignKey(
        "organisation.Staff",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("người chịu trách nhiệm"),
    )
    new_due_at = models.DateTimeField(_("ngày hẹn mới"), null=True)
    number = models.CharField(max_length=60, blank=True)
    drafted_by = models.CharField(max_length=200, blank=True)
    drafted_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    not_needed_at = models.DateTimeField(null=True)  # the result came in time after all

    class Meta:
        indexes = [
            models.Index(fields=["unit", "owed_at"], name="apology_owed", condition=Q(sent_at=None, not_needed_at=None))
        ]
        constraints = [
            models.CheckConstraint(name="apology_signed_by", condition=Q(signed_at=None) ^ ~Q(signed_by="")),
            models.CheckConstraint(name="apology_sent_signed", condition=Q(sent_at=None) | Q(signed_at__isnull=False)),
            models.CheckConstraint(
                name="apology_drafted_whole",
                condition=Q(drafted_at=None) | (~Q(cause="") & Q(new_due_at__isnull=False, answerable__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}"
