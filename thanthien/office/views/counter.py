"""Where the queue and the dossiers meet: call the next number, and receive what the person brought."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from thanthien.core.idempotency import idempotent_hot
from thanthien.queue import actions, queries


@login_required
@require_POST
@idempotent_hot
def call_and_receive(request: HttpRequest) -> HttpResponse:
    """The next number, then the page that takes its dossier in, with its person and procedure filled in."""
    session = queries.session_of(request.user)
    if session is None:
        return redirect("queue:counter")
    call = queries.current_call(session)
    if call is None or call.started_at:
        call = actions.call_next(session, by=request.user, at=timezone.now())
    if call is None:
        messages.info(request, _("Không còn ai chờ ở quầy này. Cảm ơn ông/bà."))
        return redirect("queue:counter")
    offering_id = call.ticket.offering_id
    return redirect("dossiers:receive_procedure", offering_id) if offering_id else redirect("dossiers:receive")
