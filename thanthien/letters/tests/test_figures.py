"""Figures of letters: the years of xã Hợp Lý and xã Quang Trung, reproduced from records."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest

from thanthien.core import figures
from thanthien.core.figures import Scope, shares
from thanthien.dossiers.factories import MONDAY, ZONE
from thanthien.letters import actions
from thanthien.letters.enums import KIND_OF, Kind, Occasion, Paper, SignerPost, State, Way
from thanthien.letters.factories import (
    BIRTH,
    a_letter,
    an_offering_of,
    clerk,
    handed,
    head,
    registered,
    signed,
)
from thanthien.letters.models import Letter
from thanthien.organisation.factories import UnitFactory

pytestmark = pytest.mark.django_db
OCCASION = {
    Kind.MARRIAGE: Occasion.MARRIAGE, Kind.BIRTH: Occasion.BIRTH, Kind.CONDOLENCE: Occasion.DEATH,
    Kind.APOLOGY: Occasion.DELAY, Kind.THANKS: Occasion.OPINION,
}  # fmt: skip


def value(code, unit, first, last):
    scope = Scope(unit_codes=[unit.code], first=first, last=last)
    return figures.get(f"letters.{code}").compute(scope)


def records(unit, counts, first, last):
    """Handed letters of these kinds, spread over the period (the dice are the same each time)."""
    by, dice, rows = head(unit), Random(834), []
    for kind, count in counts.items():
        for _place in range(count):
            day = first + timedelta(days=dice.randint(0, (last - first).days))
            at = datetime(day.year, day.month, day.day, 9, tzinfo=ZONE)
            rows.append(
                Letter(
                    unit=unit, occasion=OCCASION[kind], kind=kind, cause="hồ sơ", title="Thư", body="Lời", year=2000,
                    number=len(rows) + 1, state=State.HANDED, signer=SignerPost.HEAD, paper=Paper.CARD,
                    way=Way.CERTIFICATE, addressee="Gia đình", drafted_by="x", drafted_at=at, signed_by=by,
                    signed_at=at, handed_at=at + timedelta(days=dice.randint(0, 4)), handed_by="x",
                )
            )  # fmt: skip
    return Letter.objects.bulk_create(rows)


def test_the_834_letters_of_hop_ly_are_counted_from_their_records():
    """Source 000: 132 chúc mừng hạnh phúc, 473 chúc mừng thành viên mới, 224 chia buồn, 4 xin lỗi, 1 cảm ơn."""
    unit, first, last = UnitFactory(), date(2019, 7, 1), date(2023, 9, 30)
    said = {Kind.MARRIAGE: 132, Kind.BIRTH: 473, Kind.CONDOLENCE: 224, Kind.APOLOGY: 4, Kind.THANKS: 1}
    records(unit, said, first, last - timedelta(days=4))

    counted = {kind: value(kind, unit, first, last) for kind in Kind}

    assert {kind: one.value for kind, one in counted.items()} == said
    assert {one.n for one in counted.values()} == {834}
    assert shares([counted[kind].value for kind in said]) == [
        Decimal("15.8"), Decimal("56.7"), Decimal("26.9"), Decimal("0.5"), Decimal("0.1"),
    ]  # fmt: skip


def test_the_87_letters_of_quang_trung_are_counted_from_their_records():
    """Source 003 counts 70 chúc mừng of two kinds together, 17 chia buồn, no apology, no thanks, in 2023."""
    unit, first, last = UnitFactory(), date(2023, 1, 1), date(2023, 12, 31)
    records(unit, {Kind.MARRIAGE: 26, Kind.BIRTH: 44, Kind.CONDOLENCE: 17}, first, last - timedelta(days=4))

    counted = {kind: value(kind, unit, first, last).value for kind in Kind}

    assert counted[Kind.MARRIAGE] + counted[Kind.BIRTH] == 70
    assert (counted[Kind.CONDOLENCE], counted[Kind.APOLOGY], counted[Kind.THANKS]) == (17, 0, 0)


def test_a_letter_counts_on_the_day_it_reached_people_in_its_own_unit():
    unit = UnitFactory()
    handed(a_letter(unit))
    signed(a_letter(unit))

    days = [date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 24)]

    assert [value(Kind.THANKS, unit, day, day).value for day in days] == [0, 1, 0]
    assert value(Kind.THANKS, UnitFactory(), days[0], days[2]).value == 0


def test_the_share_of_births_that_got_their_letter_has_all_births_as_its_base(committed):
    offering = an_offering_of(BIRTH)
    with committed():
        for _birth in range(3):
            registered(BIRTH, offering=offering)
    handed(Letter.objects.first())

    share = value("birth_with_letter", offering.unit, MONDAY.date(), MONDAY.date())

    assert (share.value, share.n) == (1, 3)
    assert value("death_with_letter", offering.unit, MONDAY.date(), MONDAY.date()).n == 0


def test_an_apology_is_owed_from_its_draft_until_it_is_in_the_hand():
    unit, day = UnitFactory(), MONDAY.date()
    owed = a_letter(unit, Occasion.DELAY, source="dossier:1")
    cancelled = a_letter(unit, Occasion.DELAY, source="dossier:2")
    actions.cancel_letter(cancelled, reason="x", by=clerk(unit), at=MONDAY)
    late = handed(a_letter(unit, Occasion.DELAY, source="dossier:3"), at=MONDAY)
    actions.record_answer(late, answer="Tôi hiểu.", by=clerk(unit), at=MONDAY + timedelta(days=1))

    def three(first, last):
        names = ("apologies_owed", "apologies_sent", "apologies_answered")
        return [value(name, unit, first, last).value for name in names]

    assert three(day, day) == [1, 1, 0]
    assert three(day, day + timedelta(days=1)) == [1, 1, 1]
    assert three(day - timedelta(days=9), day - timedelta(days=1)) == [0, 0, 0]
    handed(owed, at=MONDAY + timedelta(days=2))
    assert three(day, day + timedelta(days=2)) == [0, 2, 1]
    assert three(day, day)[0] == 1  # as it stood on that evening


@pytest.mark.parametrize(("delays", "middle"), [([], 0), ([0], 0), ([0, 1, 5], 1), ([2, 4], 2), ([1, 3, 3, 30], 3)])
def test_the_days_until_a_letter_arrives_are_the_middle_ones_with_their_base(delays, middle):
    unit = UnitFactory()
    records(unit, {Kind.BIRTH: len(delays)}, MONDAY.date(), MONDAY.date())
    for letter, days in zip(Letter.objects.order_by("pk"), delays, strict=True):
        Letter.objects.filter(pk=letter.pk).update(handed_at=letter.drafted_at + timedelta(days=days))

    found = value("days", unit, MONDAY.date(), MONDAY.date() + timedelta(days=60))

    assert (found.value, found.n) == (middle, len(delays))


def test_every_occasion_counts_as_one_kind():
    assert set(KIND_OF) == set(Occasion)
    assert set(KIND_OF.values()) == set(Kind)
