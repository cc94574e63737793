from datetime import UTC, datetime, time
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from thanthien.core.idempotency import new_key
from thanthien.notifications.enums import MessageState, Situation
from thanthien.notifications.factories import MessageFactory
from thanthien.notifications.models import Message, UnitChannels
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import StaffFactory
from thanthien.organisation.queries import calendar_for

pytestmark = pytest.mark.django_db
LIST = "/tin-bao/"


@pytest.fixture
def mai(client):
    staff = StaffFactory()
    client.force_login(staff)
    return staff


def again(message):
    return reverse("notifications:send_again", args=[message.pk])


def test_the_list_says_what_did_not_reach_whom_and_why(client, mai):
    MessageFactory(unit_code=mai.unit.code, state=MessageState.FAILED, error="Máy chủ thư không nhận: 550")

    text = client.get(LIST).content.decode()

    assert "không gửi được" in text
    assert "Máy chủ thư không nhận: 550" in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_many(client, mai, count, django_assert_num_queries):
    MessageFactory.create_batch(count, unit_code=mai.unit.code)

    # Who asks (2), the menu, four figures with their bases, the page, its length.
    with django_assert_num_queries(13):
        client.get(LIST)


def test_the_messages_of_another_office_are_not_there(client, mai):
    theirs = MessageFactory(unit_code="H99.00.00", state=MessageState.FAILED)

    assert theirs.title not in client.get(LIST).content.decode()
    assert client.post(again(theirs), {"idempotency_key": new_key()}).status_code == 404


def test_a_failed_message_goes_back_in_line_once(client, mai):
    message = MessageFactory(unit_code=mai.unit.code, state=MessageState.FAILED)
    key = new_key()

    answers = [client.post(again(message), {"idempotency_key": key}) for _ in range(2)]

    message.refresh_from_db()
    assert [a.status_code for a in answers] == [302, 302]
    assert message.state == MessageState.WAITING


def test_who_may_not_send_again_sees_no_button_and_is_told_why(client, mai):
    mai.roles = [Role.LEADER]
    mai.save()
    message = MessageFactory(unit_code=mai.unit.code, state=MessageState.FAILED)

    assert "Gửi lại" not in client.get(LIST).content.decode()
    refused = client.post(again(message), {"idempotency_key": new_key()})
    assert refused.status_code == 403
    assert "bộ phận tiếp nhận" in refused.content.decode()


def test_a_stranger_is_asked_to_sign_in(client):
    message = MessageFactory(state=MessageState.FAILED)

    assert client.get(LIST).headers["Location"].startswith(reverse("account_login"))
    assert client.post(again(message)).headers["Location"].startswith(reverse("account_login"))


def test_sending_again_is_no_link(client, mai):
    assert client.get(again(MessageFactory(unit_code=mai.unit.code))).status_code == 405


# ---- the list ----------------------------------------------------------------------------------------------
def shown(client, query=""):
    return [message.pk for message in client.get(LIST + query).context["page"]]


def test_the_list_is_narrowed(client, mai):
    unit = mai.unit.code
    failed = MessageFactory(unit_code=unit, state=MessageState.FAILED)
    posted = MessageFactory(unit_code=unit, situation="posted", created_at=datetime(2026, 3, 2, 9, tzinfo=UTC))

    held = MessageFactory(unit_code=unit, state=MessageState.HELD)

    assert shown(client, "?state=failed") == [failed.pk]
    assert shown(client, "?state=under_way") == [held.pk, posted.pk]
    assert shown(client, "?situation=posted&channel=email") == [posted.pk]
    assert shown(client, "?first=01/03/2026&last=02/03/2026") == [posted.pk]
    assert shown(client, "?first=03/03/2026&last=04/03/2026") == []


@pytest.mark.parametrize(
    "query", ["?state=x", "?first=32/13/2026", "?first=02/03/2026&last=01/03/2026", "?channel=%00"]
)
def test_a_filter_that_makes_no_sense_is_said_and_narrows_nothing(client, mai, query):
    message = MessageFactory(unit_code=mai.unit.code)

    page = client.get(LIST + query)

    assert [one.pk for one in page.context["page"]] == [message.pk]
    assert page.context["form"].errors


def test_figures_have_their_base(client, mai):
    unit = mai.unit.code
    MessageFactory(unit_code=unit, state=MessageState.SENT, sent_at=timezone.now())
    MessageFactory.create_batch(2, unit_code=unit, state=MessageState.FAILED)
    MessageFactory(unit_code=unit, state=MessageState.HELD)

    stats = client.get(LIST).context["stats"]

    values = [(one["name"], one["value"].value, one["value"].n) for one in stats]
    assert values == [("sent", 1, 4), ("under_way", 1, 4), ("failed", 2, 4), ("no_address", 0, 4)]


