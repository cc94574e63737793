from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thanthien.dossiers.models.dossier import Dossier


class AgencyRequest(models.Model):
    """Another agency, of this house or none, was asked in writing, and the clock stands until it answers.

    `expected_on` is the day by which it was asked to answer (NĐ 61/2018 Đ19.5). `cancelled_at`: asked by mistake, or
    no longer needed since the dossier ended."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="agency_requests")
    agency = models.CharField(_("cơ quan được hỏi"), max_length=200)
    question = models.TextField(_("nội dung đề nghị"))
    legal_basis = models.CharField(_("căn cứ"), max_length=500)
    reference = models.CharField(_("số văn bản gửi"), max_length=60, blank=True)
    expected_on = models.DateField(_("ngày dự kiến trả lời"))
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    answer = models.TextField(_("nội dung trả lời"), blank=True)
    answer_reference = models.CharField(_("số văn bản trả lời"), max_length=60, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)  # who took the answer in
    answered_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["dossier_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(answered_at=None, cancelled_at=None), name="dossier_one_open_request"
            ),
            models.CheckConstraint(
                name="dossier_request_one_end", condition=Q(answered_at=None) | Q(cancelled_at=None)
            ),
            models.CheckConstraint(
                name="dossier_request_who_answered", condition=Q(answered_at=None) ^ ~Q(answered_by="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.agency}"
