"""A word of the office to its people: an administrator writes it, it does not arrive, an officer mends the address."""

import pytest
from django.utils import timezone

from tests.journeys.telling import Card, given_a_received_dossier, when_the_clock_strikes
from thanthien.notifications.tests.servers import post_office

pytestmark = pytest.mark.browser
CORRECTION = "cai chinh"
TAM = Card(number="038085008888", name="Đỗ Văn Tám", born="20031985", sex="Nam", phone="0909003344")


@pytest.fixture
def mailbox(settings):
    with post_office(settings) as box:
        yield box


def when_the_text_is_written(admin) -> None:
    admin.opens("/tin-bao/mau/received/email/")
    admin.fills(title="Phường Sen Hồng đã nhận hồ sơ {mã}", body="Kính chào {ten}.", note="Gọn hơn cho dễ đọc")
    admin.sends("Lưu phiên bản mới")
    admin.sees("Tin này không có chỗ điền {ten}.")
    admin.fills(body="Kính chào ông/bà {họ tên}.\nHẹn trả kết quả {hẹn}.")
    admin.page.get_by_text("Kính chào ông/bà Nguyễn Thị Minh Hạnh.").wait_for()  # the preview follows
    admin.takes_picture("mau-tin")
    admin.sends("Lưu phiên bản mới")
    admin.sees("Đã lưu phiên bản 1 của mẫu.")


def test_a_letter_that_was_refused_goes_to_the_right_mailbox(officer, run_tasks, mailbox):
    when_the_text_is_written(officer("quantri"))
    mai = officer("mai")
    mailbox.answer = "550 5.1.1 Khong co hop thu nay"
    code = given_a_received_dossier(mai, CORRECTION, TAM, email="tam@exmaple.vn")
    when_the_clock_strikes(run_tasks, timezone.now())

    mai.opens("/tin-bao/?state=failed&situation=received&channel=email")
    mai.sees("Máy chủ thư không nhận: 550 5.1.1 Khong co hop thu nay")
    mai.takes_picture("tin-bao")
    mai.follows(f"Phường Sen Hồng đã nhận hồ sơ {code}")
    mai.fills(email="tam@")
    mai.sends("Gửi tới đây")
    mai.sees("Thư điện tử chưa đúng")
    mailbox.answer = "250 OK"
    mai.fills(email="tam@example.vn")
    mai.sends("Gửi tới đây")
    mai.sees("Đã xếp tin này vào hàng để gửi lại.")
    when_the_clock_strikes(run_tasks, timezone.now())

    mai.opens(mai.page.url.removeprefix(mai.house))
    mai.sees("đã gửi")
    letter = mailbox.letters[-1]
    text = letter.get_payload(decode=True).decode()
    assert letter["To"] == "tam@example.vn"
    assert text.startswith("Kính chào ông/bà Đỗ Văn Tám.\r\nHẹn trả kết quả 17:00 ngày ")
