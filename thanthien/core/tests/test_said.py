"""What is stored in Vietnamese and read in English."""

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from thanthien.core import said as stored
from thanthien.core.said import Worded, filled, in_vietnamese, said, said_in
from thanthien.core.working_time import (
    Pause,
    PausePolicy,
    StartRule,
    TimeLimit,
    TimeUnit,
    compute_deadline,
    default_calendar,
)
from thanthien.core.working_time.calendar import ZONE
from thanthien.core.working_time.notes import said_note
from thanthien.core.working_time.seed import seed_holidays

HOUSE = Path(settings.BASE_DIR)
WORDS = stored.WORDS - {"basis"} | {"sector", "agency"}  # legal documents keep their names


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def html(text) -> str:
    return Template("{{ text }}").render(Context({"text": text}))


def strings_of(raw) -> set[str]:
    """All that people read in a file of the house's own data; the tests that travel with it aside."""
    if isinstance(raw, list):
        return set().union(*map(strings_of, raw))
    if not isinstance(raw, dict):
        return set()
    here = {text for name, text in raw.items() if name in WORDS and isinstance(text, str)}
    return here.union(*(strings_of(inner) for name, inner in raw.items() if name != "tests"))


def data_files() -> list[Path]:
    rooms = HOUSE / "thanthien"
    folders = (rooms / "declarations" / "data", rooms / "guidance" / "data")
    files = [path for folder in folders for path in sorted(folder.glob("*.json"))]
    return [
        *files,
        rooms / "filing" / "data" / "consents.json",
        rooms / "procedures" / "data" / "starting_catalogue.json",
    ]


@pytest.mark.parametrize("path", data_files(), ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_every_word_of_the_houses_own_data_has_its_english(path, english):
    words = {text for text in strings_of(json.loads(path.read_text("utf-8"))) if stored.LETTERS.search(text)}

    assert {text for text in words if said(text) == text} == set()
    assert words


def test_every_remembered_sentence_and_holiday_has_its_english(english):
    sentences = {one for one in stored._sentences if stored.LETTERS.search(one)}
    holidays = {seed.name for year in range(2024, 2031) for seed in seed_holidays(year)}

    assert {one for one in sentences if translation.gettext(one) == one} == set()
    assert {one for one in holidays if stored.LETTERS.search(str(said(one)))} == set()


def test_english_of_stored_words_keeps_the_places():
    for sentence in stored._sentences:
        with translation.override("en"):
            places = set(stored.PLACE.findall(translation.gettext(sentence)))

        assert places == set(stored.PLACE.findall(sentence))


LIMITS = [
    TimeLimit(Decimal(3), TimeUnit.WORKING_DAY), TimeLimit(Decimal("0.3"), TimeUnit.WORKING_DAY),
    TimeLimit(Decimal(9), TimeUnit.DAY), TimeLimit(Decimal(5), TimeUnit.HOUR), TimeLimit(Decimal(1), TimeUnit.SAME_DAY),
]  # fmt: skip


@pytest.mark.parametrize("limit", LIMITS, ids=str)
@pytest.mark.parametrize("start", StartRule)
@pytest.mark.parametrize("policy", PausePolicy)
def test_every_note_of_a_date_is_said_in_english(limit, start, policy, english):
    calendar, unsaid = default_calendar(), []
    for day in (date(2025, 12, 30), date(2026, 1, 8), date(2026, 2, 12), date(2026, 4, 24), date(2026, 8, 20)):
        for hour in (6, 10, 15, 22):
            received = datetime.combine(day, time(hour, 10), ZONE)
            pause = Pause(received + timedelta(hours=3), received + timedelta(days=6, hours=2), "chờ bổ sung giấy tờ")
            for pauses in ((), (pause,)):
                told = compute_deadline(
                    limit, received_at=received, calendar=calendar, start=start, policy=policy, pauses=pauses
                )
                unsaid += [one.note for one in told.explanation if stored.LETTERS.search(str(said_note(one.note)))]

    assert sorted(set(unsaid)) == []


def test_known_words_are_translated_and_unknown_ones_are_marked(english):
    assert html(said("Hộ tịch")) == "Civil status"
    assert html(said("Lĩnh vực <mới>")) == '<span lang="vi">Lĩnh vực &lt;mới&gt;</span>'
    assert str(said("Lĩnh vực mới")) == "Lĩnh vực mới"
    assert said(["Hộ tịch", ""]) == ["Civil status", ""]


def test_stored_sentence_is_known_again_with_its_places(english):
    told = said("Ngày làm việc thứ 3 (“Giỗ ông Tư”)")

    assert html(told) == 'Working day 3 (‘<span lang="vi">Giỗ ông Tư</span>’)'


def test_a_note_is_said_part_by_part(english):
    assert str(said_note("Ngày làm việc thứ 2; hạn trả 17:00")) == "Working day 2; due at 17:00"
    assert str(said_note("Tính 2,29 giờ")) == "2.29 h counted"
    assert html(said_note("Tạm dừng: chờ ông Sáu")) == 'Stopped: <span lang="vi">chờ ông Sáu</span>'


def test_in_vietnamese_everything_stays_as_it_is():
    note = "Ngày làm việc thứ 2; hạn trả 17:00"

    assert (said(note), said_note(note), in_vietnamese(note), said_in((note,))) == (note, note, note, (note,))


def test_names_are_marked_and_what_has_no_marks_is_left_alone(english):
    assert html(in_vietnamese("Đăng ký khai sinh")) == '<span lang="vi">Đăng ký khai sinh</span>'
    assert in_vietnamese("H56.14.18") == "H56.14.18"
    assert in_vietnamese("") == ""


def test_sentence_keeps_what_is_marked_in_its_places(english):
    sentence = filled("at %(where)s & on", {"where": in_vietnamese("Trụ sở <1>")})

    assert html(sentence) == 'at <span lang="vi">Trụ sở &lt;1&gt;</span> &amp; on'
    assert str(sentence) == "at Trụ sở <1> & on"


@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_somebody_wrote_is_never_lost_and_never_breaks_a_page(before, after):
    text = f"{before}Tạm dừng: {after}"

    with translation.override("en"):
        told, note, has_english = said(text), said_note(text), said(after) != after

    for one in (told, note):
        assert not isinstance(one, Worded) or "<script" not in html(one).replace('<span lang="vi">', "").lower()
    assert after.strip() == "" or has_english or after[:1] in str(told) or after[:1] in str(note)
