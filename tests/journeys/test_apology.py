"""A dossier that will not be ready in time: the apology goes out before the citizen has to ask."""

import email
import socket

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from tests.journeys.telling import (
    Card,
    given_a_received_dossier,
    then_it_is_refused,
    then_the_citizen_reads,
    then_the_desk_shows,
    then_the_paper_says,
    when_the_citizen_looks_up,
    when_the_clock_strikes,
)

pytestmark = pytest.mark.browser
CORRECTION = "cai chinh"
TU = Card(number="038085007777", name="Phạm Văn Tư", born="20031985", sex="Nam", phone="0909001122")
OLD_DATE, NEW_DATE = "thứ Hai, 23/03/2026, 17:00", "thứ Tư, 25/03/2026, 17:00"


class Box:
    """Keeps what a mail server was handed."""

    def __init__(self) -> None:
        self.letters = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  (aiosmtpd's name)
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.letters.append((envelope.rcpt_tos, letter["subject"].strip(), letter.get_content()))
        return "250 OK"


@pytest.fixture
def post_office(settings):
    """A real SMTP server on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Box()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    controller.stop()


def test_an_apology_is_owed_written_signed_sent_and_seen(officer, citizen, clock, run_tasks, post_office):
    mai = officer("mai")
    code = given_a_received_dossier(mai, CORRECTION, TU, email="tu@example.vn")
    mai.opens_dossier(code)
    assert mai.promised() == OLD_DATE
    mai.acts("Xong bước, chuyển tiếp", "Chuyển hồ sơ")

    # The last working day before the promise: nobody has finished, so the house itself opens the task.
    clock("23/03/2026 08:00")
    when_the_clock_strikes(run_tasks, timezone.now())
    thang, chairwoman, mai = officer("thang"), officer("chutich"), officer("mai")
    then_the_desk_shows(thang, code)
    thang.opens("/ho-so/xin-loi/")
    thang.takes_picture("no-xin-loi")
    thang.opens(f"/ho-so/{code}/xin-loi/")
    when_the_apology_is_drafted(thang, "23/03/2026")
    thang.sees("Ngày hẹn mới phải sau ngày hẹn cũ và sau lúc này.")
    assert thang.field("text").input_value() == "Chúng tôi phải xác minh thêm ở nơi đăng ký cũ."
    when_the_apology_is_drafted(thang, "25/03/2026")
    thang.sees("Đã lưu bản thảo, chờ lãnh đạo ký.")
    then_the_paper_says(thang.opens_paper(f"/ho-so/{code}/xin-loi/xem-truoc/"), TU.name, "25 tháng 3 năm 2026")
    then_it_is_refused(thang, f"/ho-so/{code}/xin-loi/ky/", "Việc này dành cho: lãnh đạo")

    chairwoman.opens_dossier(code)
    chairwoman.follows("Ký phiếu xin lỗi")
    chairwoman.takes_picture("ky-xin-loi")
    chairwoman.sends("Ký")
    mai.opens_dossier(code)
    mai.acts("Gửi phiếu xin lỗi", "Gửi cho người dân")
    assert mai.promised() == NEW_DATE
    when_the_clock_strikes(run_tasks, timezone.now())

    then_the_letter_arrives(post_office, code)
    when_the_citizen_looks_up(citizen, code, "1122")
    then_the_citizen_reads(citizen, "Chúng tôi xin lỗi ông/bà", "xác minh thêm ở nơi đăng ký cũ", NEW_DATE)
    citizen.takes_picture("tra-cuu-xin-loi")

    # Late once more: the law knows no second new date, and no second task is opened.
    clock("25/03/2026 09:00")
    when_the_clock_strikes(run_tasks, timezone.now())
    then_it_is_refused(officer("thang"), f"/ho-so/{code}/xin-loi/soan/", "Phiếu xin lỗi này đã gửi.")


def when_the_apology_is_drafted(officer, day: str) -> None:
    officer.picks(cause="phải xác minh thêm")
    officer.field("answerable").select_option(index=1)
    officer.fills(text="Chúng tôi phải xác minh thêm ở nơi đăng ký cũ.", day=day, hour="17:00")
    officer.takes_picture("soan-xin-loi")
    officer.sends("Lưu bản thảo")


def then_the_letter_arrives(post_office, code: str) -> None:
    letters = [letter for letter in post_office.letters if letter[0] == ["tu@example.vn"]]
    receivers, subject, text = letters[-1]
    assert (receivers, subject) == (["tu@example.vn"], f"Xin lỗi và hẹn lại hồ sơ {code}")
    assert "Chúng tôi xin lỗi ông/bà" in text and "Hẹn lại: 17:00 ngày 25/03/2026." in text