def test_numbers_and_mailboxes_are_masked(client, mai):
    MessageFactory(unit_code=mai.unit.code, address="+84912345678", channel="sms")
    MessageFactory(unit_code=mai.unit.code, address="lan.nguyen@example.vn")

    text = client.get(LIST).content.decode()

    assert "091* *** 678" in text and "l***@example.vn" in text
    assert "345678" not in text and "lan.nguyen" not in text


def test_the_list_goes_into_excel_with_its_filter(client, mai):
    MessageFactory(unit_code=mai.unit.code, state=MessageState.FAILED, error="=1+1", facts={"họ tên": "Lan"})
    MessageFactory(unit_code=mai.unit.code)

    answer = client.get(f"{LIST}excel/?state=failed&first=01/01/2026")

    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1][0] == "Lọc theo: Trạng thái: không gửi được, Viết từ ngày: 01/01/2026"
    assert len(rows) == 6
    assert (rows[5][3], rows[5][6], rows[5][7]) == ("Lan", "không gửi được", "=1+1")
    assert sheet.cell(6, 8).data_type == "s"


# ---- many at once ------------------------------------------------------------------------------------------
def many(client, *picked):
    sent = {"pick": [str(one) for one in picked], "idempotency_key": new_key()}
    return client.post(f"{LIST}gui-lai/", sent, follow=True).content.decode()


def test_marked_messages_go_back_in_line_and_the_others_are_counted(client, mai):
    unit = mai.unit.code
    failed = MessageFactory.create_batch(2, unit_code=unit, state=MessageState.FAILED)
    sent = MessageFactory(unit_code=unit, state=MessageState.SENT, sent_at=timezone.now())
    theirs = MessageFactory(unit_code="H99.00.00", state=MessageState.FAILED)

    text = many(client, *[one.pk for one in (*failed, sent, theirs)])

    assert "Đã xếp 2 tin vào hàng để gửi lại." in text and "1 tin không gửi lại được." in text
    assert Message.objects.filter(state=MessageState.WAITING).count() == 2
    theirs.refresh_from_db()
    assert theirs.state == MessageState.FAILED


@pytest.mark.parametrize("picked", [(), ("x",), ("9" * 40,), ("-1",), ("²",)])
def test_nothing_marked_is_said(client, mai, picked):
    assert "Chưa đánh dấu tin nào." in many(client, *picked)


# ---- one message -------------------------------------------------------------------------------------------
def page_of(message):
    return reverse("notifications:message", args=[message.pk])


def test_a_message_shows_its_words(client, mai):
    message = MessageFactory(unit_code=mai.unit.code, channel="sms", body="Da nhan ho so", facts={"họ tên": "Lan"})

    text = client.get(page_of(message)).content.decode()

    assert "Da nhan ho so" in text and "13 ký tự, 1 phần tin" in text and "<b>Lan</b>" in text
    assert "Gửi tới nơi khác" not in text  # it still waits


def test_a_message_goes_to_another_phone(client, mai):
    message = MessageFactory(unit_code=mai.unit.code, state=MessageState.NO_ADDRESS, email="", address="")

    answer = client.post(page_of(message), {"phone": "0912 345 678", "email": "", "idempotency_key": new_key()})

    message.refresh_from_db()
    assert answer.status_code == 302
    assert (message.state, message.phone, message.email) == (MessageState.WAITING, "+84912345678", "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Xin ghi số điện thoại hoặc thư điện tử nhận được tin."),
        ({"phone": "12"}, "Số điện thoại chưa đúng."),
        ({"email": "lan@"}, "Thư điện tử chưa đúng"),
    ],
)
def test_an_address_that_is_none_is_said_and_kept(client, mai, typed, said):
    message = MessageFactory(unit_code=mai.unit.code, state=MessageState.FAILED)

    answer = client.post(page_of(message), {"idempotency_key": new_key()} | typed)

    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert [value for value in typed.values() if value not in answer.content.decode()] == []


def test_a_message_that_went_out_goes_nowhere_else(client, mai):
    message = MessageFactory(unit_code=mai.unit.code, state=MessageState.SENT, sent_at=timezone.now())

    answer = client.post(page_of(message), {"phone": "0912345678", "idempotency_key": new_key()})

    assert answer.status_code == 403


