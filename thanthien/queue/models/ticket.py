import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thanthien.queue.enums import AT_COUNTER, CallOutcome, EventKind, Handing, Source, TicketState
from thanthien.queue.models.hall import Hall, Kiosk, Line, Priority


def new_secret() -> str:
    return secrets.token_urlsafe(16)


class CounterSession(models.Model):
    """A counter that is open: who sits there, which lines it serves. The counter's number stays when it is removed."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="sessions")
    counter = models.ForeignKey("organisation.Counter", on_delete=models.SET_NULL, null=True, related_name="+")
    counter_number = models.PositiveSmallIntegerField()
    staff = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, related_name="+")
    lines = models.JSONField(default=list)  # primary keys, so that calling needs no join
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    help_at = models.DateTimeField(null=True, blank=True)  # the quiet button was pressed and nobody came yet

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["counter"], condition=Q(closed_at=None), name="session_one_a_counter"),
            models.UniqueConstraint(fields=["staff"], condition=Q(closed_at=None), name="session_one_an_officer"),
        ]
        indexes = [models.Index(fields=["hall"], name="session_open", condition=Q(closed_at=None))]

    def __str__(self) -> str:
        return str(_("Quầy %(number)s")) % {"number": self.counter_number}


class Ticket(models.Model):
    """A number of a day. `rank` and `order_at` are its place: a higher rank first, then the earlier moment.

    `secret` opens the page of its owner; name, phone and e-mail are there only when the owner gave them.
    """

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="tickets")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="tickets")
    day = models.DateField()
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=10)
    source = models.CharField(max_length=12, choices=Source)
    state = models.CharField(max_length=12, choices=TicketState, default=TicketState.UNCONFIRMED)
    priority = models.ForeignKey(Priority, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    rank = models.PositiveSmallIntegerField(default=0)
    order_at = models.DateTimeField()
    issued_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True, blank=True)
    handed_how = models.CharField(max_length=10, choices=Handing, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    counter_number = models.PositiveSmallIntegerField(null=True, blank=True)  # waits for this counter alone
    misses = models.PositiveSmallIntegerField(default=0)
    prints = models.PositiveSmallIntegerField(default=0)
    kiosk = models.ForeignKey(Kiosk, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    offering = models.ForeignKey(
        "procedures.Offering", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    full_name = models.CharField(_("họ và tên"), max_length=200, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    near_told_at = models.DateTimeField(null=True, blank=True)
    secret = models.CharField(max_length=32, unique=True, default=new_secret)

    class Meta:
        ordering = ["-rank", "order_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["hall", "day", "code"], name="ticket_one_code_a_day"),
            models.CheckConstraint(name="ticket_handed_how", condition=Q(handed_at=None) ^ ~Q(handed_how="")),
        ]
        indexes = [
            models.Index(
                fields=["hall", "day", "-rank", "order_at", "id"],
                name="ticket_waiting",
                condition=Q(state=TicketState.WAITING),
            ),
            models.Index(fields=["line", "day"], name="ticket_of_a_day"),
            models.Index(
                fields=["hall", "day"],
                name="ticket_to_tell",
                condition=Q(state=TicketState.WAITING, near_told_at=None) & ~Q(email="", phone=""),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def subject(self) -> str:
        return f"ticket:{self.pk}"

    @property
    def is_at_counter(self) -> bool:
        return self.state in AT_COUNTER


class Call(models.Model):
    """A ticket was called to a counter: waiting (since → called), the way (called → started) and service (started →
    ended) stand apart. A second matter of the same visit is a call of its own that began where the first ended."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="calls")
    session = models.ForeignKey(CounterSession, on_delete=models.PROTECT, related_name="calls")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    waiting_since = models.DateTimeField()
    called_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=CallOutcome, blank=True)
    recalls = models.PositiveSmallIntegerField(default=0)
    matter = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session"], condition=Q(ended_at=None), name="call_one_at_a_counter"),
            models.UniqueConstraint(fields=["ticket"], condition=Q(ended_at=None), name="call_one_of_a_ticket"),
            models.CheckConstraint(name="call_ended_how", condition=Q(ended_at=None) ^ ~Q(outcome="")),
        ]
        indexes = [models.Index(fields=["line", "called_at"], name="call_of_line")]

    def __str__(self) -> str:
        return f"{self.ticket_id} → {self.session_id}"


class QueueEvent(models.Model):
    """One thing that happened in a hall; never changed. Boards catch up from it, figures are counted anew from it."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=15, choices=EventKind)
    at = models.DateTimeField()
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    staff = models.ForeignKey("organisation.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    counter_number = models.PositiveSmallIntegerField(null=True, blank=True)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["hall", "at"], name="queue_event_of_hall")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%d/%m/%Y %H:%M:%S}"
