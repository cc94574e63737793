"""Filed from a cheap phone on three lines: a birth, a marriage by two, copies for tomorrow, support for a neighbour."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import PHONE
from tests.journeys.lines import BROKEN, LINES, PLAIN, Citizen
from tests.journeys.telling import LUA, given_colleagues_did_their_part, then_the_paper_says
from tests.journeys.ward import moment
from thanthien.dossiers import actions
from thanthien.dossiers.models import Dossier
from thanthien.filing.models import Filing, Party
from thanthien.office.management.demonstration import catalogue
from thanthien.organisation.models import Staff
from thanthien.procedures.models import Offering
from thanthien.queue.models import Appointment, Hall

pytestmark = pytest.mark.browser
NEXT = "Lưu và tiếp tục"
KINH = {"ethnicity": "Kinh", "nationality": "Việt Nam"}


def of(person: str, **told: str) -> dict[str, str]:
    return {f"{person}.{part}": words for part, words in told.items()}


ME = {
    "full_name": LUA.name, "personal_id": LUA.number, "birth_date": "15/08/1990", "address": LUA.address,
    "phone": "0912 345 678",
}  # fmt: skip
BIRTH = {
    **of("child", full_name="Lê Minh An", birth_date="10/03/2026", sex="female", **KINH,
         birth_place="Trạm y tế phường Sen Hồng", hometown="Phường Sen Hồng"),
    **of("mother", full_name=LUA.name, birth_date="15/08/1990", personal_id=LUA.number, **KINH, address=LUA.address),
    "birth_proof": "certificate", "mother_known": "yes", "father_known": "no", "relation": "mother",
}  # fmt: skip
NAM = {"full_name": "Phạm Văn Nam", "personal_id": "038098000127", "birth_date": "10/01/1998"}
HOA = {"full_name": "Vũ Thị Hoa", "personal_id": "038300000458", "birth_date": "15/06/2000"}
MARRIAGE = {
    **of("husband", **NAM, sex="male", **KINH, address=LUA.address), "husband_status": "single",
    **of("wife", **HOA, sex="female", **KINH, address=LUA.address), "wife_status": "single",
    "voluntary": "yes", "related": "no",
}  # fmt: skip
FUNERAL = {
    # Of the deceased only the year of birth is known.
    **of("deceased", full_name="Lê Văn Tám", birth_date="1940", sex="male", personal_id="038040000456"),
    "relation": "hàng xóm", "died_on": "12/03/2026", "kind": "over80", "death_certificate": "12/2026",
    "who": "person", "way": "cash",
}  # fmt: skip
COPIES = {"foreign": "no", "papers.0.name": "Bằng tốt nghiệp", "papers.0.pages": "2", "papers.0.copies": "3"}


@pytest.fixture(params=LINES)
def phone(request, ward, clock, browser: Browser) -> Iterator[Callable[[], Citizen]]:
    """`phone()`: one more phone, all of a story on the same kind of line. A `weak` one computes four times as slowly
    on the slow line: the browser wastes the time in between, so only the story that has every part pays for it."""
    contexts = []

    def take_out(*, weak: bool = False) -> Citizen:
        scripts = request.param != PLAIN
        contexts.append(browser.new_context(viewport=PHONE, locale="vi-VN", java_script_enabled=scripts))
        return Citizen(contexts[-1].new_page(), ward, request.param, weak=weak)

    yield take_out
    for context in contexts:
        context.close()


# ---- what they do --------------------------------------------------------------------------------------------
def begins(citizen: Citizen, code: str, *, me: dict[str, str] = ME, for_whom: str = "self") -> None:
    """From the page before the first through who files; there the line breaks, where it does."""
    offering = Offering.objects.get(unit__code="H56.14.18", procedure__code=code, valid_to=None)
    citizen.opens(f"/nop-ho-so/{offering.pk}/")
    citizen.sends("Bắt đầu khai")
    citizen.page.check(f"[name=for_whom][value={for_whom}]")
    citizen.sends(NEXT)
    citizen.fills(**me)
    citizen.sends_in_the_middle(NEXT)


def states(citizen: Citizen, told: dict[str, str]) -> None:
    """All pages of the procedure's form; a question that comes up because of an answer stands there again."""
    for _page in range(12):
        if "/khai-" in citizen.page.url:
            citizen.states(told)
            citizen.sends(NEXT)
    assert "/khai-" not in citizen.page.url, citizen.reads("main")


