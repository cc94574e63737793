"""Filed from a small phone: with photos over a line that breaks, without scripts for a neighbour, over a slow line."""

import io
import random
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Route, expect

from tests.journeys.conftest import PHONE
from tests.journeys.people import Visitor
from tests.journeys.telling import LUA, given_colleagues_did_their_part, then_the_paper_says
from tests.journeys.ward import moment
from thanthien.dossiers.models import Dossier
from thanthien.filing.models import Filing
from thanthien.office.management.demonstration import catalogue
from thanthien.procedures.models import Offering

pytestmark = pytest.mark.browser
NEXT = "Lưu và tiếp tục"
STATED = {
    "child.full_name": "Lê Minh An", "child.birth_date": "10/03/2026", "child.sex": "female",
    "child.birth_place": "Trạm y tế phường Sen Hồng", "child.ethnicity": "Kinh", "child.nationality": "Việt Nam",
    "child.hometown": "Phường Sen Hồng", "birth_proof": "certificate", "mother_known": "yes",
    "mother.full_name": LUA.name, "mother.birth_date": "15/08/1990", "mother.personal_id": LUA.number,
    "mother.ethnicity": "Kinh", "mother.nationality": "Việt Nam", "mother.address": LUA.address, "father_known": "no",
    "relation": "mother",
    "deceased.full_name": "Lê Văn Tám", "deceased.birth_date": "01/02/1940", "deceased.sex": "male",
    "deceased.personal_id": "038040000456", "died_on": "12/03/2026", "kind": "over80", "death_certificate": "12/2026",
    "who": "person", "way": "cash", "foreign": "no", "papers.0.name": "Bằng tốt nghiệp", "papers.0.pages": "2",
    "papers.0.copies": "3",
}  # fmt: skip
ME = {
    "full_name": LUA.name, "personal_id": LUA.number, "birth_date": "15/08/1990", "address": LUA.address,
    "phone": "0912 345 678",
}  # fmt: skip


