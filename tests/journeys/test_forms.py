"""An administrator rewords a question of a form; from the next day citizens are asked in the new words."""

import pytest
from playwright.sync_api import expect

from tests.journeys.lines import PLAIN, Citizen
from tests.journeys.test_filing import begins

pytestmark = pytest.mark.browser
BIRTH, WORDS = "1.001193", "Giấy tờ nào chứng minh trẻ đã sinh ra"


def test_reworded_question_is_what_a_citizen_is_asked_the_next_day(officer, citizen, clock):
    admin = officer("quantrihethong")

    admin.opens(f"/to-khai/{BIRTH}/soan/")
    admin.follows("Giấy tờ chứng minh việc sinh", exact=True)
    admin.fills(label=WORDS)
    admin.sends("Xem thử, chưa lưu")
    expect(admin.page.locator("#phone")).to_contain_text(WORDS)
    admin.sends("Lưu vào bản đang soạn")
    admin.sees(f"sửa mục «{WORDS}».")
    admin.follows("Xem thay đổi và công bố")
    admin.sees(f"Sửa – Mục «{WORDS}»: lời hỏi.")
    admin.fills(note="Lời dễ hiểu hơn")
    admin.sends("Công bố")
    admin.sees("Đã công bố phiên bản mới của tờ khai.")

    clock("20/03/2026 08:30")
    parent = Citizen(citizen.page, citizen.house, PLAIN)
    begins(parent, BIRTH)
    parent.sees("Trẻ được khai sinh", WORDS)
