"""What the second sees by their link, confirms or disputes; links that open nothing; what the last word sends."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from thanthien.core import timeline
from thanthien.core.idempotency import new_key
from thanthien.core.rules import Refused
from thanthien.dossiers.factories import MONDAY, everyone_of
from thanthien.dossiers.models import Dossier
from thanthien.filing import actions
from thanthien.filing.enums import PartyState
from thanthien.filing.factories import BRIDE_NUMBER, GROOM, MARRIAGE, a_marriage, asked, found
from thanthien.filing.forms.whole import Whole
from thanthien.filing.models import Draft, Filing, Party
from thanthien.filing.queries import key_of, unconfirmed
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


def about_the_bride(**other):
    """The page of the second, as their browser sends it."""
    told = MARRIAGE["wife"] | {"personal_id": BRIDE_NUMBER, "birth_date": "15/06/2000"}
    boxes = {f"wife.{name}": value for name, value in told.items()}
    return sent(asked=["wife", "wife_status"], pledge="on", wife_status="single") | boxes | other


# ---- what the second sees ----------------------------------------------------------------------------------
def test_the_second_reads_what_is_declared_and_no_number_of_anybody():
    party = asked(a_marriage())[0]

    shown = Client().get(link(party)).content.decode()

    assert "Phạm Văn Nam" in shown
    assert "035*****0123" in shown
    assert "cả hai bên phải có mặt" in shown
    for private in ("035098000123", BRIDE_NUMBER, "0912", "+84912345678", "nam@example.vn", "Nhận kết quả"):
        assert private not in shown


def test_the_second_confirms_and_only_then_it_is_sent():
    begun = a_marriage()
    party = asked(begun)[0]

    answer = Client().post(link(party), about_the_bride())

    dossier = Dossier.objects.get()
    party.refresh_from_db()
    assert answer.status_code == 302
    assert (party.state, party.dossier, party.draft, party.phone) == ("confirmed", dossier, None, "")
    assert (dossier.applicant_name, dossier.declaration.answers["wife"]["personal_id"]) == (
        "Phạm Văn Nam",
        BRIDE_NUMBER,
    )
    assert "cam đoan" in party.wording
    story = [entry.text for entry in timeline.entries_of(dossier.subject)]
    assert any("Xác nhận lời khai về mình (Bên nữ)" in text for text in story)
    assert not list(timeline.verify())


def test_the_second_sees_the_code_and_that_both_must_come():
    party = asked(a_marriage())[0]
    Client().post(link(party), about_the_bride())

    used = Client().get(link(party)).content.decode()

    assert Dossier.objects.get().code in used
    assert Dossier.objects.get().secret not in used
    assert "cả hai bên phải có mặt" in used


def test_the_device_of_the_first_comes_to_its_receipt():
    begun = a_marriage()
    Client().post(link(asked(begun)[0]), about_the_bride())
    dossier, client = Dossier.objects.get(), of_the_device(begun)
    receipt = reverse("filing:filed", args=[dossier.code, dossier.secret])

    assert client.get(reverse("filing:waiting", args=[begun.draft.ref])).headers["Location"] == receipt
    assert Client().get(reverse("filing:resume", args=[begun.key])).headers["Location"] == receipt
    shown = client.get(receipt).content.decode()
    assert "Vũ Thị Hoa (Bên nữ) đã xác nhận" in shown
    assert "cả hai bên phải có mặt" in shown
    assert Filing.objects.get().key_hash == begun.draft.key_hash


def test_a_confirmation_sent_twice_counts_once():
    party = asked(a_marriage())[0]
    values = about_the_bride()

    first, second = (Client().post(link(party), values) for _time in range(2))
    other = Client().post(link(party), about_the_bride())

    assert first.headers["Location"] == second.headers["Location"]
    assert other.status_code == 200
    assert Dossier.objects.count() == 1


def test_the_second_puts_their_own_right_and_everybody_sees_what(client):
    party = asked(a_marriage())[0]

    Client().post(link(party), about_the_bride(**{"wife.address": "Thôn 9, xã Mẫu"}))

    dossier = Dossier.objects.get()
    assert dossier.declaration.answers["wife"]["address"] == "Thôn 9, xã Mẫu"
    assert dossier.parties.get().changed == ["Nơi cư trú"]
    client.force_login(everyone_of(dossier.unit))
    shown = client.get(reverse("dossiers:detail", args=[dossier.code])).content.decode()
    assert "Vũ Thị Hoa (Bên nữ) tự xác nhận lời khai" in shown
    assert "Đã tự sửa: Nơi cư trú" in shown


def test_their_name_stays_as_it_was_declared():
    party = asked(a_marriage())[0]

    Client().post(link(party), about_the_bride(**{"wife.full_name": "Kẻ Khác"}))

    assert Dossier.objects.get().declaration.answers["wife"]["full_name"] == "Vũ Thị Hoa"


@pytest.mark.parametrize(
    ("number", "words"), [("", "Xin nhập số giấy tờ"), ("035300000999", "khác số người khai đã ghi")]
)
def test_without_their_own_number_nobody_confirms(number, words):
    party = asked(a_marriage())[0]

    answer = Client().post(link(party), about_the_bride(**{"wife.personal_id": number}))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Dossier.objects.count() == 0


def test_a_number_cannot_be_tried_out():
    party = asked(a_marriage())[0]

    answers = [
        Client().post(link(party), about_the_bride(**{"wife.personal_id": f"0353000{place:05}"})) for place in range(11)
    ]

    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_without_the_pledge_nothing_is_confirmed():
    party = asked(a_marriage())[0]

    answer = Client().post(link(party), about_the_bride(pledge=""))

    assert answer.status_code == 422
    assert "ô cam đoan" in answer.content.decode()
    assert Party.objects.get().state == PartyState.WAITING


def test_what_breaks_a_rule_of_the_form_is_said_to_the_second():
    party = asked(a_marriage())[0]

    answer = Client().post(link(party), about_the_bride(**{"wife.birth_date": "15/06/2015"}))

    assert answer.status_code == 422
    assert "Bên nữ chưa đủ 18 tuổi" in answer.content.decode()


# ---- something is wrong ------------------------------------------------------------------------------------
def test_the_second_says_what_is_wrong_and_the_first_reads_it():
    begun = a_marriage()
    party = asked(begun)[0]

    answer = Client().post(link(party), sent(do="dispute", note="Tôi sinh năm 2001"))

    party.refresh_from_db()
    assert (answer.status_code, party.state, Dossier.objects.count()) == (302, "disputed", 0)
    waits = of_the_device(begun).get(reverse("filing:waiting", args=[begun.draft.ref])).content.decode()
    assert "Tôi sinh năm 2001" in waits
    told = Message.objects.get(situation="disputed")
    assert told.phone == "+84912345678"
    assert "2001" not in str(told.facts)


def test_who_found_something_wrong_may_still_confirm():
    party = asked(a_marriage())[0]
    Client().post(link(party), sent(do="dispute", note="nhầm"))

    Client().post(link(party), about_the_bride())

    assert Dossier.objects.count() == 1


def test_nothing_said_is_asked_for_again():
    party = asked(a_marriage())[0]

    answer = Client().post(link(party), sent(do="dispute", note=" "))

    assert answer.status_code == 422
    assert "Xin ghi vài chữ" in answer.content.decode()


# ---- links that open nothing -------------------------------------------------------------------------------
@pytest.mark.parametrize("key", ["0" * 48, "khong-dung-khoa", "1"])
def test_a_forged_link_opens_nothing(key):
    asked(a_marriage())

    answer = Client().get(reverse("filing:confirm", args=[key]))

    assert answer.status_code == 404
    assert "Đường dẫn này không mở được" in answer.content.decode()


def test_a_link_of_last_week_says_that_it_is_too_late(clock):
    party = asked(a_marriage())[0]
    clock.move_to(MONDAY + timedelta(days=7))

    answer = Client().get(link(party))

    assert answer.status_code == 410
    assert "quá hạn 7 ngày" in answer.content.decode()
    with pytest.raises(Refused, match="quá hạn"):
        actions.confirm(party, {}, wording="", at=MONDAY + timedelta(days=7))


def test_a_link_that_was_taken_back_meanwhile_confirms_nothing():
    begun = a_marriage()
    party = asked(begun)[0]
    actions.take_back(begun.draft, at=MONDAY)

    with pytest.raises(Refused, match="thu lại"):
        actions.confirm(party, {}, wording="", at=MONDAY)
    assert Client().get(link(party)).status_code == 404


def test_links_go_with_their_draft():
    begun = a_marriage()
    asked(begun)

    actions.delete_expired(at=MONDAY + timedelta(days=8))

    assert (Draft.objects.count(), Party.objects.count()) == (0, 0)


def test_a_database_alone_gives_no_link_away():
    party = asked(a_marriage())[0]

    kept = [str(value) for value in vars(Party.objects.get()).values()]

    assert not any(key_of(party) in value for value in kept)


# ---- sending -----------------------------------------------------------------------------------------------
def test_nothing_is_sent_past_a_missing_word():
    begun = a_marriage()
    draft = found(begun)

    with pytest.raises(Refused, match="Vũ Thị Hoa"):
        actions.submit(draft, Whole(draft, today=MONDAY.date()).application(), at=MONDAY)


def test_of_two_who_are_asked_the_last_word_sends_it():
    third = a_marriage(
        nguoi_nop=GROOM | {"personal_id": ["038190000123"], "full_name": ["Trần Thị Lụa"]},
        xac_nhan={name: [""] for name in ("phone_wife", "email_wife", "phone_husband", "email_husband")},
    )
    groom, bride = asked(third)

    actions.confirm(groom, {}, wording="", at=MONDAY)
    assert unconfirmed(found(third)) == ["Vũ Thị Hoa"]
    Client().post(link(bride), about_the_bride())

    assert Dossier.objects.get().parties.count() == 2


def test_what_hinders_sending_at_the_last_moment_is_shown_to_the_first():
    begun = a_marriage(told={"appointed": MONDAY.date().isoformat()})
    party = asked(begun)[0]
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        Client().post(link(party), about_the_bride())
        client = of_the_device(begun)
        answer = client.get(reverse("filing:waiting", args=[begun.draft.ref]))
        shown = client.get(answer.headers["Location"]).content.decode()

        assert (Dossier.objects.count(), Party.objects.get().state) == (0, "confirmed")
        assert "nằm ngoài khoảng cho phép" in shown
        assert "Thu lại lời mời để sửa" in shown
