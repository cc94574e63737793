"""What the foundation keeps. It knows no room: what an entry is about has a name such as "dossier:123"."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thanthien.core.enums import PromiseChangeReason


class TimelineChain(models.Model):
    """The head of one subject's chain: how many entries there must be, and the hash of the last."""

    subject = models.CharField(max_length=64, primary_key=True)
    length = models.PositiveIntegerField()
    head = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.subject} ({self.length})"


class TimelineEntry(models.Model):
    """One thing that happened. Never changed, never removed; carries the hash of the entry before it."""

    subject = models.CharField(max_length=64)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    text = models.TextField()
    public_text = models.TextField(blank=True)  # what the citizen reads; empty: not shown to them
    actor = models.CharField(max_length=200)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["subject", "position"]
        constraints = [models.UniqueConstraint(fields=["subject", "position"], name="timeline_one_entry_a_position")]

    def __str__(self) -> str:
        return f"{self.subject} #{self.position} {self.kind}"


class NumberSeries(models.Model):
    """A gap-free series, such as the dossiers of one unit on one day. Its row is locked until the taker commits."""

    key = models.CharField(max_length=120, primary_key=True)
    last = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.key}: {self.last}"


class Promise(models.Model):
    """A date promised to a citizen. `due_at` is the date in force; how it came about stands in `changes`."""

    subject = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    unit_code = models.CharField(max_length=40)
    title = models.CharField(max_length=500)
    promised_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    kept_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    explanation = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "kind"], name="promise_one_a_subject_and_kind")]
        indexes = [
            models.Index(
                fields=["unit_code", "due_at"], name="promise_open", condition=Q(kept_at=None, dropped_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.kind} {self.due_at:%d/%m/%Y %H:%M}"


class PromiseChange(models.Model):
    """One change of a promised date: the old one, the new one, why, on what legal basis, who, when."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="changes")
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()
    reason = models.CharField(max_length=20, choices=PromiseChangeReason)
    note = models.TextField(blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    explanation = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["promise"], condition=Q(reason=PromiseChangeReason.EXTENSION), name="promise_one_extension"
            )
        ]

    def __str__(self) -> str:
        return f"{self.promise_id}: {self.old_due_at:%d/%m/%Y} → {self.new_due_at:%d/%m/%Y}"


class IdempotentReply(models.Model):
    """The first answer to a form, kept under the key that was made with its page: a repeat gets this answer again."""

    key = models.CharField(max_length=64)
    actor = models.CharField(max_length=64)
    path = models.CharField(max_length=300)
    status = models.PositiveSmallIntegerField()
    location = models.CharField(max_length=500, blank=True)
    body = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "actor"], name="idempotent_one_reply_a_key")]

    def __str__(self) -> str:
        return f"{self.path} {self.key}"


class DocumentTemplate(models.Model):
    """One version of a printed form, as Typst source. The newest that is in force on a day is used."""

    kind = models.CharField(_("loại giấy tờ"), max_length=40)
    unit_code = models.CharField(_("đơn vị"), max_length=40, blank=True)
    version = models.PositiveIntegerField(_("phiên bản"))
    source = models.TextField(_("nội dung mẫu"))
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    valid_from = models.DateField(_("dùng từ ngày"))
    created_by = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "unit_code", "version"], name="template_one_a_version")]

    def __str__(self) -> str:
        return f"{self.kind} {self.unit_code} v{self.version}"


class IssuedDocument(models.Model):
    """A document as it was handed out: stored once, never made again."""

    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=64, db_index=True)
    unit_code = models.CharField(max_length=40)
    template_version = models.PositiveIntegerField()
    data = models.JSONField()
    pdf_path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=200)
    secret = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-issued_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} {self.subject}"


class EventFailure(models.Model):
    """A listener that failed for good: `doctor` and the office show it until somebody sends it again."""

    listener = models.CharField(max_length=200)
    payload = models.JSONField()
    error = models.TextField()
    failed_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.listener} {self.failed_at:%d/%m/%Y %H:%M}"


class DraftStep(models.Model):
    """One change of something that an administrator works on and that is not yet in use (a form, a flow). The last
    step of a subject is its draft; undoing removes it. `base` names what the draft was begun from."""

    subject = models.CharField(max_length=64, db_index=True)
    content = models.JSONField()
    said = models.CharField(max_length=300)
    base = models.CharField(max_length=64)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["subject", "pk"]

    def __str__(self) -> str:
        return f"{self.subject} {self.pk}"
