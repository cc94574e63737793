"""Forms whose questions are data. The data here is of the shape that `declarations` gives, made by hand."""

from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from thanthien.ui.declared import GroupForm
from thanthien.ui.declared_inputs import kept_number, kept_value, shown_value


def box(path, kind="text", **more):
    usual = dict(label=path, need="optional", help="", choices=(), several=False, lines=1, unit="", part="")
    return SimpleNamespace(path=path, kind=kind, **(usual | more))


def question(code, kind="text", inputs=None, **more):
    usual = dict(label=code, need="required", help="", shown_if=None, borrowed=(), columns=())
    made = [box(code, kind, need="required", **{k: v for k, v in more.items() if k == "choices"})]
    return SimpleNamespace(code=code, kind=kind, inputs=made if inputs is None else inputs, **(usual | more))


def only_if(field, value):
    clause = SimpleNamespace(field=field, op="is", value=value, other="")
    return SimpleNamespace(match="all", clauses=(clause,))


WAY = question("way", "choice", choices=(("home", "tại nhà"), ("desk", "tại quầy")))
PLACE = question("place", shown_if=only_if("way", "home"))
BORN = question("born", "date")
LAN = question("lan", "person", inputs=[box("lan.full_name", part="full_name"), box("lan.birth_date", "date")])
COLUMNS = (SimpleNamespace(code="name", label="Tên", kind="text", need="required"),
           SimpleNamespace(code="count", label="Số", kind="number", need="optional"))  # fmt: skip
PAPERS = question("papers", "table", inputs=[], columns=COLUMNS)
GROUP = SimpleNamespace(code="g", title="Nhóm", help="", shown_if=None, fields=(WAY, PLACE, BORN, LAN, PAPERS))
ASKED = {"way", "born", "lan", "papers"}


def sent(text):
    return QueryDict("&".join(["asked=way&asked=born&asked=lan&asked=papers", text]))


def problem(field, blocks=True):
    return SimpleNamespace(field=field, message="Còn thiếu.", remedy="Xin ghi.", blocks=blocks)


def page(form):
    return render_to_string("ui/declared/group.html", {"form": form})


def test_known_answers_stand_in_their_boxes_as_people_write_them():
    answers = {"born": "2026-02-10", "lan": {"full_name": "Trần Thị Lan"}, "papers": [{"name": "Sổ", "count": "1.5"}]}

    html = page(GroupForm(GROUP, answers, asked=ASKED))

    assert [text in html for text in ('value="10/02/2026"', 'value="Trần Thị Lan"', 'value="Sổ"', 'value="1,5"')] == [
        True
    ] * 4


def test_question_that_is_not_asked_yet_is_there_for_the_script_but_sends_nothing():
    html = page(GroupForm(GROUP, {}, asked=ASKED))

    assert html.count("hidden disabled>") == 1
    assert 'data-shown-if="{&quot;match&quot;: &quot;all&quot;' in html


def test_answers_are_plain_and_what_cannot_be_read_stays():
    data = sent(
        "way=home&born=10.2.2026&lan.full_name= Lan &lan.birth_date=mai"
        "&papers.0.name=S%E1%BB%95&papers.0.count=1.234,5&papers.1.name="
    )

    form = GroupForm(GROUP, {}, asked=ASKED, data=data)

    assert form.answers() == {
        "way": "home",
        "born": "2026-02-10",
        "lan": {"full_name": "Lan", "birth_date": "mai"},
        "papers": [{"name": "Sổ", "count": "1234.5"}],
    }


def test_new_question_is_shown_and_not_held_against_anybody():
    form = GroupForm(GROUP, {}, asked=ASKED, data=sent("way=home"))

    form.settle(ASKED | {"place"}, [problem("place")])

    assert (form.is_done, form.has_new_questions, form.errors) == (False, True, {})
    assert "mở thêm câu hỏi" in page(form)
    assert "hidden disabled" not in page(form)


def test_fault_stands_beside_its_box_and_nothing_typed_is_lost():
    form = GroupForm(GROUP, {}, asked=ASKED, data=sent("lan.full_name=Lan&lan.birth_date=mai"))

    form.settle(ASKED, [problem("lan.birth_date"), problem("papers"), problem("else")])

    assert dict(form.errors) == {"lan.birth_date": ["Còn thiếu. Xin ghi."], "papers.0.name": ["Còn thiếu. Xin ghi."]}
    assert 'value="mai"' in page(form)
    assert not form.is_done


def test_warning_is_told_and_blocks_nothing():
    form = GroupForm(GROUP, {}, asked=ASKED, data=sent("way=desk"))

    form.settle(ASKED, [problem("lan.full_name", blocks=False)])

    assert form.is_done
    assert "Còn thiếu. Xin ghi." in page(form)


def test_another_row_is_given_without_judging_the_others():
    form = GroupForm(GROUP, {}, asked=ASKED, data=sent("papers.0.name=A&more=papers"))

    form.settle(ASKED, [problem("papers")])

    assert (form.is_done, form.errors) == (False, {})
    assert 'name="papers.1.name"' in page(form)


def test_what_was_answered_before_stays_while_its_question_is_away():
    form = GroupForm(GROUP, {"place": "Thôn 2"}, asked=ASKED, data=sent("way=desk"))

    assert "place" not in form.answers()
    assert 'value="Thôn 2"' in page(form)


def test_person_who_is_somebody_else_is_away_when_the_script_may_know_it():
    lender = SimpleNamespace(field="way", answer="home", person="mother")
    group = SimpleNamespace(
        code="g",
        title="",
        help="",
        shown_if=None,
        fields=(WAY, question("who", "person", inputs=[box("who.full_name")], borrowed=(lender,))),
    )

    known = GroupForm(group, {}, asked={"way", "who", "mother"}).units[1].condition
    unknown = GroupForm(group, {}, asked={"way", "who"}).units[1].condition

    assert '"unless": [{"field": "way", "op": "is", "value": "home"}]' in known
    assert unknown == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1.234,5", "1234.5"),
     ("1.234", "1234"),
     ("1,5", "1.5"),
     ("12", "12"),
     ("-3", "-3"),
     ("1.5", "1.5"),
     ("hai", "hai"),
     ("1,,2", "1,,2"),
     ("", ""),
     ("9" * 30, "9" * 30),
     ("1_0", "1_0")],
)  # fmt: skip
def test_numbers_are_read_as_vietnamese_write_them(typed, kept):
    assert kept_number(typed) == kept


def test_days_that_are_none_are_shown_as_they_were_typed():
    assert (shown_value("2026-13-40"), kept_value("date", "31/02/2026")) == ("2026-13-40", "31/02/2026")
