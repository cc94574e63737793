import pytest
from django.urls import reverse

from thanthien.dossiers.factories import an_offering, everyone_of, officer, receive
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db
DESK = reverse("office:desk")


def test_stranger_is_sent_to_the_sign_in_page(client):
    response = client.get(DESK)

    assert (response.status_code, response.url) == (302, f"/tai-khoan/login/?next={DESK}")


@pytest.mark.parametrize("number", [1, 3])
def test_desk_costs_the_same_statements_for_few_and_many(client, django_assert_num_queries, number):
    offering = an_offering()
    staff = officer(offering.unit)
    for _ in range(number):
        receive(offering=offering, by=staff)
    client.force_login(staff)

    with django_assert_num_queries(7):
        response = client.get(DESK)

    assert [len(rows) for _state, _band, _count, rows in response.context["bands"]] == [number]


def test_desk_shows_only_what_this_role_of_this_unit_can_act_on(client):
    offering = an_offering()
    receive(offering=offering)
    specialist, elsewhere = officer(offering.unit, Role.SPECIALIST), officer(UnitFactory())

    seen = []
    for staff in (specialist, elsewhere, everyone_of(offering.unit)):
        client.force_login(staff)
        seen.append(client.get(DESK).context["page"].paginator.count)

    assert seen == [0, 0, 1]
