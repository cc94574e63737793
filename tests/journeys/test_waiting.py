"""The clock stops while the citizen brings what is missing, and the new date is known before anybody confirms it."""

import pytest

from tests.journeys.telling import (
    Card,
    given_a_received_dossier,
    then_it_is_refused,
    then_the_citizen_reads,
    then_the_paper_says,
    when_the_citizen_looks_up,
)

pytestmark = pytest.mark.browser
PERMIT, SHOP = "7", "8"
OWNER = Card(number="038075001234", name="Lê Văn Bảy", born="02021975", sex="Nam", phone="0987654321")
DRAWING = "Bản vẽ mặt cắt móng"


def when_a_paper_is_asked_for(officer, code: str) -> str:
    """Form 02 for one missing paper; answers the date that the page foretells."""
    officer.opens_dossier(code)
    officer.follows("Yêu cầu bổ sung")
    foretold = officer.reads("main .deed-page p b")
    officer.fills(more=DRAWING, reason="Bản vẽ nộp chưa có phần móng", legal_basis="Luật Xây dựng, Điều 95")
    officer.takes_picture("yeu-cau-bo-sung")
    officer.sends("Gửi yêu cầu")
    officer.sees("Đã gửi yêu cầu bổ sung; đồng hồ dừng từ lúc này.")
    return foretold


def when_the_paper_is_brought(officer, code: str) -> str:
    """Answers the date that stands on the page before it is confirmed."""
    officer.opens_dossier(code)
    officer.follows("Đã nộp đủ, giải quyết tiếp")
    shown = officer.promised()
    officer.fills(answer="Đã nộp bản vẽ có phần móng")
    officer.takes_picture("giai-quyet-tiep")
    officer.sends("Đã nộp đủ, giải quyết tiếp")
    officer.sees("Hồ sơ được giải quyết tiếp.")
    return shown


def test_a_building_permit_gets_its_whole_time_again_after_a_supplement(officer, citizen, clock):
    mai = officer("mai")
    code = given_a_received_dossier(mai, PERMIT, OWNER)
    mai.opens_dossier(code)
    # Ten working days from the day after: 20 March to 2 April.
    assert mai.promised() == "thứ Năm, 02/04/2026, 17:00"

    clock("24/03/2026 08:00")
    mai = officer("mai")
    foretold = when_a_paper_is_asked_for(mai, code)
    then_the_paper_says(mai.opens_paper(f"/ho-so/{code}/in/supplement/"), DRAWING, OWNER.name)
    mai.acts("Người dân đã nhận được yêu cầu")
    when_the_citizen_looks_up(citizen, code, "4321")
    then_the_citizen_reads(citizen, "Đang chờ ông/bà bổ sung", DRAWING)

    clock("27/03/2026 10:00")
    mai = officer("mai")
    shown = when_the_paper_is_brought(mai, code)

    # The whole limit again, counted as from a receipt: 30 March to 10 April.
    assert (foretold, shown, mai.promised()) == ("thứ Ba, 07/04/2026, 17:00", *["thứ Sáu, 10/04/2026, 17:00"] * 2)
    mai.takes_picture("ho-so-sau-bo-sung")
    mai.sees("Ngày hẹn đã đổi")
    when_the_citizen_looks_up(citizen, code, "4321")
    then_the_citizen_reads(citizen, "thứ Sáu, 10/04/2026, 17:00")
    then_it_is_refused(mai, f"/ho-so/{code}/yeu-cau-bo-sung/", "Pháp luật không cho yêu cầu lần thứ hai.")


def test_a_household_business_loses_only_the_waiting(officer, citizen, clock):
    mai = officer("mai")
    code = given_a_received_dossier(mai, SHOP, OWNER)
    mai.opens_dossier(code)
    assert mai.promised() == "thứ Hai, 23/03/2026, 17:00"

    clock("20/03/2026 10:00")
    mai = officer("mai")
    when_a_paper_is_asked_for(mai, code)
    clock("24/03/2026 09:30")
    mai = officer("mai")
    shown = when_the_paper_is_brought(mai, code)

    # Of sixteen hours two and a half were used before the pause; the rest ends at closing time of the 25th.
    assert (shown, mai.promised()) == ("thứ Tư, 25/03/2026, 17:00",) * 2
    when_the_citizen_looks_up(citizen, code, "4321")
    then_the_citizen_reads(citizen, "thứ Tư, 25/03/2026, 17:00", "Vì sao là ngày 25/03?")
    citizen.takes_picture("tra-cuu")
