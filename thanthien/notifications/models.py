import uuid

from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from thanthien.core.text import mask_email, mask_phone
from thanthien.notifications.enums import Channel, MessageState, Situation


class Message(models.Model):
    """One message to one person about one situation; written in the transaction of what it tells.

    `facts` are the words that its text may say; channel, title and body are made of them when it is about to be sent.
    `uuid` is the name under which it is handed to a channel, the same in every try: who gets it twice can tell.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(max_length=64, db_index=True)  # what it is about, e.g. "dossier:123"
    unit_code = models.CharField(max_length=40)
    situation = models.CharField(_("tình huống"), max_length=20, choices=Situation)
    occasion = models.CharField(max_length=64, blank=True)  # which time of this situation: told once
    person = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    phone = models.CharField(_("điện thoại"), max_length=16, blank=True)
    email = models.CharField(_("thư điện tử"), max_length=254, blank=True)
    facts = models.JSONField(default=dict)
    channel = models.CharField(_("kênh"), max_length=10, choices=Channel, blank=True)
    address = models.CharField(_("gửi đến"), max_length=254, blank=True)
    title = models.CharField(_("tiêu đề"), max_length=300, blank=True)
    body = models.TextField(_("nội dung"), blank=True)
    state = models.CharField(_("trạng thái"), max_length=12, choices=MessageState, default=MessageState.WAITING)
    failures = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(_("lý do không gửi được"), blank=True)
    reference = models.CharField(max_length=120, blank=True)  # under which the gateway knows it
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)  # when somebody should look at it again; None: it is over
    expires_at = models.DateTimeField(null=True)  # telling it later would be of no use
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["unit_code", "state", "created_at"], name="message_of_unit"),
            models.Index(fields=["next_try_at"], name="message_next_try", condition=Q(next_try_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(name="message_sent_when", condition=Q(sent_at=None) ^ Q(state=MessageState.SENT)),
            models.UniqueConstraint(fields=["subject", "situation", "occasion"], name="message_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.situation} {self.subject}"

    @property
    def headline(self) -> str:
        return self.title or capfirst(self.get_situation_display())

    @property
    def name(self) -> str:
        """Of the person it is for."""
        return str(self.facts.get("họ tên", ""))

    @property
    def masked_address(self) -> str:
        """Where it goes, or would go, without telling the whole number or mailbox."""
        to = self.address or self.phone or self.email
        return mask_email(to) if "@" in to else mask_phone(to)


class MessageTemplate(models.Model):
    """One version of a text: for one situation and channel, of one unit or ("") of every unit. The newest counts."""

    unit_code = models.CharField(max_length=40, blank=True)
    situation = models.CharField(_("tình huống"), max_length=20, choices=Situation)
    channel = models.CharField(_("kênh"), max_length=10, choices=Channel)
    version = models.PositiveIntegerField()
    title = models.CharField(_("tiêu đề"), max_length=300, blank=True)
    body = models.TextField(_("nội dung"))
    note = models.CharField(_("đã sửa gì, vì sao"), max_length=300)
    created_by = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["situation", "channel", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit_code", "situation", "channel", "version"], name="message_template_one_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.situation} {self.channel} {self.version}"


class UnitChannels(models.Model):
    """How a unit writes to people: by which channels, which first, and when not. Without a row: as by default."""

    unit_code = models.CharField(max_length=40, unique=True)
    sms = models.BooleanField(_("gửi tin nhắn SMS"), default=True)
    zalo = models.BooleanField(_("gửi Zalo"), default=False)  # asks for consent first (Luật 91/2025/QH15 Điều 9)
    email = models.BooleanField(_("gửi thư điện tử"), default=True)
    email_first = models.BooleanField(_("ưu tiên thư điện tử"), default=False)
    plain_sms = models.BooleanField(_("tin nhắn SMS không dấu"), default=True)
    quiet_from = models.TimeField(_("không gửi từ"), null=True, blank=True)
    quiet_to = models.TimeField(_("đến"), null=True, blank=True)
    updated_by = models.CharField(max_length=200, blank=True)
    updated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="quiet_hours_have_two_ends",
                condition=Q(quiet_from=None, quiet_to=None) | Q(quiet_from__isnull=False, quiet_to__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.unit_code


class MessageHold(models.Model):
    """No automatic message to this person, or to everybody of this household, until then: after a death, for instance
    (FEATURES 5.26)."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, null=True, related_name="+")
    household = models.ForeignKey("people.Household", on_delete=models.CASCADE, null=True, related_name="+")
    until = models.DateTimeField()
    reason = models.CharField(max_length=300)
    created_by = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-until"]
        constraints = [
            models.CheckConstraint(name="hold_for_one", condition=Q(person=None) ^ Q(household=None)),
        ]

    def __str__(self) -> str:
        return f"{self.until:%d/%m/%Y}"


class OneTimeCode(models.Model):
    """A code that proves that a phone or mailbox is somebody's own. Neither code nor recipient can be read from it:
    both are kept as keyed hashes (ASVS 6.6)."""

    recipient = models.CharField(max_length=64)
    purpose = models.CharField(max_length=40)
    code = models.CharField(max_length=64)
    asked_from = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["recipient", "created_at"], name="code_recipient"),
            models.Index(fields=["asked_from", "created_at"], name="code_asked_from"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.created_at:%d/%m/%Y %H:%M}"