def test_a_code_is_shown_to_no_officer(client, mai):
    message = MessageFactory(
        unit_code=mai.unit.code, situation="code", facts={"mã xác nhận": "042137"}, body="042137 là mã", title="Mã"
    )

    assert "042137" not in client.get(page_of(message)).content.decode()
    assert "042137" not in client.get(LIST).content.decode()


# ---- texts and channels ------------------------------------------------------------------------------------
EDITOR, TEXTS, CHANNELS = f"{LIST}mau/ready/sms/", f"{LIST}mau/", f"{LIST}kenh/"


@pytest.fixture
def administrator(client):
    staff = StaffFactory(roles=[Role.UNIT_ADMIN])
    client.force_login(staff)
    return staff


def test_the_texts_are_listed_with_what_is_in_force(client, administrator):
    save(client, body="Mời {họ tên}.")

    text = client.get(TEXTS).content.decode()

    assert text.count(">mẫu gốc<") == len(Situation) * 3 - 1
    assert "của đơn vị, phiên bản 1" in text


def test_the_list_of_texts_costs_the_same_always(client, administrator, django_assert_num_queries):
    calendar_for(administrator.unit)  # known since the first page of the day: the menu asks for it

    with django_assert_num_queries(5):  # who asks (2), the menu, the second factor, the versions
        client.get(TEXTS)


def save(client, **typed):
    return client.post(EDITOR, {"note": "gọn hơn", "idempotency_key": new_key()} | typed)


def test_a_text_is_saved_previewed_and_taken_back(client, administrator):
    answer = save(client, body="Mời {họ tên} nhận {mã}.")

    text = client.get(EDITOR).content.decode()
    assert answer.status_code == 302
    assert "Moi Nguyen Thi Minh Hanh nhan H56.14.18-261124-0007." in text
    assert client.get(f"{EDITOR}?from=1").context["form"]["body"].value() == "Mời {họ tên} nhận {mã}."
    assert "đã có kết quả" in client.get(f"{EDITOR}?from=0").context["form"]["body"].value()
    assert client.get(f"{EDITOR}?from=7").status_code == 404


def test_an_unknown_place_is_said_beside_the_text_that_was_typed(client, administrator):
    answer = save(client, body="Mời {ten} nhận.")

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Tin này không có chỗ điền {ten}." in text and "Mời {ten} nhận." in text


@pytest.mark.parametrize("typed", [{"body": ""}, {"body": "x", "note": ""}, {"body": "x" * 4001}, {"body": "\x00"}])
def test_what_cannot_be_saved_is_said(client, administrator, typed):
    assert save(client, **typed).status_code == 422


def test_the_preview_follows_what_is_typed(client, administrator):
    said = client.post(f"{EDITOR}xem-truoc/", {"body": "Mời {mã}"}).content.decode()
    wrong = client.post(f"{EDITOR}xem-truoc/", {"body": "Mời {x}"}).content.decode()

    assert "Moi H56.14.18-261124-0007" in said and "25 ký tự, 1 phần tin" in said
    assert "không có chỗ điền {x}" in wrong


@pytest.mark.parametrize("path", ["mau/khong-co/sms/", "mau/ready/fax/", "mau/ready/sms/?from=99999"])
def test_what_is_no_text_is_not_found(client, administrator, path):
    assert client.get(LIST + path).status_code == 404


def test_who_may_not_edit_texts_is_told(client, mai):
    assert [client.get(path).status_code for path in (TEXTS, EDITOR, CHANNELS)] == [403, 403, 403]


def test_channels_are_set(client, administrator):
    typed = {"sms": "on", "email": "on", "quiet_from": "20:00", "quiet_to": "06:30", "idempotency_key": new_key()}

    answer = client.post(CHANNELS, typed)

    row = UnitChannels.objects.get()
    assert answer.status_code == 302
    assert (row.sms, row.zalo, row.plain_sms, row.quiet_from, row.quiet_to) == (
        True,
        False,
        False,
        time(20),
        time(6, 30),
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Cần giữ ít nhất một kênh"),
        ({"sms": "on", "quiet_from": "21:00"}, "Xin ghi cả giờ bắt đầu và giờ kết thúc."),
        ({"sms": "on", "quiet_from": "25:00", "quiet_to": "07:00"}, "25:00"),
    ],
)
def test_channels_that_cannot_be_are_said(client, administrator, typed, said):
    answer = client.post(CHANNELS, {"idempotency_key": new_key()} | typed)

    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not UnitChannels.objects.exists()
