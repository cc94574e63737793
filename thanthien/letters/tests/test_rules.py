"""Words and their names: what is filled in, what is missing, what is refused."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thanthien.core.rules import Refused
from thanthien.letters.queries import built_in
from thanthien.letters.queries.printing import EXAMPLES
from thanthien.letters.rules import NAMES, check_text, fill, missing_in, names_in, names_of, paragraphs, same_words

CODES = list(NAMES)
# Persons and places that a text might have kept from whoever wrote it (the fault of a real system: FEATURES 5.26).
LITERAL = re.compile(
    r"Nguyễn|Trần|Phạm|phường|xã |thị trấn|Sen Hồng|Mẫu|\d{2}/\d{2}/\d{4}|\d{9,}|\.{3}|…|XXX|\[|\]|<|>"
)


@pytest.mark.parametrize("code", CODES)
def test_no_name_in_braces_survives_in_a_built_in_letter_and_no_person_stands_in_its_text(code):
    text, facts = built_in(code), {name: EXAMPLES.get(name, name) for name in names_of(code)}

    printed = fill(f"{text.title}\n{text.body}", facts)

    assert (set("{}") & set(printed), missing_in(text.body, facts)) == (set(), [])
    assert LITERAL.search(re.sub(r"\{[^}]*\}", "", f"{text.title} {text.body}")) is None


@pytest.mark.parametrize("code", CODES)
def test_built_in_letters_are_courteous_and_whole(code):
    text = built_in(code)

    check_text(code, text.title, text.body)
    assert "!" not in text.body
    assert text.body.endswith("./.")
    assert len(paragraphs(text.body)) in (4, 5, 6)


def test_every_built_in_text_belongs_to_an_occasion():
    folder = Path(__file__).parents[1] / "data"

    assert sorted(path.stem for path in folder.glob("*.txt")) == sorted(map(str, CODES))


def test_every_name_has_an_example_for_the_preview():
    named = {name for code in CODES for name in names_of(code)} - {"cơ quan", "địa phương", "liên hệ"}

    assert named <= set(EXAMPLES)


def test_an_unknown_name_is_refused_with_those_that_there_are():
    with pytest.raises(Refused) as refusal:
        check_text("gift", "Thư cảm ơn", "Cảm ơn {tên trẻ}.")

    assert str(refusal.value) == (
        "Không có tên «{tên trẻ}» cho dịp này. Các tên dùng được: "
        "{người nhận}, {cơ quan}, {địa phương}, {liên hệ}, {quà tặng}, {dùng vào việc}."
    )


@pytest.mark.parametrize("body", ["Cảm ơn {quà tặng", "Cảm ơn quà tặng}", "{{quà tặng}}", "{}", "{quà\ntặng}"])
def test_a_brace_that_names_nothing_is_refused(body):
    with pytest.raises(Refused):
        check_text("gift", "Thư cảm ơn", body)


@given(
    facts=st.dictionaries(st.sampled_from(names_of("birth")), st.text(max_size=40), max_size=8),
    before=st.text(alphabet=st.characters(exclude_characters="{}"), max_size=30),
)
def test_facts_go_in_once_letter_for_letter_and_never_name_others(facts, before):
    """A fact with braces in it is not looked at again: no value can pull in another's."""
    names = names_of("birth")
    text = before + "|".join(f"{{{name}}}" for name in names)

    filled = fill(text, facts)

    assert filled == before + "|".join(facts.get(name) or f"{{{name}}}" for name in names)
    assert missing_in(text, facts) == [name for name in names if not facts.get(name)]


def test_names_are_found_once_in_their_order_and_spaces_inside_do_not_matter():
    assert names_in("{ý kiến} và {thay đổi}, { ý kiến }") == ["ý kiến", "thay đổi"]
    assert fill("{ ý kiến }", {"ý kiến": "thêm ghế"}) == "thêm ghế"


@pytest.mark.parametrize("typst", ['#read("/etc/passwd")', "#sys.inputs", "= Tiêu đề", "*đậm* _nghiêng_", "$x$", "@a"])
def test_words_of_typst_stay_words(typst):
    assert paragraphs(f"Một.\n\n{typst}") == ("Một.", typst)


def test_an_empty_line_ends_a_paragraph_and_nothing_else_does():
    assert paragraphs("Một\nhai.\n \nBa.\n\n\n\nBốn.") == ("Một hai.", "Ba.", "Bốn.")


@pytest.mark.parametrize("second", ["tôi  XIN lỗi, ông/bà", "Tôi xin lỗi ông / bà!!", "TÔI XIN LỖI ÔNG/BÀ"])
def test_the_same_words_are_the_same_whatever_their_dress(second):
    assert same_words("Tôi xin lỗi ông/bà.") == same_words(second)
