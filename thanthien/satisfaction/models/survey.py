from django.db import models
from django.utils.translation import gettext_lazy as _


class Survey(models.Model):
    """A questionnaire. `unit` empty: built in, for everybody. `channels` (values of `Channel`) says where it is used
    when nothing else is chosen; a unit's own goes before a built-in one."""

    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    code = models.SlugField(_("mã"), max_length=60, unique=True)
    name = models.CharField(_("tên phiếu"), max_length=200)
    channels = models.JSONField(_("dùng cho"), default=list)
    is_active = models.BooleanField(_("đang dùng"), default=True)

    class Meta:
        ordering = ["unit_id", "pk"]

    def __str__(self) -> str:
        return self.name


class SurveyVersion(models.Model):
    """What the questionnaire asks, as data (`rules.surveys` says how it must look); never changed: an answer keeps the
    version that was answered."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    note = models.CharField(_("đã sửa gì, vì sao"), max_length=300, blank=True)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["survey_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["survey", "number"], name="survey_version_one_number")]

    def __str__(self) -> str:
        return f"{self.survey_id} v{self.number}"
