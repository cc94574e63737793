from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class DeclarationForm(models.Model):
    """The tờ khai of one procedure. What it asks stands in its versions; what an administrator works on stands in
    `core.drafts`, under `subject`."""

    procedure = models.OneToOneField(
        "procedures.Procedure", on_delete=models.PROTECT, related_name="declaration_form", verbose_name=_("thủ tục")
    )

    class Meta:
        ordering = ["procedure__name"]

    def __str__(self) -> str:
        return f"{self.procedure_id}"

    @property
    def subject(self) -> str:
        """Under which `core.drafts` keeps the steps."""
        return f"declaration:{self.pk}"

    @property
    def base(self) -> str:
        """What is in use, for `core.drafts`: the number of the last version, "" when there is none (one statement)."""
        return str(self.versions.aggregate(last=models.Max("number"))["last"] or "")


class DeclarationVersion(models.Model):
    """What the form asked from `valid_from` to `valid_to`. Never changed and never deleted: filings stand on it."""

    form = models.ForeignKey(DeclarationForm, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("phiên bản"))
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    content = models.JSONField(_("nội dung"))
    fingerprint = models.CharField(max_length=64)
    note = models.CharField(_("đã sửa gì"), max_length=300, blank=True)
    published_by = models.CharField(max_length=200)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["form_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="declaration_one_number"),
            models.UniqueConstraint(fields=["form"], condition=Q(valid_to=None), name="declaration_one_last"),
            models.CheckConstraint(
                name="declaration_runs_forward", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} v{self.number}"
