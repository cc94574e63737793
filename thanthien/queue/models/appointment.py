import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thanthien.queue.enums import AppointmentState
from thanthien.queue.models.hall import Hall, Line
from thanthien.queue.models.ticket import Ticket, new_secret

SIGNS = "ACDEFGHKMNPRTUVXY34679"  # none that is taken for another


def new_code() -> str:
    """Six signs that a person types at the kiosk."""
    return "".join(secrets.choice(SIGNS) for _sign in range(6))


class Appointment(models.Model):
    """A place in a slot of a line. The code is shown to its owner alone; it takes the number, moves, cancels."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="appointments")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="appointments")
    slot_at = models.DateTimeField(_("giờ hẹn"))
    state = models.CharField(max_length=10, choices=AppointmentState, default=AppointmentState.BOOKED)
    full_name = models.CharField(_("họ và tên"), max_length=200)
    phone = models.CharField(_("điện thoại"), max_length=20)
    email = models.EmailField(_("thư điện tử"), blank=True)
    offering = models.ForeignKey(
        "procedures.Offering", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    code = models.CharField(max_length=6, default=new_code)
    secret = models.CharField(max_length=32, unique=True, default=new_secret)
    booked_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    moves = models.PositiveSmallIntegerField(default=0)
    ticket = models.OneToOneField(Ticket, on_delete=models.PROTECT, null=True, blank=True, related_name="appointment")

    class Meta:
        ordering = ["slot_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hall", "code"], condition=Q(state=AppointmentState.BOOKED), name="appointment_one_code"
            ),
            models.CheckConstraint(
                name="appointment_came_with_number",
                condition=Q(ticket=None) ^ Q(state=AppointmentState.CAME),
            ),
        ]
        indexes = [
            models.Index(
                fields=["line", "slot_at"], name="appointment_booked", condition=Q(state=AppointmentState.BOOKED)
            ),
            models.Index(fields=["hall", "phone"], name="appointment_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.slot_at:%d/%m/%Y %H:%M}"

    @property
    def subject(self) -> str:
        return f"appointment:{self.pk}"