def photo(width: int, height: int) -> bytes:
    """As heavy as one of a telephone: noise does not pack."""
    noise = random.Random(7).randbytes(width // 8 * (height // 8) * 3)
    small = Image.frombytes("RGB", (width // 8, height // 8), noise)
    out = io.BytesIO()
    small.resize((width, height), Image.Resampling.BICUBIC).save(out, "JPEG", quality=92)
    return out.getvalue()


def a_file(name: str = "anh.jpg", size: tuple[int, int] = (640, 480)) -> dict[str, Any]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": photo(*size)}


@pytest.fixture
def plain_phone(ward, clock, browser: Browser, seen) -> Iterator[Visitor]:
    """A phone on which no script runs."""
    context = browser.new_context(viewport=PHONE, locale="vi-VN", java_script_enabled=False)
    yield PlainVisitor(context.new_page(), ward, seen=seen)
    context.close()


class PlainVisitor(Visitor):
    """Pages are not looked at by axe here: it is a script itself; the tour looks at the same pages."""

    def looks_around(self) -> None:
        assert self.complaints == []


# ---- what they do --------------------------------------------------------------------------------------------
def begins(citizen: Visitor, code: str, for_whom: str = "self") -> None:
    """From the procedure's page through who files."""
    offering = Offering.objects.get(unit__code="H56.14.18", procedure__code=code, valid_to=None)
    citizen.opens(f"/nop-ho-so/{offering.pk}/")
    citizen.sends("Bắt đầu khai")
    citizen.page.check(f"[name=for_whom][value={for_whom}]")
    citizen.sends(NEXT)
    citizen.fills(**ME)
    citizen.sends(NEXT)


def states(citizen: Visitor) -> None:
    """All pages of the procedure's form, where it has one."""
    while "/khai-" in citizen.page.url:
        for name, value in STATED.items():
            fill_in(citizen, name, value)
        citizen.sends(NEXT)


def fill_in(citizen: Visitor, name: str, value: str) -> None:
    """One field of a form, if it is asked now."""
    field = citizen.page.locator(f'main [name="{name}"]:not(:disabled)')
    if not field.count() or not field.first.is_visible():
        return
    if field.first.get_attribute("type") == "radio":
        citizen.page.locator(f'main [name="{name}"][value="{value}"]').check()
    elif field.first.evaluate("e => e.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)


def chooses_how_it_comes_back(citizen: Visitor) -> None:
    citizen.page.check("[name=channel][value=counter]")
    citizen.sends(NEXT)
    citizen.sends(NEXT)  # no consent is needed


def says_what_is_absent(citizen: Visitor) -> None:
    """Papers without a photo."""
    for box in citizen.page.locator("[data-paper]").all():
        paper = box.get_attribute("data-paper")
        absent = citizen.page.locator(f"[name=absent-{paper}]")
        if absent.count() and not citizen.page.locator(f"[data-files='{paper}'] .filing-file").count():
            absent.check()


def sends_it(citizen: Visitor) -> Dossier:
    citizen.sends("Gửi hồ sơ")
    citizen.sees("Hồ sơ của ông/bà đã tới nơi")
    return Dossier.objects.get(code=citizen.reads(".filing-number"))


# ---- the stories ---------------------------------------------------------------------------------------------
def test_a_birth_is_filed_with_photos_over_a_line_that_breaks_completed_and_granted(officer, citizen, clock):
    begins(citizen, catalogue.BIRTH)
    citizen.takes_picture("nop-to-khai")
    states(citizen)
    citizen.takes_picture("nop-giay-to")
    asked = {"pieces": 0}

    def break_the_line(route: Route) -> None:
        asked["pieces"] += route.request.method == "POST"
        if asked["pieces"] == 2:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    citizen.page.route("**/manh/**", break_the_line)
    paper = citizen.page.locator("[data-paper]").last
    citizen.page.set_input_files("[data-paper] input[multiple] >> nth=0", a_file("chung-sinh.jpg", (2400, 3200)))
    expect(citizen.page.locator(".filing-thumb")).to_have_count(1, timeout=20_000)
    citizen.complaints.clear()  # the browser has complained of the broken line
    assert asked["pieces"] > 2
    assert paper.count()
    says_what_is_absent(citizen)
    citizen.takes_picture("nop-anh-da-gui")
    citizen.sends(NEXT)
    chooses_how_it_comes_back(citizen)
    citizen.takes_picture("nop-xem-lai")
    dossier = sends_it(citizen)
    citizen.takes_picture("nop-da-gui")

    mai = officer("mai")
    mai.opens_dossier(dossier.code)
    mai.sees("Nộp trực tuyến", "tự nộp", "Chờ tiếp nhận")
    mai.takes_picture("nop-can-bo-xem")
    mai.follows("Yêu cầu bổ sung")
    mai.page.locator("main input[type=checkbox]").first.check()
    mai.fills(reason="Ảnh chụp bị mờ", legal_basis="Luật Hộ tịch, Điều 16")
    mai.sends("Gửi yêu cầu")

    citizen.follows("Theo dõi hồ sơ")
    citizen.follows("Gửi giấy tờ bổ sung")
    citizen.sees("Ảnh chụp bị mờ", "Luật Hộ tịch, Điều 16")
    citizen.takes_picture("nop-bo-sung")
    citizen.sends("Chụp và gửi giấy tờ")
    citizen.page.set_input_files("[data-paper] input[multiple] >> nth=0", a_file("ro.jpg"))
    expect(citizen.page.locator(".filing-thumb")).to_have_count(1)
    citizen.sends(NEXT)
    citizen.sends("Gửi bổ sung")
    citizen.sees("Chờ tiếp nhận")

    clock("19/03/2026 10:30")
    mai.opens(f"/ho-so/{dossier.code}/tiep-nhan/")
    mai.sends("Tiếp nhận hồ sơ")
    given_colleagues_did_their_part(dossier.code, until=last_step(dossier), at=moment("19/03/2026 14:00"))
    clerk = officer("vanthu")
    clerk.opens_dossier(dossier.code)
    clerk.acts("Ghi kết quả", reference="21/KS")
    citizen.page.reload()
    citizen.sees("Kết quả đã xong")


def last_step(dossier: Dossier) -> int:
    return dossier.offering.steps.exclude(role="return").order_by("-position").first().position


def test_a_neighbour_files_for_funeral_support_without_scripts(plain_phone, citizen):
    begins(plain_phone, catalogue.FUNERAL, for_whom="other")
    plain_phone.fills(
        owner_name="Lê Thị Bưởi", owner_address="Tổ dân phố số 2, phường Sen Hồng", relation="hàng xóm"
    )  # fmt: skip
    plain_phone.sends(NEXT)
    states(plain_phone)
    plain_phone.sends(NEXT)
    chooses_how_it_comes_back(plain_phone)
    plain_phone.sends("Gửi hồ sơ")
    plain_phone.sees("Nộp thay người khác cần giấy ủy quyền")
    plain_phone.page.locator(".error-summary a").first.click()
    plain_phone.page.set_input_files("#file-uy-quyen", a_file("uy-quyen.jpg"))
    says_what_is_absent(plain_phone)
    plain_phone.sends(NEXT)
    chooses_how_it_comes_back(plain_phone)

    dossier = sends_it(plain_phone)

    plain_phone.sees("Ông/bà nộp thay Lê Thị Bưởi")
    assert (dossier.applicant_name, dossier.owner_name) == (LUA.name, "Lê Thị Bưởi")
    paper = plain_phone.link("Giấy xác nhận").get_attribute("href")
    then_the_paper_says(plain_phone.opens_paper(paper), dossier.code, "Lê Thị Bưởi", LUA.name)


def test_copies_are_ordered_over_a_slow_line_with_an_officer_at_hand(officer, citizen):
    line = citizen.page.context.new_cdp_session(citizen.page)
    speed = 400 * 1024 / 8
    line.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": 150, "downloadThroughput": speed, "uploadThroughput": speed,
    })  # fmt: skip
    mai = officer("mai")
    mai.opens("/nop-ho-so/can-bo/giup/")
    code = mai.reads(".filing-number")

    begins(citizen, catalogue.CERTIFIED_COPY)
    citizen.unfolds("Làm tiếp trên máy khác")
    citizen.follows("Cán bộ ghi nhận đang giúp ông/bà")
    citizen.fills(code=code, machine="Máy số 2, sảnh Một cửa")
    citizen.takes_picture("nop-can-bo-giup")
    citizen.sends("Ghi nhận")
    citizen.sees("đang giúp ông/bà (Máy số 2, sảnh Một cửa)")
    for step in (NEXT, NEXT):
        citizen.sends(step)
    states(citizen)
    citizen.page.set_input_files("[data-paper] input[multiple] >> nth=0", a_file("bang.jpg"))
    expect(citizen.page.locator(".filing-thumb")).to_have_count(1, timeout=20_000)
    says_what_is_absent(citizen)
    citizen.sends(NEXT)
    chooses_how_it_comes_back(citizen)

    dossier = sends_it(citizen)

    filing = Filing.objects.get(dossier=dossier)
    assert (filing.helper.username, filing.machine) == ("mai", "Máy số 2, sảnh Một cửa")
    mai.opens("/nop-ho-so/can-bo/giup/")
    mai.sees(dossier.code, LUA.name, "Máy số 2, sảnh Một cửa")
    mai.takes_picture("nop-danh-sach-giup")
