"""Questionnaires as data: what is built in, versions, the editor, out and in."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import translation

from thanthien.core.idempotency import FIELD, new_key
from thanthien.core.rules import Refused
from thanthien.dossiers.factories import MONDAY, officer
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import StaffFactory, UnitFactory
from thanthien.satisfaction import actions, queries
from thanthien.satisfaction.enums import Element, Topic
from thanthien.satisfaction.factories import slip, typist, version_of
from thanthien.satisfaction.models import Survey
from thanthien.satisfaction.rules.surveys import built_in_scales, checked_content, sheet_of

pytestmark = pytest.mark.django_db
SCALE = {
    "look": "levels",
    "options": [
        {"value": 2, "label": {"vi": "Tốt"}, "is_satisfied": True},
        {"value": 1, "label": {"vi": "Chưa tốt"}, "is_satisfied": False},
    ],
}

GOOD = SCALE["options"][0]


def content(**change):
    question = {"key": "overall", "text": {"vi": "Ông/bà hài lòng không?"}, "scale": "three", "overall": True}
    return {"title": {"vi": "Phiếu thử"}, "questions": [question | change]}


# ---- what is built in ------------------------------------------------------------------------------------
def test_scales_and_surveys_are_built_in():
    assert list(built_in_scales()) == ["three", "five", "stars", "smileys"]
    assert list(Survey.objects.values_list("code", flat=True)) == [
        "one-tap", "after-result", "three-levels", "sipas", "nine-contents"
    ]  # fmt: skip


def test_the_five_elements_and_the_nine_contents_are_all_asked():
    elements = {question.element for question in queries.sheet(version_of("sipas")).questions} - {""}
    topics = {question.topic for question in queries.sheet(version_of("nine-contents")).questions} - {""}

    assert (elements, topics) == (set(Element.values), set(Topic.values))


def test_installing_twice_changes_nothing():
    before = version_of("sipas").pk

    actions.install_built_in_surveys()

    assert version_of("sipas").pk == before


def test_a_questionnaire_speaks_the_language_of_the_page():
    with translation.override("en"):
        assert queries.sheet(version_of("one-tap")).title == "Are you satisfied?"
    assert queries.sheet(version_of("one-tap")).title == "Ông/bà có hài lòng không?"


# ---- what may be one -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("x", "không phải một phiếu"),
        ({"questions": []}, "ít nhất một câu"),
        (content(overall=False), "đúng một câu hỏi chung"),
        (content(key="Câu 1"), "mã câu hỏi"),
        (content(text={"vi": " "}), "thiếu lời tiếng Việt"),
        (content(scale="ten"), "không có thang"),
        (content(element="xyz"), "không có nội dung"),
        (content(scale="", **SCALE | {"look": "dice"}), "từ 2 đến"),
        (content(scale="", look="levels", options=SCALE["options"][::-1]), "từ cao đến thấp"),
        (
            content(scale="", look="levels", options=[GOOD | {"value": n} for n in (2, 1)]),
            "chưa hài lòng",
        ),
        (content(scale="", look="levels", options=[{"value": "a"}, {}]), "số nguyên"),
        ({**content(), "questions": content()["questions"] * 2}, "cùng mã"),
        ({**content(), "questions": content()["questions"] * 41}, "nhiều nhất 40"),
        ({**content(), "reasons": "x"}, "nhiều nhất 12"),
        ({**content(), "reasons": [{"code": "X"}]}, "Lý do 1"),
        ({**content(), "title": None}, "Tên phiếu"),
    ],
)
def test_what_is_no_questionnaire_is_refused_with_the_reason(wrong, reason):
    with pytest.raises(Refused, match=reason):
        checked_content(wrong)


def test_an_own_scale_is_kept_and_unknown_parts_are_left_out():
    kept = checked_content(content(scale="", **SCALE, secret="x"))

    question = sheet_of(kept).overall
    assert [option.label for option in question.options] == ["Tốt", "Chưa tốt"]
    assert "secret" not in kept["questions"][0]


# ---- versions --------------------------------------------------------------------------------------------
def test_changing_makes_a_version_and_answers_keep_theirs():
    unit = UnitFactory()
    admin = officer(unit, Role.UNIT_ADMIN)
    survey = actions.copy_survey(Survey.objects.get(code="three-levels"), by=admin, at=MONDAY)
    response = slip(3, unit=unit, by=typist(unit))

    actions.change_survey(survey, content(), note="thử", channels=["link", "xyz"], by=admin, at=MONDAY)

    survey.refresh_from_db()
    assert ([one.number for one in survey.versions.all()], survey.channels) == ([2, 1], ["link"])
    assert response.version == version_of("three-levels")
    assert queries.version_used(unit.pk, "link").survey == survey
    assert queries.version_used(UnitFactory().pk, "link").survey.code == "after-result"


def test_a_questionnaire_that_was_put_away_is_not_used():
    unit = UnitFactory()
    admin = officer(unit, Role.UNIT_ADMIN)
    survey = actions.copy_survey(Survey.objects.get(code="three-levels"), by=admin, at=MONDAY)
    actions.change_survey(survey, content(), note="", channels=["link"], by=admin, at=MONDAY)

    actions.set_active(survey, False, by=admin, at=MONDAY)

    assert queries.version_used(unit.pk, "link").survey.code == "after-result"


def test_built_in_ones_are_changed_by_the_administrator_of_the_installation_alone():
    survey = Survey.objects.get(code="one-tap")
    change = {"note": "", "channels": ["tablet"], "at": MONDAY}

    with pytest.raises(Refused, match="chép thành phiếu riêng"):
        actions.change_survey(survey, content(), by=officer(UnitFactory(), Role.UNIT_ADMIN), **change)
    assert actions.change_survey(survey, content(), by=StaffFactory(superuser=True), **change).number == 2


def test_those_of_another_unit_are_neither_seen_nor_changed():
    survey = actions.copy_survey(
        Survey.objects.get(code="one-tap"), by=officer(UnitFactory(), Role.UNIT_ADMIN), at=MONDAY
    )
    stranger = officer(UnitFactory(), Role.UNIT_ADMIN)

    with pytest.raises(Http404):
        queries.survey_for(stranger, survey.code)
    with pytest.raises(Refused, match="đơn vị khác"):
        actions.change_survey(survey, content(), note="", channels=[], by=stranger, at=MONDAY)


# ---- out and in ------------------------------------------------------------------------------------------
def test_what_goes_out_comes_in_again_the_same():
    admin = officer(UnitFactory(), Role.UNIT_ADMIN)

    made = actions.import_survey(queries.exported(Survey.objects.get(code="sipas")).encode(), by=admin, at=MONDAY)

    assert queries.newest_of(made).content == version_of("sipas").content
    assert (made.unit, made.channels) == (admin.unit, ["phone"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"\xff\xfe", "Không đọc được"),
        (b"[" * 3000, "Không đọc được"),
        (b"{}", "không phải tệp phiếu"),
        (json.dumps({"format": "thanthien-survey-1"}).encode(), "không có tên"),
        (json.dumps({"format": "thanthien-survey-1", "name": "x"}).encode(), "không phải một phiếu"),
        (b" " * 200_001, "quá lớn"),
    ],
)
def test_a_file_that_is_none_is_refused(text, reason):
    with pytest.raises(Refused, match=reason):
        actions.import_survey(text, by=officer(UnitFactory(), Role.UNIT_ADMIN), at=MONDAY)


# ---- pages -----------------------------------------------------------------------------------------------
@pytest.fixture
def admin():
    return officer(UnitFactory(), Role.UNIT_ADMIN)


def client_of(staff):
    client = Client()
    client.force_login(staff)
    return client


def edited(**change):
    return {
        FIELD: new_key(), "title": "Phiếu mới", "note": "thử", "channels": ["link"],
        "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "1", "form-0-key": "overall", "form-0-text": "Hài lòng không?",
        "form-0-scale": "five", "form-0-overall": "on", **change,
    }  # fmt: skip


def test_the_editor_looks_before_it_keeps(admin):
    survey = actions.copy_survey(Survey.objects.get(code="three-levels"), by=admin, at=MONDAY)
    client, address = client_of(admin), reverse("satisfaction:survey", args=[survey.code])

    looked = client.post(address, edited(do="look"))
    versions_then = survey.versions.count()
    kept = client.post(address, edited(do="keep"))

    assert ("Rất không hài lòng" in looked.content.decode(), versions_then) == (True, 1)
    assert (kept.status_code, queries.newest_of(survey).content["questions"][0]["scale"]) == (302, "five")


def test_the_editor_says_what_is_wrong_and_keeps_what_was_typed(admin):
    survey = actions.copy_survey(Survey.objects.get(code="three-levels"), by=admin, at=MONDAY)
    address = reverse("satisfaction:survey", args=[survey.code])

    for do in ("keep", "look"):
        page = client_of(admin).post(address, edited(do=do, **{"form-0-overall": ""}))
        said = page.content.decode()
        assert (page.status_code, "đúng một câu hỏi chung" in said, "Phiếu mới" in said) == (422, True, True)


def test_preview_export_copy_and_import_on_the_pages(admin):
    client = client_of(admin)
    shown = client.get(reverse("satisfaction:preview", args=["sipas"]))
    file = client.get(reverse("satisfaction:export", args=["sipas"]))
    copied = client.post(reverse("satisfaction:copy", args=["sipas"]), {FIELD: new_key()})
    upload = SimpleUploadedFile("p.json", file.content)
    taken = client.post(reverse("satisfaction:surveys"), {FIELD: new_key(), "file": upload})
    none = client.post(reverse("satisfaction:surveys"), {FIELD: new_key()})

    assert [one.status_code for one in (shown, file, copied, taken, none)] == [200, 200, 302, 302, 422]
    assert Survey.objects.filter(unit=admin.unit).count() == 2


# ---- an own scale ------------------------------------------------------------------------------------------
def levels(*rows, **change):
    """What the page of a scale sends; `rows` are (words, satisfied)."""
    sent = {FIELD: new_key(), "look": "levels", "note": "thử", "do": "keep", "form-INITIAL_FORMS": "3"}
    sent["form-TOTAL_FORMS"] = str(len(rows))
    for place, (words, is_satisfied) in enumerate(rows):
        sent |= {f"form-{place}-label": words} | ({f"form-{place}-is_satisfied": "on"} if is_satisfied else {})
    return sent | change


def scale_address(admin, key="overall"):
    survey = actions.copy_survey(Survey.objects.get(code="after-result"), by=admin, at=MONDAY)
    return survey, reverse("satisfaction:scale", args=[survey.code, key])


def test_an_own_scale_is_looked_at_and_kept_as_a_new_version(admin):
    survey, address = scale_address(admin)
    rows = [("Tuyệt vời", True), ("Tạm được", True), ("", False), ("Chưa ổn", False)]
    client = client_of(admin)

    looked = client.post(address, levels(*rows, do="look"))
    versions_then = survey.versions.count()
    kept = client.post(address, levels(*rows))

    questions = queries.newest_of(survey).content["questions"]
    told = [(one["value"], one["label"]["vi"], one["is_satisfied"], one["sign"]) for one in questions[0]["options"]]
    assert ("Tuyệt vời" in looked.content.decode(), looked.status_code, versions_then) == (True, 422, 1)
    assert (kept.status_code, survey.versions.count()) == (302, 2)
    assert told == [
        (3, "Tuyệt vời", True, "emoji-laughing"),
        (2, "Tạm được", True, "emoji-smile"),
        (1, "Chưa ổn", False, "emoji-frown"),
    ]
    assert [one.get("scale", "") != "" for one in questions] == [False] + [True] * (len(questions) - 1)


def test_an_own_scale_may_be_for_every_question(admin):
    survey, address = scale_address(admin)

    client_of(admin).post(address, levels(("Có", True), ("Không", False), for_all="on", look="smileys"))

    questions = queries.newest_of(survey).content["questions"]
    assert [(one["look"], len(one["options"])) for one in questions] == [("smileys", 2)] * len(questions)


def test_the_page_begins_with_the_scale_there_is(admin):
    _survey, address = scale_address(admin)

    text = client_of(admin).get(address).content.decode()

    assert [words in text for words in ("Rất hài lòng", "Very satisfied", "Chưa hài lòng")] == [True] * 3


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([("Tốt", True)], "cần từ 2 đến 9 mức"),
        ([("", True), ("", False)], "cần từ 2 đến 9 mức"),
        ([("Tốt", True), ("Khá", True)], "mức hài lòng và mức chưa hài lòng"),
        ([("Tốt" * 50, True), ("Kém", False)], "120"),
    ],
)
@pytest.mark.parametrize("do", ["look", "keep"])
def test_a_scale_that_cannot_be_is_refused_and_nothing_typed_is_lost(admin, rows, reason, do):
    survey, address = scale_address(admin)

    page = client_of(admin).post(address, levels(*rows, do=do, note="lý do của tôi"))

    text = page.content.decode()
    assert (page.status_code, reason in text, "lý do của tôi" in text) == (422, True, True)
    assert survey.versions.count() == 1


def test_built_in_scales_strange_questions_and_other_units_are_closed(admin):
    _survey, address = scale_address(admin)
    client = client_of(admin)

    asked = [
        client.get(reverse("satisfaction:scale", args=["sipas", "x"])),
        client.get(address.replace("overall", "nothing")),
        client_of(officer(UnitFactory(), Role.UNIT_ADMIN)).get(address),
        client_of(officer(admin.unit)).get(address),
    ]

    assert [page.status_code for page in asked] == [403, 404, 404, 403]
