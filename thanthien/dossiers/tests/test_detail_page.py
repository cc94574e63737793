"""The dossier's own page: the promise first, what this person may do next, numbers masked, looking written down."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from thanthien.core.files import check_upload
from thanthien.dossiers import actions
from thanthien.dossiers.actions import Attachment, PaperIn
from thanthien.dossiers.enums import FileKind
from thanthien.dossiers.factories import (
    MONDAY,
    an_intake,
    an_offering,
    everyone_of,
    finish,
    hand_out,
    officer,
    receive,
    register,
)
from thanthien.dossiers.models import Dossier, Viewing
from thanthien.dossiers.tests.deeds import NOW, asked, at_second_desk, drafted, elsewhere, late, may_ask, signed
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
PERSON = {"full_name": "Trần Thị Lan", "personal_id": "038190000123", "phone": "+84912345678", "email": "lan@vidu.vn"}


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


def page_of(client, dossier: Dossier, by=None):
    client.force_login(by or everyone_of(dossier.unit))
    return client.get(reverse("dossiers:detail", args=[dossier.code]))


def names_of(deeds) -> list[str]:
    return [deed.name for deed in deeds]


def test_what_was_done_on_the_spot_walked_through_no_steps(client):
    unit = UnitFactory()
    by = everyone_of(unit)
    intake = an_intake(an_offering(unit=unit))
    dossier = actions.record_immediate(intake, result_reference="105", by=by, at=NOW)

    page = page_of(client, dossier, by).context["page"]

    assert page.steps == []
    assert page_of(client, receive()).context["page"].steps


# ---- the promise -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("make", "state", "words"),
    [
        (receive, "ontime", "Đang đúng hẹn"),
        (register, "plain", "Chờ tiếp nhận"),
        (asked, "paused", "Yêu cầu bổ sung giấy tờ"),
        (elsewhere, "paused", "Chờ cơ quan khác trả lời"),
        (late, "late", "Đã trễ hẹn"),
        (lambda: finish(receive()), "done", "Đã có kết quả, chờ trả cho dân"),
        (lambda: hand_out(receive()), "done", "Đã trả kết quả"),
    ],
)
def test_the_promise_stands_first_with_its_state(client, make, state, words):
    dossier = make()

    response = page_of(client, dossier)

    promise = response.context["page"].promise
    assert (response.status_code, promise.state, str(promise.words)) == (200, state, words)
    content = response.content.decode()
    assert content.index('class="promise') < content.index("Nhật ký")


def test_the_date_explains_itself(client):
    promise = page_of(client, receive()).context["page"].promise

    assert promise.sentences == [
        "5 ngày làm việc kể từ hôm sau ngày nhận (23/11). Không tính thứ Bảy, Chủ nhật và ngày nghỉ lễ 24/11."
    ]
    assert [day["date"] for day in promise.explanation][:2] == ["2026-11-23", "2026-11-24"]


def test_while_the_citizen_is_waited_for_the_page_says_for_what_and_what_if_today(client):
    content = page_of(client, asked()).content.decode()

    assert "<li>Bản vẽ</li>" in content
    assert "Nếu người dân làm xong ngay hôm nay thì hẹn <b>thứ Ba, 01/12/2026, 17:00</b>." in content


def test_while_another_agency_is_waited_for_the_page_says_which_since_when_and_what_if_today(client):
    dossier = elsewhere()

    content = page_of(client, dossier).content.decode()

    assert "<b>Đang chờ Sở Tư pháp</b>, hỏi hôm nay, dự kiến trả lời 27/11" in content
    assert "Nếu có trả lời ngay hôm nay thì hẹn <b>thứ Ba, 01/12/2026, 17:00</b>." in content


def test_an_answer_that_is_overdue_is_to_be_chased_and_told_to_the_head(client):
    dossier = elsewhere()

    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        content = page_of(client, dossier).content.decode()

    assert "đã chờ 7 ngày, quá ngày trả lời 3 ngày" in content
    assert "báo người đứng đầu Bộ phận Một cửa" in content


def test_what_other_agencies_answered_stands_on_the_page(client):
    dossier = elsewhere()
    by = everyone_of(dossier.unit)
    actions.record_agency_answer(dossier, answer="Giấy tờ là thật.", reference="45/STP", by=by, at=NOW)

    content = page_of(client, dossier, by).content.decode()

    assert "<blockquote>Giấy tờ là thật." in content
    assert "Đang chờ Sở Tư pháp" not in content


def test_asking_with_the_clock_standing_is_offered_only_where_the_law_lets_it(client):
    names = [names_of(page_of(client, make()).context["choices"].usual) for make in (may_ask, receive)]

    assert ["ask_agency" in offered for offered in names] == [True, False]


def test_changes_of_the_date_stand_with_reason_basis_and_who(client):
    dossier = signed()
    by = everyone_of(dossier.unit)
    actions.send_apology(dossier.apology, by=by, at=NOW)

    content = page_of(client, dossier, by).content.decode()

    assert "Ngày hẹn đã đổi" in content
    assert "xin lỗi và hẹn lại: khối lượng hồ sơ lớn. Nhiều hồ sơ." in content
    assert "Nghị định 61/2018/NĐ-CP Điều 19 khoản 9" in content


# ---- what next -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("make", "role", "main"),
    [
        (register, Role.RECEPTION, "accept"),
        (receive, Role.RECEPTION, "finish_step"),
        (at_second_desk, Role.SPECIALIST, "acknowledge"),
        (lambda: receive(offering=an_offering(steps=[("A", Role.LEADER, "1")])), Role.LEADER, "sign_off"),
        (asked, Role.RECEPTION, "resume"),
        (elsewhere, Role.SPECIALIST, "agency_answered"),
        (lambda: finish(receive()), Role.RECEPTION, "return_result"),
        (late, Role.SPECIALIST, "draft_apology"),
        (drafted, Role.LEADER, "sign_apology"),
        (signed, Role.CLERK, "send_apology"),
        (receive, Role.INSPECTOR, None),
        (lambda: hand_out(receive()), Role.RECEPTION, None),
    ],
)
def test_the_main_action_is_what_this_person_does_next(client, make, role, main):
    dossier = make()

    choices = page_of(client, dossier, officer(dossier.unit, role)).context["choices"]

    assert (choices.main.name if choices.main else None) == main


def test_what_one_may_not_do_is_not_offered(client):
    dossier = receive()

    choices = page_of(client, dossier, officer(dossier.unit, Role.CASHIER)).context["choices"]

    assert (names_of(choices.usual), choices.rare) == (["attach", "charge"], [])


def test_what_ends_the_dossier_stands_apart(client):
    dossier = register()

    choices = page_of(client, dossier, officer(dossier.unit)).context["choices"]

    assert names_of(choices.rare) == ["deny", "withdraw"]


def test_while_a_colleague_edits_the_page_says_who_and_hides_the_button(client):
    dossier = receive()
    actions.hold_for_editing(dossier, by=officer(dossier.unit, full_name="Lê Thị Giữ"), at=NOW)

    content = page_of(client, dossier).content.decode()

    assert "Lê Thị Giữ đang sửa hồ sơ này, giữ đến 09:17." in content
    assert reverse("dossiers:finish_step", args=[dossier.code]) not in content


def test_leaving_lets_go(client):
    dossier = receive()
    by = officer(dossier.unit)
    actions.hold_for_editing(dossier, by=by, at=NOW)
    client.force_login(by)

    response = client.post(reverse("dossiers:let_go", args=[dossier.code]))

    assert (response.status_code, Dossier.objects.get().locked_by) == (302, None)


# ---- personal data ---------------------------------------------------------------------------------------
def test_numbers_are_masked(client):
    content = page_of(client, receive(person=PERSON)).content.decode()

    assert ("038190000123" in content, "0912 345 678" in content, "lan@vidu.vn" in content) == (False,) * 3
    assert ("038*****0123" in content, "091* *** 678" in content, "l***@vidu.vn" in content) == (True,) * 3


def test_unmasking_is_a_post_and_written_down(client):
    dossier = receive(person=PERSON)
    by = officer(dossier.unit)
    client.force_login(by)
    address = reverse("dossiers:reveal", args=[dossier.code])

    shown = client.post(address)

    assert "038190000123" in shown.content.decode()
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert list(Viewing.objects.filter(what="reveal").values_list("staff", flat=True)) == [by.pk]
    assert client.get(address).status_code == 405


def test_looking_is_written_down(client):
    dossier = receive()
    by = officer(dossier.unit)

    for _n in range(2):
        page_of(client, dossier, by)

    assert list(Viewing.objects.values_list("staff", "what")) == [(by.pk, "view")]


# ---- who -------------------------------------------------------------------------------------------------
def test_another_unit_does_not_find_it(client):
    assert page_of(client, receive(), everyone_of(UnitFactory())).status_code == 404


def test_a_unit_that_was_asked_for_its_opinion_finds_it(client):
    dossier, other = receive(), UnitFactory()
    facts = {"unit": other, "question": "?", "due_at": NOW + timedelta(days=1)}
    actions.consult(dossier, **facts, by=officer(dossier.unit), at=MONDAY)

    response = page_of(client, dossier, officer(other, Role.SPECIALIST))

    assert response.status_code == 200
    assert "Trả lời" in response.content.decode()


def test_the_administrator_of_the_installation_finds_every_dossier(client):
    dossier = receive()
    administrator = officer(UnitFactory(), Role.UNIT_ADMIN, is_superuser=True)

    assert page_of(client, dossier, administrator).status_code == 200


@pytest.mark.parametrize("name", ["detail", "reveal", "let_go"])
def test_who_is_not_signed_in_signs_in_first(client, name):
    dossier = receive()
    method = client.get if name == "detail" else client.post

    response = method(reverse(f"dossiers:{name}", args=[dossier.code]))

    assert response.headers["Location"].startswith(reverse("account_login"))


def test_a_code_of_another_shape_is_no_address(client):
    client.force_login(officer(UnitFactory()))

    answers = [client.get(f"/ho-so/{code}/").status_code for code in ("x", "H56-261123-1", "H56.14-261123-9999")]

    assert answers == [404, 404, 404]


# ---- files -----------------------------------------------------------------------------------------------
def with_scan(dossier: Dossier):
    scan = check_upload(SimpleUploadedFile("don.pdf", PDF))
    actions.attach_files(dossier, [scan], FileKind.PAPER, by=officer(dossier.unit), at=MONDAY)
    return dossier.files.get()


def test_a_scan_is_handed_to_who_may_see_the_dossier(client):
    dossier = receive()
    file = with_scan(dossier)
    client.force_login(officer(dossier.unit, Role.SPECIALIST))

    response = client.get(reverse("dossiers:file", args=[dossier.code, file.pk]), {"xem": ""})

    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_a_scan_is_not_handed_to_strangers_nor_under_another_code(client):
    dossier, other = receive(), receive()
    file = with_scan(dossier)
    client.force_login(everyone_of(other.unit))

    answers = [client.get(reverse("dossiers:file", args=[d.code, file.pk])).status_code for d in (dossier, other)]

    assert answers == [404, 404]


def test_a_scan_needs_signing_in(client):
    file = with_scan(receive())

    response = client.get(reverse("dossiers:file", args=[file.dossier.code, file.pk]))

    assert response.headers["Location"].startswith(reverse("account_login"))


# ---- how much it costs -----------------------------------------------------------------------------------
STATEMENTS = 20


@pytest.mark.parametrize("papers", [1, 3])
def test_the_page_takes_the_same_statements_for_a_long_dossier(client, django_assert_num_queries, papers):
    dossier = receive(papers=[PaperIn(name=f"Giấy {n}") for n in range(papers)])
    by = everyone_of(dossier.unit)
    for paper in dossier.papers.all():
        actions.attach_papers(
            dossier, Attachment(paper_id=paper.pk, paper_place="Tủ 1"), by=by, at=MONDAY
        )  # fmt: skip
    page_of(client, dossier, by)

    with django_assert_num_queries(STATEMENTS):
        client.get(reverse("dossiers:detail", args=[dossier.code]))
