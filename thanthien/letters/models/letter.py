from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thanthien.letters.enums import Kind, Occasion, Paper, SignerPost, State, Way


class Letter(models.Model):
    """A letter to citizens and what caused it: a draft until a leader signs it, owed until it is handed over.

    `source` names the cause ("dossier:12"), so that one cause drafts one letter; `round` is 2 for a second delay.
    `body` keeps the names in braces until it is printed: `facts` holds what they stand for.
    """

    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="letters")
    occasion = models.CharField(_("dịp"), max_length=20, choices=Occasion)
    kind = models.CharField(_("loại thư"), max_length=12, choices=Kind)
    source = models.CharField(max_length=64, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    cause = models.CharField(_("lý do viết thư"), max_length=500)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, null=True, related_name="letters")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="letters")
    addressee = models.CharField(_("người nhận"), max_length=300, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    title = models.CharField(_("tên thư"), max_length=120)
    body = models.TextField(_("lời thư"))
    facts = models.JSONField(default=dict)
    is_whole = models.BooleanField(default=False)  # nothing in it is left to be filled in
    text_version = models.PositiveIntegerField(default=0)
    signer = models.CharField(_("người ký"), max_length=10, choices=SignerPost)
    paper = models.CharField(_("khổ giấy"), max_length=12, choices=Paper)
    way = models.CharField(_("cách trao"), max_length=12, choices=Way)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.DRAFT)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    drafted_by = models.CharField(max_length=200)
    drafted_at = models.DateTimeField()
    signed_by = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    handed_by = models.CharField(max_length=200, blank=True)
    recipient = models.CharField(_("người nhận thư"), max_length=200, blank=True)
    evidence = models.CharField(_("bằng chứng"), max_length=500, blank=True)
    evidence_file = models.JSONField(null=True)
    has_consent = models.BooleanField(_("người nhận đồng ý nhận bản điện tử"), default=False)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(_("người nhận trả lời"), blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=200, blank=True)
    cancel_reason = models.CharField(_("vì sao hủy"), max_length=500, blank=True)

    class Meta:
        ordering = ["-drafted_at", "-pk"]
        indexes = [
            models.Index(fields=["unit", "state", "drafted_at"], name="letter_of_unit"),
            models.Index(fields=["unit", "signed_at"], name="letter_signed"),
            models.Index(fields=["unit", "handed_at"], name="letter_handed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "source", "round"], condition=~Q(source=""), name="letter_once_for_a_cause"
            ),
            models.UniqueConstraint(fields=["unit", "year", "number"], name="letter_one_number"),
            models.CheckConstraint(
                name="letter_signed_whole",
                condition=Q(signed_at=None, signed_by=None, number=None, year=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False, number__isnull=False, year__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_handed_when_signed",
                condition=Q(handed_at=None) | Q(handed_at__gte=F("signed_at"), state=State.HANDED),
            ),
            models.CheckConstraint(
                name="letter_cancelled_when", condition=Q(cancelled_at=None) ^ Q(state=State.CANCELLED)
            ),
            models.CheckConstraint(
                name="letter_electronic_with_consent",
                condition=~Q(state=State.HANDED, way__in=[Way.EMAIL, Way.ZALO]) | Q(has_consent=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.addressee}"

    @property
    def subject(self) -> str:
        """Under this name the foundation keeps its timeline and document."""
        return f"letter:{self.pk}"

    @property
    def text_code(self) -> str:
        """Under which names its words may speak: those of the occasion, of a second delay, of the superior's letter."""
        if self.round == 1:
            return self.occasion
        return "delay_above" if self.dossier and self.dossier.unit_id != self.unit_id else "delay_again"

    @property
    def reference(self) -> str:
        """Its line in the book of letters, from 01 on each year."""
        return f"{self.number:02d}/{self.year}" if self.number else ""


class Confirmation(models.Model):
    """Somebody has compared name and relation with the papers; two different persons do so for a condolence."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="confirmations")
    by = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["letter", "by"], name="confirmation_once_each")]

    def __str__(self) -> str:
        return str(self.by)


class WrongName(models.Model):
    """An incident: a letter bore a wrong name. Open until somebody apologised in person and said what prevents it."""

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="wrong_name")
    what = models.CharField(_("sai ở đâu"), max_length=500)
    reported_by = models.CharField(max_length=200)
    reported_at = models.DateTimeField()
    replacement = models.OneToOneField(Letter, on_delete=models.PROTECT, null=True, related_name="replaces")
    apologised_by = models.CharField(_("ai đã đến xin lỗi"), max_length=200, blank=True)
    prevention = models.CharField(_("làm gì để không lặp lại"), max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-reported_at"]
        constraints = [
            models.CheckConstraint(
                name="wrong_name_closed_whole",
                condition=Q(closed_at=None) | (~Q(apologised_by="") & ~Q(prevention="")),
            )
        ]

    def __str__(self) -> str:
        return self.what