def goes_on_from_the_papers(citizen: Citizen) -> None:
    """Says what is absent, fetches the result at the counter, consents to nothing more."""
    for box in citizen.page.locator("[name^=absent-]").all():
        paper = (box.get_attribute("name") or "").removeprefix("absent-")
        if not citizen.page.locator(f"[data-files='{paper}'] .filing-file").count():
            box.check()
    citizen.sends(NEXT)
    citizen.page.check("[name=channel][value=counter]")
    citizen.sends(NEXT)
    citizen.sends(NEXT)


def sends_it(citizen: Citizen) -> Dossier:
    """Where the answer is lost, opening the page again leads to the receipt: it had arrived."""
    citizen.sends_in_the_middle("Gửi hồ sơ")
    citizen.sees("Hồ sơ của ông/bà đã tới nơi")
    return Dossier.objects.get(code=citizen.reads(".filing-number"))


def staff(username: str) -> Staff:
    return Staff.objects.get(username=username)


# ---- the stories ---------------------------------------------------------------------------------------------
def test_a_birth_is_filed_with_a_photo_completed_and_granted(phone, officer, clock):
    citizen = phone(weak=True)
    begins(citizen, catalogue.BIRTH)
    citizen.takes_picture("nop-to-khai")
    states(citizen, BIRTH)
    citizen.takes_picture("nop-giay-to")
    citizen.sends_photo("chung-sinh.jpg")
    citizen.takes_picture("nop-anh-da-gui")
    goes_on_from_the_papers(citizen)
    citizen.takes_picture("nop-xem-lai")
    dossier = sends_it(citizen)
    citizen.takes_picture("nop-da-gui")
    if citizen.line == BROKEN:
        mai = officer("mai")
        mai.opens_dossier(dossier.code)
        mai.sees("Nộp trực tuyến", "tự nộp", "Chờ tiếp nhận")
        mai.takes_picture("nop-can-bo-xem")

    asked = {"papers": ["Giấy chứng sinh"], "reason": "Ảnh chụp bị mờ", "legal_basis": "Luật Hộ tịch, Điều 16"}
    actions.request_supplement(dossier, **asked, by=staff("mai"), at=now())
    citizen.follows("Theo dõi hồ sơ")
    citizen.follows("Gửi giấy tờ bổ sung")
    citizen.sees("Ảnh chụp bị mờ", "Luật Hộ tịch, Điều 16")
    citizen.takes_picture("nop-bo-sung")
    citizen.sends("Chụp và gửi giấy tờ")
    citizen.sends_photo("ro.jpg")
    citizen.sends(NEXT)
    citizen.sends("Gửi bổ sung")
    citizen.sees("Chờ tiếp nhận")

    given_it_was_granted(dossier, clock)
    citizen.page.reload()
    citizen.sees("Kết quả đã xong")


def given_it_was_granted(dossier: Dossier, clock: Callable[[str], None]) -> None:
    """By colleagues, off the stage."""
    clock("19/03/2026 10:30")
    actions.accept_dossier(Dossier.objects.get(pk=dossier.pk), by=staff("mai"), at=now())
    last = dossier.offering.steps.exclude(role="return").order_by("-position").first().position
    given_colleagues_did_their_part(dossier.code, until=last, at=moment("19/03/2026 14:00"))
    clock("19/03/2026 15:00")
    actions.sign_off_result(Dossier.objects.get(pk=dossier.pk), reference="21/KS", by=staff("vanthu"), at=now())


