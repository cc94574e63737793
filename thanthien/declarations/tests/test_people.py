"""What a declaration tells of the people it names, beside their own fields."""

from datetime import date

import pytest

from thanthien.declarations.actions.starting import built_in
from thanthien.declarations.factories import small_content
from thanthien.declarations.queries import sheet_of, trial_sheet
from thanthien.declarations.rules import Invalid, content_from, people

DEATH = content_from(dict(built_in())["1.000656"])
NAMED = {"full_name": "Trần Thị Lan", "personal_id": "035195001234"}


def test_people_carry_when_they_died_and_what_they_are_to_whom_the_form_is_about():
    told = {
        "deceased": {"full_name": "Lê Văn Mẫu", "sex": "male"}, "died_on": "2026-02-20", "relation": "child",
        "requester": NAMED,
    }  # fmt: skip

    deceased, requester = people(DEATH, told)

    assert (deceased.died_on, deceased.relation) == (date(2026, 2, 20), "")
    assert (requester.died_on, requester.relation) == (None, "child")


@pytest.mark.parametrize("wrong", [["child"], {"a": "b"}, None, 5])
def test_relation_that_is_no_text_is_none(wrong):
    (requester,) = people(DEATH, {"requester": NAMED, "relation": wrong, "died_on": "hôm qua"})

    assert (requester.relation, requester.died_on) == ("", None)


@pytest.mark.parametrize("tie", [{"died_on": "place"}, {"died_on": "nowhere"}, {"related_by": "person"}])
def test_what_is_told_of_a_person_elsewhere_must_be_there_and_say_it(tie):
    raw = small_content()
    person = next(field for group in raw["groups"] for field in group["fields"] if field["code"] == "person")
    person |= tie

    with pytest.raises(Invalid) as refused:
        content_from(raw)

    assert [fault.where for fault in refused.value.faults] == ["person"]


@pytest.mark.parametrize(
    ("code", "told", "signers"),
    [
        ("1.001193", {"child": {"full_name": "Lê An"}, "requester": NAMED}, ("Trần Thị Lan",)),
        ("1.000656", {"deceased": {"full_name": "Lê Văn Mẫu"}, "requester": NAMED}, ("Trần Thị Lan",)),
        ("1.000656", {"deceased": {"full_name": "Lê Văn Mẫu"}}, ()),
        ("1.000894", {"husband": {"full_name": "Lê Nam"}, "wife": NAMED}, ("Trần Thị Lan", "Lê Nam")),
    ],
)
def test_sheet_is_signed_by_who_asks_or_by_both_spouses(code, told, signers):
    content = content_from(dict(built_in())[code])

    assert sheet_of(content, told)["signers"] == signers
    assert trial_sheet(content, told).signers == signers


def test_over_each_signature_stands_as_whom_one_signs():
    marriage = content_from(dict(built_in())["1.000894"])
    both = {"husband": {"full_name": "Lê Nam"}, "wife": NAMED}

    assert sheet_of(marriage, both)["signer_titles"] == ("Bên nữ", "Bên nam")
    assert sheet_of(DEATH, {"requester": NAMED})["signer_titles"] == ("Người yêu cầu",)


def test_label_that_is_a_question_stands_on_paper_without_its_mark():
    told = {"deceased": {"full_name": "Lê Văn Mẫu", "address": "Thôn 1"}}

    labels = [line.label for line in sheet_of(DEATH, told)["groups"][0].lines]

    assert "Nơi cư trú cuối cùng" in labels
