from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thanthien.satisfaction.enums import CaseOutcome, Channel
from thanthien.satisfaction.models.campaign import Campaign
from thanthien.satisfaction.models.survey import SurveyVersion


class Response(models.Model):
    """A questionnaire that somebody answered. It does not know who: neither person nor dossier nor the hour stand here,
    only what the answer is about. `officer` is who is rated."""

    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="responses", db_index=False)
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(_("cách trả lời"), max_length=10, choices=Channel)
    day = models.DateField(_("ngày"))
    sector = models.ForeignKey(
        "procedures.Sector", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    procedure = models.ForeignKey(
        "procedures.Procedure", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    neighbourhood = models.ForeignKey(
        "organisation.Neighbourhood", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    officer = models.ForeignKey(
        "organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, related_name="responses")
    value = models.PositiveSmallIntegerField()  # of the overall question
    level = models.CharField(max_length=120)  # its words, as they were read
    is_satisfied = models.BooleanField()
    reasons = models.JSONField(default=list)
    comment = models.TextField(_("góp ý"), blank=True)
    entered_by = models.CharField(max_length=200, blank=True)  # who typed a slip or asked by phone

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["unit", "day"], name="response_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day} {self.value}"


class Answer(models.Model):
    """One question answered: the option's value, and what the question is about."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=40)
    value = models.PositiveSmallIntegerField()
    is_satisfied = models.BooleanField()
    element = models.CharField(max_length=12, blank=True)
    topic = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"


class UnhappyCase(models.Model):
    """An unhappy answer, with who sees to it and until when. Only what the person chose to leave says who they are.
    `again`: the dossier that was registered because this person asked to have theirs looked at again."""

    response = models.OneToOneField(Response, on_delete=models.PROTECT, related_name="case")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    contact_name = models.CharField(_("họ và tên"), max_length=200, blank=True)
    contact_phone = models.CharField(_("điện thoại"), max_length=16, blank=True)
    contact_email = models.EmailField(_("thư điện tử"), blank=True)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, null=True, related_name="+")
    wants_review = models.BooleanField(_("đề nghị xem lại hồ sơ"), default=False)
    again = models.OneToOneField("dossiers.Dossier", on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(_("trả lời"), blank=True)
    outcome = models.CharField(_("kết quả"), max_length=12, choices=CaseOutcome, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["unit", "due_at"], name="unhappy_case_open", condition=Q(answered_at=None))]
        constraints = [
            models.CheckConstraint(name="unhappy_case_answered_by", condition=Q(answered_at=None) ^ ~Q(answered_by="")),
            models.CheckConstraint(name="unhappy_case_outcome", condition=Q(answered_at=None) ^ ~Q(outcome="")),
            models.CheckConstraint(
                name="unhappy_case_again", condition=Q(again=None) | Q(wants_review=True, answered_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.due_at:%d/%m/%Y}"

    @property
    def subject(self) -> str:
        return f"unhappy:{self.pk}"

    @property
    def can_be_reached(self) -> bool:
        return bool(self.contact_phone or self.contact_email)
