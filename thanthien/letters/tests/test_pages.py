"""The pages of letters: what stands on them, what is refused beside its field, what they cost."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from thanthien.core.idempotency import FIELD, new_key
from thanthien.dossiers.factories import MONDAY, an_offering, officer, receive
from thanthien.letters.enums import Occasion, State, Way
from thanthien.letters.factories import (
    BIRTH,
    a_letter,
    a_stroke,
    an_offering_of,
    clerk,
    confirmed,
    handed,
    head,
    registered,
    signed,
    whole,
)
from thanthien.letters.models import Letter, LetterText, OccasionRule, Signature, WrongName
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory(name="UBND xã Mẫu", head_title="CHỦ TỊCH")


def at(name, *args):
    return reverse(f"letters:{name}", args=args)


def send(client, address, **fields):
    return client.post(address, fields | {FIELD: new_key()})


def words(response):
    return " ".join(response.content.decode().split())


# ---- the list ------------------------------------------------------------------------------------------------
def test_the_list_shows_what_waits_and_not_what_is_done_or_elsewhere(client, unit):
    a_letter(unit, addressee="Bà Còn Chờ")
    handed(a_letter(unit, addressee="Bà Đã Nhận"))
    a_letter(UnitFactory(), addressee="Bà Nơi Khác")
    client.force_login(clerk(unit))

    page = words(client.get(at("list")))

    assert [name in page for name in ("Bà Còn Chờ", "Bà Đã Nhận", "Bà Nơi Khác")] == [True, False, False]
    assert "đã trao (1)" in page


def test_names_are_found_without_marks_and_by_kind(client, unit):
    a_letter(unit, addressee="Bà Nguyễn Thị Hường")
    a_letter(unit, Occasion.DEATH, addressee="Gia đình ông Hường")
    client.force_login(clerk(unit))

    found = client.get(at("list"), {"words": "huong", "kind": "thanks"})

    assert [letter.addressee for letter in found.context["page"]] == ["Bà Nguyễn Thị Hường"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_statements_for_many(client, unit, count, django_assert_num_queries):
    for _letter in range(count):
        a_letter(unit, Occasion.DEATH)
    client.force_login(clerk(unit))
    client.get(at("list"))

    with django_assert_num_queries(8):
        client.get(at("list"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_book_takes_the_same_statements_for_many(client, unit, count, django_assert_num_queries):
    for _letter in range(count):
        signed(a_letter(unit))
    client.force_login(clerk(unit))
    client.get(at("book"))

    with django_assert_num_queries(5):
        client.get(at("book"), {"first": "01/11/2026", "last": "30/11/2026"})


def test_a_leader_signs_those_that_are_ticked_once_however_often_the_form_is_sent(client, unit):
    letters = [whole(a_letter(unit)) for _ in range(3)]
    stranger = whole(a_letter(UnitFactory()))
    client.force_login(head(unit))
    form = {"pick": [letter.pk for letter in (*letters[:2], stranger)], FIELD: new_key()}

    answers = [client.post(at("sign_many"), form) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert list(Letter.objects.order_by("pk").values_list("number", flat=True)) == [1, 2, None, None]


def test_a_bad_tick_is_a_sentence_and_no_signature(client, unit):
    client.force_login(head(unit))

    answer = send(client, at("sign_many"), pick=["x", "99999999999999999999999"])

    assert answer.status_code == 403
    assert "Chưa chọn thư nào" in words(answer)


def test_the_ticked_ones_are_one_file(client, unit):
    letters = [signed(a_letter(unit)) for _ in range(2)]
    client.force_login(clerk(unit))

    answer = client.post(at("print_many"), {"pick": [letter.pk for letter in letters]})

    assert answer.headers["Content-Type"] == "application/pdf"
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 2


# ---- one letter ----------------------------------------------------------------------------------------------
def test_what_is_missing_is_named_and_marked(client, unit):
    letter = a_letter(unit)
    client.force_login(clerk(unit))

    page = words(client.get(at("detail", letter.pk)))

    assert "Xin điền: quà tặng, dùng vào việc." in page
    assert "<mark>quà tặng</mark>" in page


def test_names_typed_as_markup_stay_words(client, unit):
    letter = a_letter(unit, addressee="<script>alert(1)</script>")
    client.force_login(clerk(unit))

    assert "<script>alert(1)" not in words(client.get(at("detail", letter.pk)))


def test_a_stranger_finds_nothing(client, unit):
    letter = a_letter(unit)
    client.force_login(head(UnitFactory()))

    answers = [
        client.get(at(name, letter.pk)).status_code for name in ("detail", "paper", "change", "sign", "evidence")
    ]

    assert answers == [404] * 5


def test_an_unknown_name_stands_beside_the_text_and_nothing_typed_is_lost(client, unit):
    letter = a_letter(unit)
    client.force_login(clerk(unit))
    form = {"addressee": "Bà Tặng", "title": "Thư cảm ơn", "body": "Cảm ơn {tên trẻ}.", "fact_0": "xe lăn"}

    answer = send(client, at("change", letter.pk), **form, signer="leader", paper="letter_card", way="home")

    assert answer.status_code == 422
    assert "Không có tên «{tên trẻ}» cho dịp này" in words(answer)
    assert (answer.context["form"]["body"].value(), "xe lăn" in words(answer)) == ("Cảm ơn {tên trẻ}.", True)


def test_filling_in_and_signing_from_page_to_page(client, unit):
    letter = a_letter(unit)
    client.force_login(clerk(unit))
    form = {"addressee": "Bà Tặng", "title": letter.title, "body": letter.body, "fact_0": "xe lăn", "fact_1": "đón"}
    send(client, at("change", letter.pk), **form, signer="leader", paper="letter_card", way="home")
    client.force_login(head(unit))

    answer = send(client, at("sign", letter.pk))

    letter.refresh_from_db()
    assert (answer.url, letter.state, letter.facts["quà tặng"]) == (at("detail", letter.pk), State.SIGNED, "xe lăn")


def test_an_addressee_that_is_missing_is_a_sentence_when_it_is_to_be_signed(client, unit):
    letter = a_letter(unit, Occasion.MARRIAGE, addressee="")
    client.force_login(head(unit))

    answer = client.get(at("sign", letter.pk))

    assert answer.status_code == 403
    assert "Thư còn thiếu" in words(answer)


def test_handing_over_without_proof_is_refused_on_the_page_and_keeps_what_was_typed(client, unit):
    letter = signed(a_letter(unit))
    client.force_login(clerk(unit))

    answer = send(client, at("hand_over", letter.pk), way="post", recipient="Bà Tặng")

    assert answer.status_code == 422
    assert "Xin ghi số vận đơn bưu chính." in words(answer)
    assert answer.context["form"]["recipient"].value() == "Bà Tặng"


def test_a_photograph_of_the_receipt_is_kept_and_shown_to_the_office_only(client, unit):
    letter = signed(a_letter(unit))
    client.force_login(clerk(unit))
    picture = a_stroke().content
    picture.seek(0)
    picture.name = "ky-nhan.png"

    send(client, at("hand_over", letter.pk), way="home", recipient="Bà Tặng", file=picture)

    assert client.get(at("evidence", letter.pk)).headers["Content-Type"] == "image/png"


def test_an_evidence_that_is_no_picture_is_refused_beside_its_field(client, unit):
    letter = signed(a_letter(unit))
    client.force_login(clerk(unit))
    rubbish = io.BytesIO(b"MZ rubbish")
    rubbish.name = "ky-nhan.png"

    answer = send(client, at("hand_over", letter.pk), way="home", recipient="Bà Tặng", file=rubbish)

    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors


def test_confirming_cancelling_answering_reporting_and_closing_have_pages(client, unit):
    by, leader = clerk(unit), head(unit)
    condolence = whole(a_letter(unit, Occasion.DEATH))
    client.force_login(by)
    send(client, at("confirm", condolence.pk))
    draft, done, wrong = a_letter(unit), handed(a_letter(unit)), handed(a_letter(unit))
    send(client, at("cancel", draft.pk), reason="Viết nhầm")
    send(client, at("answer", done.pk), answer="Tôi cảm ơn")
    send(client, at("wrong_name", wrong.pk), what="Sai tên")
    client.force_login(leader)
    send(client, at("close_wrong_name", wrong.pk), apologised_by="Chủ tịch", prevention="Đối chiếu")

    states = [Letter.objects.get(pk=letter.pk) for letter in (condolence, draft, done)]
    assert states[0].confirmations.get().by == by
    assert (states[1].cancel_reason, states[2].answer) == ("Viết nhầm", "Tôi cảm ơn")
    assert WrongName.objects.get().closed_at


# ---- writing, books ------------------------------------------------------------------------------------------
def test_a_thank_you_is_written_on_one_page(client, unit):
    client.force_login(clerk(unit))
    form = {"addressee": "Ông  Lý Văn Bình", "cause": "Góp ý tháng 10", "fact_0": "ghế cứng", "fact_1": "ghế tựa"}

    answer = send(client, at("write", "opinion"), **form)

    letter = Letter.objects.get()
    assert answer.url == at("detail", letter.pk)
    assert (letter.addressee, letter.kind, letter.is_whole) == ("Ông Lý Văn Bình", "thanks", True)


def test_without_addressee_the_form_comes_back(client, unit):
    client.force_login(clerk(unit))

    answer = send(client, at("write", "opinion"), cause="Góp ý")

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["addressee"])


@pytest.mark.parametrize("occasion", ["birth", "delay", "khong-co"])
def test_what_a_dossier_tells_of_is_not_written_by_hand(client, unit, occasion):
    client.force_login(clerk(unit))

    assert client.get(at("write", occasion)).status_code == 404


def test_the_book_as_excel_has_cause_addressee_signer_way_proof_and_no_formula(client, unit):
    handed(a_letter(unit, addressee="=1+1", cause="@SUM(A1)"), way=Way.HOME, evidence="Trưởng thôn 2")
    client.force_login(clerk(unit))

    answer = client.get(at("book_excel"), {"first": "01/11/2026", "last": "30/11/2026"})

    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    row = [cell.value for cell in list(sheet.rows)[-1]]
    assert (row[0], row[3], row[5], row[6]) == ("01/2026", "=1+1", "@SUM(A1)", "Phạm Thị Đứng Đầu")
    assert {cell.data_type for cell in list(sheet.rows)[-1]} <= {"s", "d", "n", "inlineStr"}


def test_figures_open_the_records_behind_them(client, unit):
    handed(a_letter(unit, addressee="Bà Tặng Xe"))
    client.force_login(clerk(unit))
    period = {"first": "23/11/2026", "last": "23/11/2026"}

    figures, records = client.get(at("figures"), period), client.get(at("figure_records", "thanks"), period)

    assert figures.context["total"] == 1
    assert "Bà Tặng Xe" in words(records)
    assert client.get(at("figure_records", "khong-co")).status_code == 404


# ---- how a unit writes ---------------------------------------------------------------------------------------
def test_words_are_saved_in_versions_and_older_ones_can_be_opened_again(client, unit):
    client.force_login(clerk(unit))
    for body in ("Cảm ơn {quà tặng}.", "Xin cảm ơn {quà tặng}."):
        send(client, at("text", "gift"), title="Thư cảm ơn", body=body, note="sửa")

    older = client.get(at("text", "gift"), {"from": "1"})

    assert list(LetterText.objects.order_by("version").values_list("version", "body")) == [
        (1, "Cảm ơn {quà tặng}."), (2, "Xin cảm ơn {quà tặng}."),
    ]  # fmt: skip
    assert older.context["form"]["body"].value() == "Cảm ơn {quà tặng}."
    assert client.get(at("text", "gift"), {"from": "9"}).status_code == 404


def test_words_with_an_unknown_name_are_not_saved(client, unit):
    client.force_login(clerk(unit))

    answer = send(client, at("text", "gift"), title="Thư", body="Cảm ơn {ai đó}.", note="sửa")

    assert (answer.status_code, LetterText.objects.count()) == (422, 0)
    assert "Không có tên «{ai đó}»" in words(answer)


def test_the_preview_shows_the_paper_or_the_fault(client, unit):
    client.force_login(clerk(unit))

    good = client.post(at("preview", "gift"), {"title": "Thư", "body": "Cảm ơn {quà tặng}."})
    bad = client.post(at("preview", "gift"), {"title": "Thư", "body": "Cảm ơn {"})

    assert ("data:image/png;base64," in words(good), "dấu ngoặc nhọn" in words(bad)) == (True, True)


def test_what_a_unit_decides_for_an_occasion_is_kept(client, unit):
    client.force_login(clerk(unit))
    form = {"signer": "head", "paper": "letter", "way": "home", "procedures": "1.000656; 9.9", "quiet_days": "49"}

    answer = send(client, at("rule", "death"), **form)

    rule = OccasionRule.objects.get()
    assert (answer.url, rule.is_on, rule.procedures, rule.quiet_days) == (at("rules"), False, ["1.000656", "9.9"], 49)


def test_a_leader_keeps_a_signature_and_sees_it(client, unit):
    client.force_login(head(unit))
    picture = a_stroke().content
    picture.seek(0)
    picture.name = "chu-ky.png"

    send(client, at("signature"), picture=picture)

    assert Signature.objects.get().picture in words(client.get(at("signature")))


# ---- beside the dossier --------------------------------------------------------------------------------------
def test_the_letter_stands_where_the_result_is_returned(client, committed):
    offering = an_offering_of(BIRTH)
    with committed():
        dossier = registered(BIRTH, offering=offering)
    letter = signed(Letter.objects.get())
    client.force_login(officer(offering.unit, Role.RETURN))

    page = words(client.get(reverse("dossiers:return_result", args=[dossier.code])))

    assert "Trao cùng kết quả" in page
    assert at("hand_over", letter.pk) in page


def test_a_dossier_without_letter_says_nothing_of_letters(client):
    dossier = receive(offering=an_offering())
    client.force_login(officer(dossier.unit, Role.RECEPTION))

    assert "Thư gửi gia đình" not in words(client.get(reverse("dossiers:detail", args=[dossier.code])))


def test_a_condolence_shows_who_has_confirmed(client, unit):
    letter = confirmed(whole(a_letter(unit, Occasion.DEATH, at=MONDAY)))
    client.force_login(head(unit))

    assert words(client.get(at("detail", letter.pk))).count("Ký thư") >= 1
    assert "2/2 xác nhận" in words(client.get(at("detail", letter.pk)))
