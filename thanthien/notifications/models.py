from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thanthien.notifications.enums import MessageState, Situation


class Message(models.Model):
    """One message to one person about one situation; written in the transaction of what it tells."""

    subject = models.CharField(max_length=64, db_index=True)  # what it is about, e.g. "dossier:123"
    unit_code = models.CharField(max_length=40)
    situation = models.CharField(_("tình huống"), max_length=20, choices=Situation)
    address = models.CharField(_("gửi đến"), max_length=254, blank=True)
    title = models.CharField(_("tiêu đề"), max_length=300)
    body = models.TextField(_("nội dung"))
    state = models.CharField(_("trạng thái"), max_length=12, choices=MessageState, default=MessageState.WAITING)
    failures = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(_("lý do không gửi được"), blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["unit_code", "state", "created_at"], name="message_of_unit")]
        constraints = [
            models.CheckConstraint(name="message_sent_when", condition=Q(sent_at=None) ^ Q(state=MessageState.SENT))
        ]

    def __str__(self) -> str:
        return f"{self.situation} {self.subject}"
