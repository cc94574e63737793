from django.db import models
from django.utils.translation import gettext_lazy as _

from thanthien.satisfaction.models.campaign import Drawn
from thanthien.satisfaction.models.survey import SurveyVersion


class Invitation(models.Model):
    """A link that holds once. Its address is reckoned from `nonce` with the house's secret key, so that nobody who
    reads the database can answer. Of its use only the day is kept: a moment would tell whose answer is whose."""

    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="+")
    drawn = models.OneToOneField(Drawn, on_delete=models.CASCADE, null=True, related_name="invitation")
    nonce = models.CharField(max_length=24, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(drawn=None), name="invitation_one_after_the_result"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.made_at:%d/%m/%Y}"


class RatingDevice(models.Model):
    """A tablet at a counter. Its address holds a secret, of which we keep the hash alone."""

    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    counter = models.ForeignKey(
        "organisation.Counter", on_delete=models.CASCADE, related_name="+", verbose_name=_("quầy")
    )
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["counter_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="rating_device_revoked_by", condition=models.Q(revoked_at=None) ^ ~models.Q(revoked_by="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.counter_id}"


class RatingTurn(models.Model):
    """Somebody at this counter has just got their result (`dossier`), or their number is done: its tablet wakes up for
    half a minute. Over once answered, and nameless, so that nothing joins the answer and the dossier."""

    counter = models.ForeignKey("organisation.Counter", on_delete=models.CASCADE, related_name="+")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.CASCADE, null=True, related_name="+")
    officer = models.ForeignKey("organisation.Staff", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    is_over = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["dossier"], name="rating_turn_once"),
            models.CheckConstraint(
                name="rating_turn_over_is_nameless", condition=models.Q(is_over=False) | models.Q(dossier=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counter_id} {self.at:%H:%M}"
