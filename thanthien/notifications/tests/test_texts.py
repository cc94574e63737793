"""The words: that nothing is left unfilled, that an SMS fits, that administrators change them safely."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thanthien.core.rules import Refused
from thanthien.notifications.actions import ChannelChoice, Facts, TextDraft, save_text, set_channels
from thanthien.notifications.enums import Channel, Situation
from thanthien.notifications.factories import MessageFactory
from thanthien.notifications.models import MessageTemplate, UnitChannels
from thanthien.notifications.queries.sending import text_for
from thanthien.notifications.queries.texts import (
    SAMPLE,
    built_in_texts,
    preview,
    text_in_force,
    texts_in_force,
    version_of,
)
from thanthien.notifications.rules.texts import (
    GSM,
    GSM_TWICE,
    PLACES,
    check_text,
    fill,
    fill_sms,
    length_of_sms,
    places_of,
    without_marks,
)
from thanthien.organisation.enums import Role
from thanthien.organisation.factories import StaffFactory

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
EVERY_TEXT = [(situation, channel) for situation in Situation for channel in Channel]
UNIT = "H56.14.18"


# ---- built in ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("situation", "channel"), EVERY_TEXT)
def test_every_built_in_text_is_filled_to_the_last_place(situation, channel):
    text = built_in_texts()[situation, channel]

    shown = preview(situation, channel, text.title, text.body, plain=True)

    assert (shown.fault, bool(shown.body), bool(text.title)) == ("", True, channel == Channel.EMAIL)
    assert not set("{}") & set(shown.title + shown.body)


@pytest.mark.parametrize("situation", Situation)
def test_every_built_in_sms_fits_one_part(situation):
    text = built_in_texts()[situation, Channel.SMS]

    length = preview(situation, Channel.SMS, "", text.body, plain=True).length

    assert (length.parts, length.with_marks) == (1, False)


@pytest.mark.parametrize(("situation", "channel"), EVERY_TEXT)
def test_no_built_in_text_shouts_or_forgets_whom_it_speaks_to(situation, channel):
    text = built_in_texts()[situation, channel]

    assert "!" not in text.title + text.body
    assert channel != Channel.EMAIL or text.body.startswith("Kính gửi ông/bà")


def test_facts_and_places_know_each_other():
    assert set(PLACES.values()) == set(Facts.__dataclass_fields__)
    assert {name for situation in Situation for name in places_of(situation)} == set(PLACES) == set(SAMPLE)


# ---- filling -----------------------------------------------------------------------------------------------
def test_a_line_with_nothing_to_say_is_left_out():
    text = "Hồ sơ {mã}.\nLý do: {lý do}.\nHẹn {hẹn}, {nơi nhận}."

    assert fill(text, {"mã": "1", "nơi nhận": "tại nhà"}) == "Hồ sơ 1.\nHẹn , tại nhà."


@given(st.text(), st.text())
def test_what_is_filled_in_is_never_read_as_a_place(name, code):
    assert fill("{họ tên}", {"họ tên": f"x{{mã}}{name}", "mã": code}) == f"x{{mã}}{name}".rstrip()


@given(st.dictionaries(st.sampled_from(sorted(PLACES)), st.text(max_size=300)))
def test_an_sms_without_marks_is_written_in_the_alphabet_of_phones(facts):
    said = fill_sms("{họ tên} {giấy tờ} {lý do} {mã}", facts, plain=True)

    assert set(said) <= GSM | GSM_TWICE
    assert "\n" not in said


def test_long_facts_are_cut_at_a_word_and_codes_never():
    long = "Đăng ký lại khai sinh cho người đã có hồ sơ, giấy tờ cá nhân theo quy định mới"

    said = fill_sms("{mã}: {thủ tục}", {"mã": "M" * 90, "thủ tục": long}, plain=False)

    assert said == f"{'M' * 90}: Đăng ký lại khai sinh cho người đã có hồ sơ, giấy tờ cá..."


def test_papers_stand_in_one_line():
    assert fill_sms("Cần: {giấy tờ}.", {"giấy tờ": "- Tờ khai\n- Bản vẽ"}, plain=False) == "Cần: Tờ khai; Bản vẽ."


def test_marks_are_taken_off():
    assert without_marks("Đã nhận “hồ sơ” – cảm ơn… 漢") == 'Da nhan "ho so" - cam on... ?'


@pytest.mark.parametrize(
    ("text", "characters", "parts", "with_marks"),
    [
        ("", 0, 0, False), ("a" * 160, 160, 1, False), ("a" * 161, 161, 2, False), ("a" * 306, 306, 2, False),
        ("a" * 307, 307, 3, False), ("[" * 80, 160, 1, False), ("[" * 81, 162, 2, False), ("à" * 160, 160, 1, False),
        ("ả" * 70, 70, 1, True), ("ả" * 71, 71, 2, True), ("ả" * 135, 135, 3, True), ("😀" * 35, 70, 1, True),
    ],
)  # fmt: skip
def test_an_sms_is_as_long_as_phones_count_it(text, characters, parts, with_marks):
    length = length_of_sms(text)

    assert (length.characters, length.parts, length.with_marks) == (characters, parts, with_marks)


# ---- checking ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hồ sơ {ma}", "không có chỗ điền {ma}"), ("{vận đơn}", "không có chỗ điền {vận đơn}"),
        ("{}", "không có chỗ điền {}"), ("{mã", "ngoặc nhọn"), ("mã}", "ngoặc nhọn"), ("{{mã}}", "ngoặc nhọn"),
    ],
)  # fmt: skip
def test_a_place_that_is_not_filled_is_refused(text, said):
    with pytest.raises(Refused, match=re.escape(said)):
        check_text(Situation.RECEIVED, text)


def test_the_refusal_names_the_places_there_are():
    with pytest.raises(Refused) as refusal:
        check_text(Situation.CODE, "{mã}")

    assert str(refusal.value).endswith("Những chỗ điền dùng được: {mã xác nhận}, {phút}, {đơn vị}.")


# ---- versions ----------------------------------------------------------------------------------------------
def draft(**more):
    words = {"title": "Có kết quả {mã}", "body": "Mời {họ tên}.", "note": "gọn hơn", "unit_code": UNIT}
    return TextDraft(**{"situation": Situation.READY, "channel": Channel.EMAIL} | words | more)


@pytest.fixture
def administrator(db):
    staff = StaffFactory(roles=[Role.UNIT_ADMIN])
    staff.unit.code = UNIT
    staff.unit.save()
    return staff


def test_a_new_version_is_in_force_for_its_unit_alone(administrator):
    first = save_text(draft(), by=administrator, at=AT)
    second = save_text(draft(body="Kính mời {họ tên}."), by=administrator, at=AT)

    text = text_in_force(UNIT, Situation.READY, Channel.EMAIL)
    assert [first.version, second.version] == [1, 2]
    assert (text.body, text.version, text.unit_code) == ("Kính mời {họ tên}.", 2, UNIT)
    assert text_in_force("H99", Situation.READY, Channel.EMAIL).version == 0
    assert version_of(UNIT, Situation.READY, Channel.EMAIL, 1).body == "Mời {họ tên}."


def test_a_text_of_everyone_counts_where_a_unit_has_none(administrator):
    above = StaffFactory(superuser=True)
    save_text(draft(unit_code="", body="Chung {mã}."), by=above, at=AT)
    assert text_in_force(UNIT, Situation.READY, Channel.EMAIL).body == "Chung {mã}."

    save_text(draft(), by=administrator, at=AT)

    assert text_in_force(UNIT, Situation.READY, Channel.EMAIL).body == "Mời {họ tên}."
    in_force = {situation: dict(ways) for situation, ways in texts_in_force(UNIT)}
    assert in_force[Situation.READY][Channel.EMAIL].body == "Mời {họ tên}."
    assert in_force[Situation.READY][Channel.SMS].version == 0


def test_a_form_sent_twice_makes_one_version(administrator):
    for _time in range(2):
        save_text(draft(), by=administrator, at=AT)

    assert MessageTemplate.objects.count() == 1


def test_an_unknown_place_is_not_saved(administrator):
    with pytest.raises(Refused, match="không có chỗ điền"):
        save_text(draft(title="{vận đơn}"), by=administrator, at=AT)

    assert not MessageTemplate.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("whose", "who"),
    [
        (UNIT, {"roles": [Role.UNIT_ADMIN]}), ("", {"roles": [Role.UNIT_ADMIN]}), (UNIT, {"roles": [Role.LEADER]}),
        (UNIT, {"superuser": True}),
    ],
)  # fmt: skip
def test_others_change_no_text(whose, who):
    with pytest.raises(Refused, match="Mẫu tin của đơn vị"):
        save_text(draft(unit_code=whose), by=StaffFactory(**who), at=AT)


def test_the_message_says_what_the_unit_wrote(administrator):
    save_text(draft(), by=administrator, at=AT)
    message = MessageFactory(situation=Situation.READY, facts={"họ tên": "Lan", "mã": "H56-1"})

    assert text_for(message) == ("Có kết quả H56-1", "Mời Lan.")


@pytest.mark.django_db
@pytest.mark.parametrize(("plain", "said"), [(True, "da nhan ho so H56-1."), (False, "đã nhận hồ sơ H56-1.")])
def test_a_unit_chooses_marks_in_sms(plain, said):
    UnitChannels.objects.create(unit_code=UNIT, plain_sms=plain)
    message = MessageFactory(channel="sms", facts={"mã": "H56-1"})

    title, body = text_for(message)

    assert said in body
    assert title == "Đã nhận hồ sơ H56-1"


# ---- channels ----------------------------------------------------------------------------------------------
CHOICE = {"sms": True, "zalo": False, "email": True, "email_first": True, "plain_sms": False}


def test_an_administrator_sets_the_channels(administrator):
    for first in (False, True):
        set_channels(UNIT, ChannelChoice(**CHOICE | {"email_first": first}), by=administrator, at=AT)

    row = UnitChannels.objects.get()
    assert (row.unit_code, row.email_first, row.updated_by, row.updated_at) == (UNIT, True, str(administrator), AT)


def test_one_way_must_stay_open(administrator):
    with pytest.raises(Refused, match="ít nhất một kênh"):
        set_channels(UNIT, ChannelChoice(**CHOICE | {"sms": False, "email": False}), by=administrator, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize("roles", [[Role.LEADER], [Role.UNIT_ADMIN]])
def test_others_set_no_channels(roles):
    with pytest.raises(Refused, match="quản trị đơn vị đặt"):
        set_channels(UNIT, ChannelChoice(**CHOICE), by=StaffFactory(roles=roles), at=AT)
