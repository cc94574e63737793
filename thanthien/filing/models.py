from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thanthien.filing.enums import FilingKind, PartyState, Purpose


class Draft(models.Model):
    """What somebody is filing and has not sent yet; it goes after seven days without a change.

    `ref` stands in addresses and says nothing; only the hash of the key that opens the draft is kept. `answers` holds
    what was typed, as typed, by step: field → list of values. With a `dossier`: the answer to its supplement request.
    """

    ref = models.CharField(max_length=16, unique=True)
    key_hash = models.CharField(max_length=64, unique=True)
    offering = models.ForeignKey("procedures.Offering", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("procedures.ProcedureVersion", on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.CASCADE, null=True, related_name="+")
    declaration = models.ForeignKey(
        "declarations.DeclarationVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    declared = models.JSONField(default=dict)  # answers to the form, as declarations keep them
    answers = models.JSONField(default=dict)
    sent_steps = models.JSONField(default=list)  # steps that were sent, not only saved while typing
    helper = models.ForeignKey("organisation.Staff", on_delete=models.SET_NULL, null=True, related_name="+")
    machine = models.CharField(_("máy"), max_length=100, blank=True)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=~Q(dossier=None), name="draft_one_supplement"),
        ]

    def __str__(self) -> str:
        return self.ref


class DraftFile(models.Model):
    """A file of a draft, looked at and kept; `paper` is the key of the paper it belongs to, or "khai-" and
    the code of the question of the form that it answers."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    paper = models.CharField(max_length=60)
    upload = models.CharField(max_length=64)  # the device's own name for it: sent again, it is the same file
    path = models.CharField(max_length=200)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["draft", "paper", "upload"], name="draft_file_once")]

    def __str__(self) -> str:
        return self.name


class UploadPiece(models.Model):
    """A piece of a file that is still on its way over a line that may break."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="pieces")
    paper = models.CharField(max_length=60)
    upload = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "paper", "upload", "number"], name="upload_piece_once"),
        ]

    def __str__(self) -> str:
        return f"{self.upload} {self.number}"


class Party(models.Model):
    """Somebody of whom a draft speaks and who must say themselves that it is right, by a link of their own; kept with
    the dossier once it was sent.

    `field` is the person's code in the form, `label` what it calls them ("Bên nữ"). Of the link only a hash is kept;
    it is made of `nonce` and the secret of the house. `sent_to` is where it went, masked: the phone and the mailbox
    themselves go when the dossier is there. `changed` names what they corrected about themselves, `wording` is the
    pledge that they gave, `note` what they say is wrong.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, null=True, related_name="parties")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, null=True, related_name="parties")
    field = models.CharField(max_length=40)
    label = models.CharField(max_length=300)
    full_name = models.CharField(max_length=200)
    nonce = models.CharField(max_length=32)
    key_hash = models.CharField(max_length=64, unique=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    sent_to = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=PartyState, default=PartyState.WAITING)
    times_asked = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    changed = models.JSONField(default=list)
    wording = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "field"], condition=~Q(draft=None), name="party_once_a_draft"),
            models.UniqueConstraint(
                fields=["dossier", "field"], condition=~Q(dossier=None), name="party_once_a_dossier"
            ),
            models.CheckConstraint(name="party_of_one_thing", condition=Q(draft=None) ^ Q(dossier=None)),
            models.CheckConstraint(
                name="party_answered_when", condition=Q(state=PartyState.WAITING) | Q(answered_at__isnull=False)
            ),
            models.CheckConstraint(
                name="party_of_dossier_confirmed", condition=Q(dossier=None) | Q(state=PartyState.CONFIRMED)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.state}"


class Filing(models.Model):
    """What was sent online: for whom, and whether an officer helped, on which machine. Kept with the dossier.

    `key_hash` is that of the draft: the device that filed comes back to its receipt, also when the last word was
    somebody else's.
    """

    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="filings")
    kind = models.CharField(max_length=10, choices=FilingKind)
    is_for_other = models.BooleanField(default=False)
    owner_personal_id = models.CharField(_("số định danh chủ hồ sơ"), max_length=12, blank=True)
    relation = models.CharField(_("quan hệ với chủ hồ sơ"), max_length=100, blank=True)
    absent = models.JSONField(default=list)  # papers that the citizen says they do not have
    helper = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    machine = models.CharField(_("máy"), max_length=100, blank=True)
    key_hash = models.CharField(max_length=64, blank=True, db_index=True)
    began_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["at"], name="filing_at")]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(kind=FilingKind.FILING), name="filing_once_a_dossier"
            ),
            models.CheckConstraint(name="filing_helped_where", condition=Q(helper=None) | ~Q(machine="")),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind}"


class Consent(models.Model):
    """What was asked, in which words, and what the citizen said; a change of mind is a further row, the last counts."""

    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    number = models.PositiveSmallIntegerField()  # of the wording
    wording = models.TextField()
    is_given = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.purpose} {self.is_given}"
