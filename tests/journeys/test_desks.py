"""From desk to desk: the police decide, three agencies work on one dossier, a result is brought home."""

import pytest
from playwright.sync_api import expect

from tests.journeys.telling import (
    LUA,
    Card,
    given_a_received_dossier,
    given_colleagues_did_their_part,
    then_it_is_refused,
    then_the_citizen_reads,
    then_the_paper_says,
    when_the_citizen_looks_up,
)
from tests.journeys.ward import moment

pytestmark = pytest.mark.browser
RESIDENCE = "9"
JOINT, FUNERAL = "lien thong", "mai tang"
OLD = Card(number="038138004512", name="Trần Thị Lụa", born="10101938", phone="0912340000")


def when_the_desk_signs(officer, code: str) -> None:
    """On the list of what came in: this one is ticked and signed for."""
    officer.opens("/can-bo/ban-giao/")
    officer.page.locator("[data-row]", has_text=code).get_by_role("checkbox").check()
    officer.takes_picture("ky-nhan")
    officer.sends("Ký nhận các hồ sơ đã đánh dấu")
    officer.sees("Đã ký nhận 1 hồ sơ.")


def when_the_result_is_recorded(officer, code: str, reference: str) -> None:
    officer.opens_dossier(code)
    officer.follows("Ghi kết quả")
    officer.fills(reference=reference)
    officer.sends("Ghi kết quả")
    officer.sees("Đã ghi kết quả; người dân được báo.")


def test_the_police_decide_on_residence_and_the_ward_gives_the_result_out(officer, citizen, clock):
    mai, police, huong = officer("mai"), officer("congan"), officer("huong")
    code = given_a_received_dossier(mai, RESIDENCE)

    mai.opens_dossier(code)
    mai.acts("Xong bước, chuyển tiếp", "Chuyển hồ sơ")
    mai.sees("Công an phường Sen Hồng")
    then_it_is_refused(officer("chutich"), f"/ho-so/{code}/ket-qua/", "Hồ sơ đang ở Công an phường Sen Hồng")
    when_the_desk_signs(police, code)
    when_the_result_is_recorded(police, code, "102/XN-CA")
    huong.opens_dossier(code)
    huong.acts("Trả kết quả", collector_id=LUA.number, is_signed_on_paper="on")

    when_the_citizen_looks_up(citizen, code)
    then_the_citizen_reads(citizen, "Cảm ơn ông/bà")


def test_three_agencies_sign_for_one_dossier(officer, citizen, clock):
    mai, duc, chairwoman = officer("mai"), officer("duc"), officer("chutich")
    police, insurance, clerk = officer("congan"), officer("bhxh"), officer("vanthu")
    code = given_a_received_dossier(mai, JOINT)
    for colleague in (mai, duc, chairwoman):
        if colleague is not mai:
            when_the_desk_signs(colleague, code)
        colleague.opens_dossier(code)
        colleague.acts("Xong bước, chuyển tiếp", "Chuyển hồ sơ")
    # The paper file goes with a numbered list that the police sign.
    chairwoman.opens("/ho-so/ban-giao/")
    with chairwoman.page.expect_event("response", lambda answer: answer.request.method == "POST") as made:
        chairwoman.page.locator("form", has_text=code).get_by_role("button", name="Lập danh sách").click()
    paper = made.value.headers["location"]
    then_the_paper_says(chairwoman.opens_paper(paper), code.partition("-")[2], "Công an phường Sen Hồng")

    for colleague in (police, insurance):
        when_the_desk_signs(colleague, code)
        colleague.opens_dossier(code)
        colleague.acts("Xong bước, chuyển tiếp", "Chuyển hồ sơ")
    when_the_desk_signs(clerk, code)
    clerk.opens_dossier(code)
    clerk.takes_picture("lien-thong")
    when_the_result_is_recorded(clerk, code, "7/LT")

    clerk.opens_dossier(code)
    clerk.sees("Đinh Văn Hải", "Cao Thị Thanh", "Nguyễn Minh Đức")
    when_the_citizen_looks_up(citizen, code)
    then_the_citizen_reads(citizen, "Kết quả đã xong", "Công an phường Sen Hồng", "Bảo hiểm xã hội cơ sở Sen Hồng")


def test_a_result_is_brought_home_to_an_old_woman(officer, citizen, clock):
    mai, clerk, huong = officer("mai"), officer("vanthu"), officer("huong")
    code = given_a_received_dossier(mai, FUNERAL, OLD, return_channel="home")
    given_colleagues_did_their_part(code, until=6, at=moment("19/03/2026 14:00"))
    clock("20/03/2026 08:30")
    clerk, huong = officer("vanthu"), officer("huong")
    when_the_result_is_recorded(clerk, code, "31/QĐ")

    huong.opens(f"/ho-so/{code}/tra-ket-qua/")
    expect(huong.page.get_by_role("radio", name="tại nhà")).to_be_checked()
    huong.fills(collector_id=OLD.number)
    huong.sends("Trả kết quả")
    huong.sees("Xin chọn lý do trả tại nhà.", "Cần chữ ký nhận: trên giấy hoặc trên màn hình.")
    huong.picks(home_reason="người cao tuổi")
    when_she_signs_on_the_screen(huong)
    huong.takes_picture("tra-tai-nha")
    huong.sends("Trả kết quả")

    huong.sees("Đã trả kết quả.")
    when_the_citizen_looks_up(citizen, code, "0000")
    then_the_citizen_reads(citizen, "Cảm ơn ông/bà", "Đã trả tại nhà (người cao tuổi)")


def when_she_signs_on_the_screen(officer) -> None:
    sheet = officer.page.locator("canvas")
    sheet.scroll_into_view_if_needed()
    frame, mouse = sheet.bounding_box(), officer.page.mouse
    mouse.move(frame["x"] + 60, frame["y"] + 90)
    mouse.down()
    for step in range(1, 9):
        mouse.move(frame["x"] + 60 + 40 * step, frame["y"] + 90 + (-25 if step % 2 else 25), steps=4)
    mouse.up()
