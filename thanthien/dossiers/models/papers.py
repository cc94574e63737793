from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thanthien.dossiers.enums import FileKind, PauseKind
from thanthien.dossiers.models.dossier import Dossier


class DossierPaper(models.Model):
    """One giấy tờ of the dossier, with how many of each kind were handed in."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="papers")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60, blank=True)
    name = models.CharField(_("tên giấy tờ"), max_length=2000)
    originals = models.PositiveSmallIntegerField(_("bản chính"), default=0)
    certified = models.PositiveSmallIntegerField(_("bản chứng thực"), default=0)
    photocopies = models.PositiveSmallIntegerField(_("bản photo"), default=0)
    is_electronic = models.BooleanField(_("bản điện tử"), default=False)
    is_shown_only = models.BooleanField(_("chỉ xuất trình"), default=False)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["dossier_id", "position"]
        constraints = [models.UniqueConstraint(fields=["dossier", "position"], name="dossier_paper_one_position")]

    def __str__(self) -> str:
        return self.name


class DossierFile(models.Model):
    """A scanned or electronic paper. The name on disk is random; what it is was decided by its content."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="files")
    paper = models.ForeignKey(DossierPaper, on_delete=models.SET_NULL, null=True, related_name="files")
    kind = models.CharField(max_length=10, choices=FileKind, default=FileKind.PAPER)
    path = models.CharField(max_length=200)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class SupplementRequest(models.Model):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: once for each dossier (NĐ 118/2025 Đ11)."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="supplement")
    papers = models.JSONField(_("giấy tờ cần bổ sung"))
    reason = models.TextField(_("lý do"))
    legal_basis = models.CharField(_("căn cứ"), max_length=500)
    requested_by = models.CharField(max_length=200)
    requested_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)  # the citizen has said that they got it
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.reason[:50]}"


class Pause(models.Model):
    """The clock stood still from `started_at` to `ended_at`."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="pauses")
    kind = models.CharField(max_length=20, choices=PauseKind)
    reason = models.TextField()
    legal_basis = models.CharField(max_length=500, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    by = models.CharField(max_length=200)

    class Meta:
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(ended_at=None), name="dossier_one_open_pause"),
            models.CheckConstraint(
                name="dossier_pause_forward", condition=Q(ended_at=None) | Q(ended_at__gte=models.F("started_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind}"
