"""Two people, one form: who must confirm, how they are asked, asked again and asked no more."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from thanthien.core.idempotency import new_key
from thanthien.core.rules import Refused
from thanthien.dossiers.factories import MONDAY, everyone_of
from thanthien.dossiers.models import Dossier
from thanthien.filing import actions
from thanthien.filing.actions import Contact
from thanthien.filing.factories import GROOM, a_marriage, asked, begin, fill, found
from thanthien.filing.models import Party
from thanthien.filing.queries import key_of, must_confirm, steps_of
from thanthien.filing.rules import is_same_person
from thanthien.notifications.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def phones(settings):
    settings.DEMONSTRATION_CHANNELS = ["sms"]


def sent(**values):
    return {"idempotency_key": new_key(), "do": "confirm"} | values


def page(begun, step):
    return reverse("filing:step", args=[begun.draft.ref, step])


def link(party) -> str:
    return reverse("filing:confirm", args=[key_of(party)])


def of_the_device(begun) -> Client:
    client = Client()
    client.cookies[f"nop_{begun.draft.ref}"] = begun.key
    return client


# ---- who must confirm --------------------------------------------------------------------------------------
def test_only_the_other_of_the_two_must_confirm():
    begun = a_marriage()

    assert [one.full_name for one in must_confirm(found(begun))] == ["Vũ Thị Hoa"]
    assert [step.code for step in steps_of(found(begun))][-2:] == ["xac-nhan", "kiem-tra"]


def test_both_must_confirm_what_a_third_has_filed():
    third = a_marriage(nguoi_nop=GROOM | {"personal_id": ["038190000123"], "full_name": ["Trần Thị Lụa"]})

    assert [one.full_name for one in must_confirm(found(third))] == ["Phạm Văn Nam", "Vũ Thị Hoa"]


def test_nobody_must_confirm_where_the_form_does_not_ask_for_it():
    begun = begin()
    fill(begun.draft)

    assert must_confirm(found(begun)) == []


@pytest.mark.parametrize(
    ("told", "filer", "same"),
    [
        ({"personal_id": "1" * 12}, {"personal_id": "1" * 12, "full_name": "Khác"}, True),
        ({"personal_id": "1" * 12}, {"personal_id": "2" * 12}, False),
        ({"full_name": "Vũ Thị Hoa", "birth_date": "2000-06-15"},
         {"full_name": "VŨ THỊ HOA", "birth_date": "2000-06-15", "personal_id": "1" * 12}, True),
        ({"full_name": "Vũ Thị Hoa", "birth_date": "2000-06-15"},
         {"full_name": "Vũ Thị Hoa", "birth_date": "2001-06-15"}, False),
        ({}, {}, False),
    ],
)  # fmt: skip
def test_somebody_is_known_by_number_or_by_name_and_day_of_birth(told, filer, same):
    assert is_same_person(told, filer) is same


# ---- asked -------------------------------------------------------------------------------------------------
def test_the_last_page_asks_the_other_and_sends_nothing_yet():
    begun = a_marriage()
    client = of_the_device(begun)

    shown = client.get(page(begun, "kiem-tra")).content.decode()
    answer = client.post(page(begun, "kiem-tra"), sent())

    assert "Vũ Thị Hoa nhận đường dẫn riêng" in shown
    assert answer.headers["Location"] == reverse("filing:waiting", args=[begun.draft.ref])
    party = Party.objects.get()
    assert (party.full_name, party.state, party.sent_to) == ("Vũ Thị Hoa", "waiting", "098* *** 321")
    assert Dossier.objects.count() == 0
    waits = client.get(answer.headers["Location"]).content.decode()
    assert key_of(party) in waits
    assert "098* *** 321" in waits
    assert "0987654321" not in waits


def test_the_message_carries_the_link_and_forgets_it_once_sent(run_tasks):
    party = asked(a_marriage())[0]
    message = Message.objects.get(situation="confirm")
    assert key_of(party) in message.facts["xác nhận"]

    run_tasks()

    message.refresh_from_db()
    assert (message.state, message.phone, message.facts) == ("sent", "+84987654321", {})
    assert key_of(party) not in message.body
    with pytest.raises(Refused, match="Người khai gửi lại được"):
        from thanthien.notifications.rules import check_can_send_again  # noqa: PLC0415

        check_can_send_again(message, by=everyone_of(party.draft.offering.unit))


def test_who_has_no_phone_gets_the_link_by_hand():
    begun = a_marriage(xac_nhan={"phone_wife": [""], "email_wife": [""]})

    party = asked(begun)[0]

    assert (party.sent_to, Message.objects.count()) == ("", 0)


def test_asking_twice_asks_once():
    begun = a_marriage()

    asked(begun)

    assert asked(begun) == []
    assert Party.objects.count() == 1


def test_what_waits_for_a_word_cannot_be_changed_until_it_is_taken_back():
    begun = a_marriage()
    asked(begun)
    client = of_the_device(begun)
    waiting = reverse("filing:waiting", args=[begun.draft.ref])

    turned = client.get(page(begun, "khai-wife_group"))
    with pytest.raises(Refused, match="thu lại lời mời"):
        actions.save_declared(begun.draft, "khai-wife_group", {}, is_sent=True, at=MONDAY)
    back = client.post(waiting, sent(do="take_back"))

    assert turned.headers["Location"] == waiting
    assert back.headers["Location"] == page(begun, "kiem-tra")
    assert Party.objects.count() == 0
    assert client.get(page(begun, "khai-wife_group")).status_code == 200


def test_asked_again_the_old_link_opens_nothing():
    begun = a_marriage()
    party = asked(begun)[0]
    old, client = link(party), of_the_device(begun)
    name = f"again-{party.pk}"

    answer = client.post(
        reverse("filing:waiting", args=[begun.draft.ref]), sent(do=name, **{f"{name}-email": "hoa@example.vn"})
    )

    party.refresh_from_db()
    assert answer.status_code == 302
    assert (party.times_asked, party.sent_to) == (2, "098* *** 321, h***@example.vn")
    assert Client().get(old).status_code == 404
    assert Client().get(link(party)).status_code == 200


def test_a_wrong_mailbox_is_said_beside_its_field():
    begun = a_marriage()
    party = asked(begun)[0]
    name = f"again-{party.pk}"

    answer = of_the_device(begun).post(
        reverse("filing:waiting", args=[begun.draft.ref]), sent(do=name, **{f"{name}-phone": "12"})
    )

    assert answer.status_code == 422
    assert "Số điện thoại chưa đúng" in answer.content.decode()


def test_nobody_is_pestered():
    party = asked(a_marriage())[0]
    for _time in range(5):
        party = actions.ask_again(party, Contact(), at=MONDAY)

    with pytest.raises(Refused, match="quá nhiều lần"):
        actions.ask_again(party, Contact(), at=MONDAY)


def test_a_phone_gets_so_many_links_a_day_whoever_asks():
    begun = a_marriage()
    party = asked(begun)[0]
    client, name = of_the_device(begun), f"again-{party.pk}"
    waiting = reverse("filing:waiting", args=[begun.draft.ref])

    answers = [client.post(waiting, sent(do=name)) for _time in range(5)]
    last = client.post(waiting, sent(do=name))

    assert {answer.status_code for answer in answers} == {302}
    assert "Đã gửi nhiều lời mời" in last.content.decode()


def test_another_device_sees_nobody_who_is_asked():
    begun = a_marriage()
    asked(begun)

    assert Client().get(reverse("filing:waiting", args=[begun.draft.ref])).status_code == 404
