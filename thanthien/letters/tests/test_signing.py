"""Two people confirm, a leader signs, the book counts: nothing incomplete, nothing unseen, nothing twice."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from thanthien.core import timeline
from thanthien.core.documents.issuing import documents_of
from thanthien.core.rules import Refused
from thanthien.dossiers.factories import MONDAY, officer
from thanthien.letters import actions
from thanthien.letters.enums import Occasion, Paper, SignerPost, State
from thanthien.letters.factories import a_letter, a_stroke, clerk, confirmed, deputy, head, signed, whole
from thanthien.letters.models import Letter, Signature
from thanthien.letters.queries import Draft
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory(name="UBND xã Mẫu", head_title="CHỦ TỊCH")


def text_of(pdf):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_signing_gives_the_next_number_of_the_year_and_keeps_the_paper(unit):
    by = head(unit)

    first, second = (actions.sign_letters([whole(a_letter(unit))], by=by, at=MONDAY)[0] for _ in range(2))

    assert [letter.reference for letter in (first, second)] == ["01/2026", "02/2026"]
    assert (second.state, second.signed_by, second.signed_at) == (State.SIGNED, by, MONDAY)
    assert documents_of(first.subject).get().kind == Paper.CARD
    assert timeline.entries_of(first.subject).last().text == "Ký thư, sổ thư số 01/2026."


def test_fifty_are_signed_in_one_go_and_fifty_one_are_not(unit):
    by = head(unit)
    letters = [whole(a_letter(unit)) for _ in range(3)]

    signed_ones = actions.sign_letters(letters, by=by, at=MONDAY)

    assert [letter.number for letter in signed_ones] == [1, 2, 3]
    with pytest.raises(Refused, match="không quá 50 thư"):
        actions.sign_letters(letters * 17, by=by, at=MONDAY)


def test_one_bad_letter_among_many_signs_none_and_says_whose_it_is(unit):
    good, bad = whole(a_letter(unit)), a_letter(unit, addressee="Ông Lê Văn Thiếu")

    with pytest.raises(Refused, match=r"Ông Lê Văn Thiếu: Thư còn thiếu: \{quà tặng\}, \{dùng vào việc\}"):
        actions.sign_letters([good, bad], by=head(unit), at=MONDAY)

    assert Letter.objects.filter(state=State.SIGNED).count() == 0


def test_nothing_chosen_is_nothing_signed(unit):
    with pytest.raises(Refused, match="Chưa chọn thư nào"):
        actions.sign_letters([], by=head(unit), at=MONDAY)


def test_a_letter_without_addressee_is_not_signed(unit):
    letter = whole(a_letter(unit))
    letter = actions.change_letter(letter, {}, by=clerk(unit), at=MONDAY, addressee="")

    with pytest.raises(Refused, match="Thư chưa có người nhận"):
        actions.sign_letters([letter], by=head(unit), at=MONDAY)


@pytest.mark.parametrize("roles", [[Role.CLERK], [Role.DIVISION_HEAD], [Role.UNIT_ADMIN]])
def test_only_leaders_sign(unit, roles):
    with pytest.raises(Refused, match="Việc này dành cho"):
        actions.sign_letters([whole(a_letter(unit))], by=officer(unit, *roles), at=MONDAY)


def test_a_leader_of_another_unit_does_not_sign(unit):
    with pytest.raises(Refused, match="Thư thuộc đơn vị khác"):
        actions.sign_letters([whole(a_letter(unit))], by=head(UnitFactory()), at=MONDAY)


def test_what_is_signed_is_neither_changed_nor_signed_again(unit):
    letter = signed(a_letter(unit))

    for again in (lambda: actions.sign_letters([letter], by=head(unit), at=MONDAY), lambda: whole(letter)):
        with pytest.raises(Refused, match="Thư đã ký hoặc đã hủy"):
            again()


def test_a_deputy_signs_for_the_head_but_not_what_the_head_must_sign(unit):
    usual = whole(a_letter(unit))
    highest = whole(a_letter(unit), signer=SignerPost.HEAD)

    letter = actions.sign_letters([usual], by=deputy(unit), at=MONDAY)[0]

    with pytest.raises(Refused, match="người đứng đầu trực tiếp ký"):
        actions.sign_letters([highest], by=deputy(unit), at=MONDAY)
    paper = text_of(actions.print_letter(letter, at=MONDAY))
    assert "TM. ỦY BAN NHÂN DÂN" in paper
    assert "KT. CHỦ TỊCH" in paper
    assert "PHÓ CHỦ TỊCH" in paper


def test_the_head_of_a_division_signs_by_order_where_the_unit_lets_them(unit):
    letter = whole(a_letter(unit), signer=SignerPost.DIVISION)
    by = officer(unit, Role.DIVISION_HEAD, title="Giám đốc Trung tâm", full_name="Vũ Văn Trung")

    letter = actions.sign_letters([letter], by=by, at=MONDAY)[0]

    paper = text_of(actions.print_letter(letter, at=MONDAY))
    assert "TL. CHỦ TỊCH" in paper
    assert "GIÁM ĐỐC TRUNG TÂM" in paper


# ---- condolences ---------------------------------------------------------------------------------------------
def test_a_condolence_needs_two_different_persons_before_it_is_signed(unit):
    letter = whole(a_letter(unit, Occasion.DEATH))
    first = clerk(unit)
    actions.confirm_names(letter, by=first, at=MONDAY)

    with pytest.raises(Refused, match="Lần xác nhận thứ hai phải do một người khác"):
        actions.confirm_names(letter, by=first, at=MONDAY)
    with pytest.raises(Refused, match="hai người khác nhau xác nhận"):
        actions.sign_letters([letter], by=head(unit), at=MONDAY)

    actions.confirm_names(letter, by=clerk(unit), at=MONDAY)
    assert actions.sign_letters([letter], by=head(unit), at=MONDAY)[0].state == State.SIGNED


def test_changing_a_name_afterwards_takes_both_confirmations_back(unit):
    letter = confirmed(whole(a_letter(unit, Occasion.DEATH)))

    actions.change_letter(letter, {"người mất": "cụ Trần Văn Khác"}, by=clerk(unit), at=MONDAY)

    assert letter.confirmations.count() == 0
    assert "unconfirmed" in timeline.entries_of(letter.subject).values_list("kind", flat=True)


def test_changing_only_the_paper_keeps_them(unit):
    letter = confirmed(whole(a_letter(unit, Occasion.DEATH)))

    actions.change_letter(letter, {}, by=clerk(unit), at=MONDAY, paper=Paper.A4)

    assert letter.confirmations.count() == 2


@pytest.mark.parametrize(
    ("occasion", "reason"), [(Occasion.GIFT, "Chỉ thư chia buồn"), (Occasion.DEATH, "Thư còn thiếu")]
)
def test_only_a_whole_condolence_is_confirmed(unit, occasion, reason):
    with pytest.raises(Refused, match=reason):
        actions.confirm_names(a_letter(unit, occasion), by=clerk(unit), at=MONDAY)


# ---- second delays -------------------------------------------------------------------------------------------
def test_a_second_apology_does_not_reuse_the_words_of_the_first(unit):
    facts = {"cause": "Trễ hẹn", "source": "dossier:1", "addressee": "Ông An"}
    first = whole(a_letter(unit, Occasion.DELAY, **facts))
    second = whole(a_letter(unit, Occasion.DELAY, round=2, **facts), body=f"{first.body} –")

    second = whole(second)

    with pytest.raises(Refused, match="không dùng lại lời của lần trước"):
        actions.sign_letters([second], by=head(unit), at=MONDAY)

    second = whole(second, body="Tôi xin lỗi ông/bà lần thứ hai vì {lý do lần này}.")
    assert actions.sign_letters([second], by=head(unit), at=MONDAY)[0].state == State.SIGNED


# ---- words and paper -----------------------------------------------------------------------------------------
def test_a_changed_text_with_an_unknown_name_is_refused_and_nothing_is_saved(unit):
    letter = a_letter(unit)

    with pytest.raises(Refused, match="Không có tên «{tên trẻ}»"):
        actions.change_letter(letter, {}, by=clerk(unit), at=MONDAY, body="Cảm ơn {tên trẻ}.")

    letter.refresh_from_db()
    assert "{quà tặng}" in letter.body


def test_facts_that_belong_to_another_occasion_are_left_out(unit):
    letter = actions.change_letter(a_letter(unit), {"người mất": "cụ Mẫu"}, by=clerk(unit), at=MONDAY)

    assert "người mất" not in letter.facts


@pytest.mark.parametrize("paper", Paper)
def test_words_reach_the_paper_letter_for_letter_and_are_never_typst(unit, paper):
    nasty = '#read("/etc/passwd") #sys.inputs *x* $y$ {tên}'
    letter = whole(a_letter(unit), paper=paper)
    letter = actions.change_letter(letter, {"quà tặng": nasty}, by=clerk(unit), at=MONDAY)

    letter = actions.sign_letters([letter], by=head(unit), at=MONDAY)[0]

    squeezed = "".join(text_of(actions.print_letter(letter, at=MONDAY)).split())
    assert "".join(nasty.split()) in squeezed


def test_a_draft_says_so_and_is_not_kept(unit):
    letter = a_letter(unit)

    paper = text_of(actions.print_letter(letter, at=MONDAY))

    assert "BẢN NHÁP" in paper
    assert documents_of(letter.subject).count() == 0


def test_many_are_printed_in_one_file_with_the_words_that_were_signed(unit):
    letters = [signed(a_letter(unit, addressee=f"Bà Nguyễn Thị {name}")) for name in ("Một", "Hai", "Ba")]

    pdf = PdfReader(io.BytesIO(actions.print_many(letters, at=MONDAY)))

    assert [f"Bà Nguyễn Thị {name}" in page.extract_text() for name, page in zip(
        ("Một", "Hai", "Ba"), pdf.pages, strict=True)] == [True] * 3  # fmt: skip


def test_cards_and_sheets_are_printed_apart(unit):
    letters = [signed(whole(a_letter(unit), paper=paper)) for paper in Paper]

    with pytest.raises(Refused, match="khác khổ giấy"):
        actions.print_many(letters, at=MONDAY)
    with pytest.raises(Refused, match="chưa có thư nào được ký"):
        actions.print_many([a_letter(unit)], at=MONDAY)


def test_a_signature_becomes_blue_ink_on_nothing_and_stands_on_the_signers_letters_only(unit):
    by = head(unit)
    actions.keep_signature(a_stroke(), by=by, at=MONDAY)

    mine, other = signed(a_letter(unit), by=by), signed(a_letter(unit), by=deputy(unit))

    pictures = [documents_of(letter.subject).get().data["pictures"] for letter in (mine, other)]
    assert [list(picture) for picture in pictures] == [["signature"], []]
    assert len(Signature.objects.get().picture) < 40_000


def test_a_clerk_keeps_no_signature(unit):
    with pytest.raises(Refused):
        actions.keep_signature(a_stroke(), by=clerk(unit), at=MONDAY)


def test_drafting_for_a_cause_twice_changes_nothing(unit):
    draft = Draft(unit=unit, occasion=Occasion.DELAY, cause="Trễ hẹn", source="dossier:9", addressee="Ông An")
    first = actions.draft_letter(draft, by=clerk(unit), at=MONDAY)

    again = actions.draft_letter(replace(draft, addressee="Bà Bình"), by=clerk(unit), at=MONDAY)

    assert (again.pk, again.addressee) == (first.pk, "Ông An")