def test_two_marry_and_it_is_sent_when_the_second_has_confirmed(phone, officer):
    nam, hoa = phone(), phone()
    begins(nam, catalogue.MARRIAGE, me=ME | NAM)
    states(nam, MARRIAGE)
    goes_on_from_the_papers(nam)
    nam.fills(phone_wife="0987 654 321")
    nam.sends(NEXT)
    nam.sees("Vũ Thị Hoa nhận đường dẫn riêng")
    nam.sends_in_the_middle("Gửi đi xác nhận")
    nam.sees("Đang chờ xác nhận" if nam.line == PLAIN else "chờ xác nhận", "098* *** 321")
    nam.takes_picture("nop-cho-xac-nhan")
    link = nam.page.locator("main .filing-code input[readonly]").input_value()
    assert Dossier.objects.filter(applicant_name="Phạm Văn Nam", declaration__isnull=False).count() == 1  # the demo's

    hoa.opens(link.removeprefix(hoa.house))
    hoa.sees("Phạm Văn Nam", "chỉ xác nhận khi tự nguyện")
    hoa.takes_picture("nop-xac-nhan")
    hoa.states(of("wife", personal_id=HOA["personal_id"], address="Tổ dân phố số 5"))
    hoa.page.check("[name=pledge]")
    hoa.sends_in_the_middle("Xác nhận lời khai")
    hoa.sees("cả hai bên phải có mặt")

    nam.follows("Xem đã xác nhận chưa")
    nam.sees("Hồ sơ của ông/bà đã tới nơi", "Vũ Thị Hoa (Bên nữ) đã xác nhận", "cả hai bên phải có mặt")
    dossier = Dossier.objects.get(code=nam.reads(".filing-number"))
    assert dossier.code == hoa.reads(".filing-number")
    assert Party.objects.get(dossier=dossier).changed == ["Nơi cư trú"]
    if nam.line == BROKEN:
        mai = officer("mai")
        mai.opens_dossier(dossier.code)
        mai.sees("Vũ Thị Hoa (Bên nữ) tự xác nhận lời khai")


def test_copies_are_ordered_with_an_officer_at_hand_and_booked_for_tomorrow(phone, officer):
    citizen = phone()
    begins(citizen, catalogue.CERTIFIED_COPY)
    if citizen.line == BROKEN:
        given_an_officer_helps(citizen, officer("mai"))
    states(citizen, COPIES)
    citizen.sends_photo("bang.jpg")
    goes_on_from_the_papers(citizen)
    dossier = sends_it(citizen)

    line = Hall.objects.get(unit__code="H56.14.18").lines.filter(slot_places__gt=0).order_by("letter").last()
    tomorrow = localdate() + timedelta(days=1)
    citizen.opens(f"{reverse('queue:book', args=[line.hall_id, line.pk])}?ngay={tomorrow.isoformat()}")
    citizen.page.locator(".queue-slot:has(input:not(:disabled))").nth(3).click()
    citizen.fills(full_name=LUA.name, phone="0912 345 678")
    citizen.sends_in_the_middle("Đặt lịch")
    booked = Appointment.objects.get(line=line, full_name=LUA.name)
    if "/dat/" not in citizen.page.url:
        citizen.opens(reverse("queue:appointment", args=[booked.secret]))
    citizen.sees(booked.code)
    assert localdate(booked.slot_at) == tomorrow
    assert dossier.procedure_name.startswith("Chứng thực bản sao từ bản chính")


def given_an_officer_helps(citizen: Citizen, mai) -> None:
    """Said on the citizen's phone, with the officer's code of the day."""
    mai.opens("/nop-ho-so/can-bo/giup/")
    code, here = mai.reads(".filing-number"), citizen.page.url
    citizen.unfolds("Làm tiếp trên máy khác")
    citizen.follows("Cán bộ ghi nhận đang giúp ông/bà")
    citizen.fills(code=code, machine="Máy số 2, sảnh Một cửa")
    citizen.takes_picture("nop-can-bo-giup")
    citizen.sends("Ghi nhận")
    citizen.sees("đang giúp ông/bà (Máy số 2, sảnh Một cửa)")
    citizen.opens(here.removeprefix(citizen.house))


