"""Who is known already: offered with numbers masked, taken over when chosen (which is written down)."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from thanthien.dossiers.forms.receive_card import PersonLookup
from thanthien.dossiers.rules import check_can_receive
from thanthien.people.actions import reveal_person
from thanthien.people.queries import cards, find_people, person_for
from thanthien.people.rules import show_phone
from thanthien.ui.words import vndate

MOST = 3


@never_cache
@login_required
@require_POST
def known_people(request: HttpRequest) -> HttpResponse:
    """Answers {"people": [{"address", "label"}], "warnings": [{"field", "text"}]} to what was typed so far."""
    check_can_receive(by=request.user)
    lookup = PersonLookup(request.POST)
    found = find_people(lookup.text, seen_by=request.user, limit=MOST) if lookup.text else []
    people = [{"id": card.pk, "label": _label(card)} for card in cards(found)]
    warnings = [{"field": warning.field, "text": warning.text} for warning in lookup.warnings()]
    return JsonResponse({"people": people, "warnings": warnings})


@never_cache
@login_required
@require_POST
def known_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """The values of the chosen person for the form, whole numbers among them."""
    check_can_receive(by=request.user)
    person = person_for(request.user, person_id)
    reveal_person(person, by=request.user, at=timezone.now())
    names = "full_name", "personal_id", "old_id", "sex", "address", "email"
    values = {name: getattr(person, name) or "" for name in names}
    days = {"birth_date": vndate(person.birth_date), "id_issued_date": vndate(person.id_issued_date)}
    return JsonResponse({"values": values | days | {"phone": show_phone(person.phone)}})


def _label(card: Any) -> str:
    """ "Lê Thị Bưởi · 12/05/1990 · 038*****0123 · Thôn 2"."""
    return " · ".join(part for part in (card.full_name, card.birth_date, card.personal_id, card.address) if part)
