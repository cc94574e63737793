from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thanthien.satisfaction.enums import Reached
from thanthien.satisfaction.models.survey import SurveyVersion


class Campaign(models.Model):
    """A survey of a random sample: of whom (dossiers finished in a period, by field and village), how many, drawn by
    the system with a seed that is kept. `frame_hash` proves of which dossiers it was drawn."""

    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("tên đợt khảo sát"), max_length=200)
    first = models.DateField(_("hồ sơ xong từ ngày"))
    last = models.DateField(_("đến hết ngày"))
    sectors = models.JSONField(default=list)
    neighbourhoods = models.JSONField(default=list)
    size = models.PositiveIntegerField(_("số phiếu cần"))
    seed = models.CharField(max_length=40)
    frame_size = models.PositiveIntegerField(null=True)
    frame_hash = models.CharField(max_length=64, blank=True)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    drawn_by = models.CharField(max_length=200, blank=True)
    drawn_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="campaign_runs_forward", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(name="campaign_drawn_by", condition=Q(drawn_at=None) ^ ~Q(drawn_by="")),
            models.CheckConstraint(name="campaign_closed_by", condition=Q(closed_at=None) ^ ~Q(closed_by="")),
        ]

    def __str__(self) -> str:
        return self.name


class Drawn(models.Model):
    """One dossier of the sample, in the order of the draw, and how asking its applicant went. What was answered does
    not stand here."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="drawn")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    reached = models.CharField(_("kết quả liên lạc"), max_length=12, choices=Reached, default=Reached.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    last_try = models.DateField(null=True)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    class Meta:
        ordering = ["campaign_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "dossier"], name="drawn_once"),
            models.UniqueConstraint(fields=["campaign", "position"], name="drawn_one_position"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} #{self.position}"