def test_a_neighbour_files_for_funeral_support_with_an_authorisation(phone, officer):
    citizen = phone()
    begins(citizen, catalogue.FUNERAL, for_whom="other")
    citizen.fills(owner_name="Lê Thị Bưởi", owner_address="Tổ dân phố số 2, phường Sen Hồng", relation="hàng xóm")
    citizen.sends(NEXT)
    states(citizen, FUNERAL)
    citizen.sends_photo("uy-quyen.jpg")
    goes_on_from_the_papers(citizen)
    citizen.sees("1940")

    dossier = sends_it(citizen)

    citizen.sees("Ông/bà nộp thay Lê Thị Bưởi")
    assert (dossier.applicant_name, dossier.owner_name) == (LUA.name, "Lê Thị Bưởi")
    assert dossier.declaration.answers["deceased"]["birth_date"] == "1940"
    paper = citizen.link("Giấy xác nhận").get_attribute("href")
    then_the_paper_says(citizen.opens_paper(paper), dossier.code, "Lê Thị Bưởi", LUA.name)


# ---- scripts of the forms ------------------------------------------------------------------------------------
def test_a_question_comes_and_goes_with_the_answer_beside_it(citizen):
    offering = Offering.objects.get(unit__code="H56.14.18", procedure__code=catalogue.BIRTH, valid_to=None)
    citizen.opens(f"/nop-ho-so/{offering.pk}/")
    citizen.sends("Bắt đầu khai")
    citizen.opens(citizen.page.url.removeprefix(citizen.house).replace("cho-ai", "khai-father_group"))
    father = citizen.page.locator("[data-person=father]")

    citizen.page.check("[name=father_known][value=yes]")
    expect(father).to_be_visible()
    citizen.page.fill("[name='father.full_name']", "Lê Văn Cha")
    citizen.page.check("[name=father_known][value=no]")
    expect(father).to_be_hidden()
    assert citizen.page.locator("[name='father.full_name']").is_disabled()
    citizen.page.check("[name=father_known][value=yes]")
    assert citizen.page.input_value("[name='father.full_name']") == "Lê Văn Cha"


def test_a_person_who_is_known_is_offered_and_a_card_is_read(officer):
    mai = officer("mai")
    known = Dossier.objects.exclude(applicant__personal_id="").order_by("pk").first().applicant
    dossier = (
        Dossier.objects.filter(offering__procedure__code=catalogue.MARRIAGE, channel="counter").order_by("pk").last()
    )
    mai.opens(reverse("dossiers:declare", args=[dossier.code]))
    groom, bride = mai.page.locator("[data-person=husband]"), mai.page.locator("[data-person=wife]")

    groom.locator("[name='husband.personal_id']").fill(known.personal_id)
    groom.locator("[name='husband.personal_id']").press("Tab")
    groom.locator("[data-known] button").first.click()
    expect(groom.locator("[name='husband.full_name']")).to_have_value(known.full_name)

    bride.locator("[name='wife.full_name']").fill(str(LUA))
    bride.locator("[name='wife.full_name']").press("Enter")
    expect(bride.locator("[name='wife.personal_id']")).to_have_value(LUA.number)
    expect(bride.locator("[name='wife.full_name']")).to_have_value(LUA.name)


def test_the_office_sees_whom_it_helped(officer):
    """The demonstration's morning: one filed alone, one with an officer beside."""
    mai = officer("mai")
    mai.opens("/nop-ho-so/can-bo/giup/")
    helped = Filing.objects.exclude(helper=None).first()

    mai.sees(helped.dossier.code, helped.machine)
    mai.takes_picture("nop-danh-sach-giup")
