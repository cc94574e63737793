from django.db import models
from django.utils.translation import gettext_lazy as _

from thanthien.letters.enums import Occasion, Paper, SignerPost, Way


class OccasionRule(models.Model):
    """What a unit does on an occasion; without a row `queries.rule_of` gives what is usual."""

    unit = models.ForeignKey("organisation.Unit", on_delete=models.CASCADE, related_name="+")
    occasion = models.CharField(_("dịp"), max_length=20, choices=Occasion)
    is_on = models.BooleanField(_("soạn thư cho dịp này"), default=True)
    signer = models.CharField(_("người ký"), max_length=10, choices=SignerPost, default=SignerPost.LEADER)
    paper = models.CharField(_("khổ giấy"), max_length=12, choices=Paper, default=Paper.CARD)
    way = models.CharField(_("cách trao"), max_length=12, choices=Way, default=Way.CERTIFICATE)
    procedures = models.JSONField(_("mã thủ tục"), default=list, blank=True)  # whose result makes the occasion
    quiet_days = models.PositiveSmallIntegerField(_("số ngày không làm phiền"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "occasion"], name="occasion_rule_once")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_occasion_display()}"


class LetterText(models.Model):
    """One version of the wording for an occasion, a unit's own. Version 0 is the built-in text in `data/`.

    `body` holds paragraphs, an empty line between them; names in braces stand for facts. It is text, never Typst.
    """

    unit = models.ForeignKey("organisation.Unit", on_delete=models.CASCADE, related_name="+")
    occasion = models.CharField(_("dịp"), max_length=20)  # of Occasion, "delay_again", "delay_above"
    version = models.PositiveIntegerField()
    title = models.CharField(_("tên thư"), max_length=120)
    body = models.TextField(_("lời thư"))
    note = models.CharField(_("đã sửa gì, vì sao"), max_length=300)
    created_by = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["unit", "occasion", "version"], name="letter_text_version_once")]

    def __str__(self) -> str:
        return f"{self.occasion} {self.version}"


class Signature(models.Model):
    """The picture of somebody's signature, put in by the person alone. It signs nothing by itself."""

    staff = models.OneToOneField("organisation.Staff", on_delete=models.CASCADE, related_name="+")
    picture = models.TextField()  # PNG, base64; at most 600 × 240 pixels
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.staff)
