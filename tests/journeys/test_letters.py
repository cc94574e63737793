"""A gift is thanked for: written, signed with others in one go, given by the head of the neighbourhood, in the book."""

import re

import pytest

from tests.journeys.telling import then_the_paper_says

pytestmark = pytest.mark.browser
LUA = "Bà Trần Thị Lụa, tổ dân phố số 3"


def test_a_gift_is_thanked_for_with_a_letter_that_reaches_the_hand(officer):
    clerk, chairwoman = officer("vanthu"), officer("chutich")
    clerk.opens("/thu/")
    clerk.takes_picture("thu-danh-sach")
    address = when_the_clerk_writes(clerk)
    then_the_paper_says(clerk.opens_paper(f"{address}in/"), "BẢN NHÁP", "mười ghế nhựa")

    chairwoman.opens("/thu/?words=tran+thi+lua")
    chairwoman.page.get_by_label("Chọn cả trang").check()
    chairwoman.sends("Ký các thư đã chọn")
    chairwoman.sees("Đã ký 1 thư.")

    clerk.opens(address)
    clerk.follows("Trao thư")
    clerk.page.get_by_label("trưởng thôn, tổ trưởng trao tại nhà").check()
    clerk.fills(recipient="Bà Trần Thị Lụa")
    clerk.sends("Ghi đã trao")
    clerk.sees("Xin ghi tên trưởng thôn, tổ trưởng đã trao")
    assert clerk.field("recipient").input_value() == "Bà Trần Thị Lụa"
    clerk.fills(evidence="Tổ trưởng tổ dân phố số 3")
    clerk.takes_picture("thu-trao")
    clerk.sends("Ghi đã trao")
    clerk.sees("Đã ghi thư đến tay người nhận.")

    clerk.opens("/thu/so/")
    clerk.sees(LUA)
    paper = clerk.opens_paper(f"{address}in/")
    then_the_paper_says(paper, "THƯ CẢM ƠN", LUA, "CHỦ TỊCH", "Đỗ Thị Hoài An")
    clerk.takes_picture_of_paper(paper, "thu-thiep")


def when_the_clerk_writes(clerk) -> str:
    """Answers the address of the new letter."""
    clerk.opens("/thu/moi/")
    clerk.follows("Được ủng hộ, tặng quà")
    clerk.fills(addressee=LUA, cause="Ủng hộ ghế cho sảnh chờ", fact_0="mười ghế nhựa", fact_1="tiếp dân ở sảnh chờ")
    clerk.sends("Soạn thư")
    clerk.sees("Đã soạn thư. Xin đọc lại trước khi trình ký.")
    clerk.takes_picture("thu-ban-thao")
    found = re.search(r"/thu/\d+/$", clerk.page.url)
    assert found
    return found[0]


def test_the_words_of_a_condolence_are_read_on_their_paper_before_they_are_kept(officer):
    clerk = officer("vanthu")
    clerk.opens("/thu/dip/")
    clerk.opens("/thu/loi/death/")
    clerk.takes_picture("thu-loi")
    clerk.fills(body="Kính gửi {ai đó}.", note="Thử")
    clerk.page.get_by_text("Không có tên «{ai đó}» cho dịp này").first.wait_for()  # the preview says it while one types
    clerk.sends("Lưu phiên bản mới")

    clerk.sees("Không có tên «{ai đó}» cho dịp này")
    assert clerk.field("body").input_value() == "Kính gửi {ai đó}."
