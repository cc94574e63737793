"""Figures: the same from the calls and from the events alone; who sees whose; the staffing advice against Erlang C."""

from datetime import timedelta
from math import ceil, exp, factorial
from random import Random

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from thanthien.core import figures
from thanthien.core.figures import Scope
from thanthien.core.rules import Refused
from thanthien.organisation.enums import Role
from thanthien.queue import actions, queries
from thanthien.queue.factories import MONDAY, HallFactory, LineFactory, a_session, a_ticket, an_officer, later
from thanthien.queue.models import StaffingAdvice
from thanthien.queue.queries.figures import percentile
from thanthien.queue.queries.staffing import Demand, advice, demand_of, open_by_hour, simulate
from thanthien.queue.queries.waiting import expected_range
from thanthien.queue.rules import check_may_see_all
from thanthien.queue.tests.asking import signed_in

DAY = MONDAY.date()


@pytest.fixture
def line():
    return LineFactory(letter="A")


def scope_of(hall):
    return Scope(unit_codes=[hall.unit.code], first=DAY, last=DAY)


def served(line, session, *, come, called, begun, done):
    """One visit, in minutes after the fixed hour."""
    ticket = a_ticket(line, at=later(come))
    actions.call_next(session, by=session.staff, at=later(called))
    actions.start(session, by=session.staff, at=later(begun))
    actions.finish(session, by=session.staff, at=later(done))
    return ticket


# ---- the arithmetic ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 90, 0), ([5], 50, 5), ([1, 2, 3, 4], 50, 2), (range(1, 11), 90, 9), ([3, 1, 2], 100, 3)],
)
def test_a_percentile_is_one_of_the_values(values, share, expected):
    assert percentile(list(values), share) == expected


@given(st.lists(st.floats(0, 600), min_size=1), st.integers(1, 100))
def test_so_many_of_a_hundred_do_not_exceed_the_percentile(values, share):
    found = percentile(values, share)

    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) / 100


@given(st.integers(0, 500), st.integers(0, 40), st.floats(1, 120))
def test_an_estimate_is_a_range_of_fives_that_holds_the_mean(ahead, counters, minutes):
    least, most = expected_range(ahead, counters, minutes)

    mean = ahead * minutes / max(counters, 1)
    assert least % 5 == most % 5 == 0 and 0 <= least < most
    assert least <= mean <= most
    assert expected_range(ahead + 1, counters, minutes)[1] >= most


# ---- from the calls ----------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_figures_of_a_day(line):
    session = a_session(line.hall, line)
    served(line, session, come=0, called=4, begun=5, done=15)
    served(line, session, come=10, called=20, begun=20, done=26)
    a_ticket(line, at=later(30))
    actions.call_next(session, by=session.staff, at=later(32))
    actions.mark_missed(session, by=session.staff, at=later(34))

    scope = scope_of(line.hall)
    values = {f.code: f.compute(scope) for f in figures.all_figures() if f.code.startswith("queue.")}

    assert {code: (value.value, value.n) for code, value in values.items()} == {
        "queue.visitors": (3, None),
        "queue.waiting_median": (4, 3),
        "queue.waiting_p90": (10, 3),
        "queue.service_median": (6, 2),
        "queue.missed": (1, 3),
    }
    assert all(figures.get(code).records(scope).count() for code in values)


@pytest.mark.django_db
def test_another_unit_and_another_day_count_for_themselves(line):
    served(line, a_session(line.hall, line), come=0, called=4, begun=5, done=15)
    figure = figures.get("queue.visitors")

    next_day = Scope(unit_codes=[line.hall.unit.code], first=DAY + timedelta(days=1), last=DAY + timedelta(days=1))
    assert figure.compute(scope_of(HallFactory())).value == figure.compute(next_day).value == 0


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_the_events_alone_give_the_same_day(line, seed):
    """A morning of dice: everything that may happen at two counters happens."""
    dice, other = Random(seed), LineFactory(hall=line.hall, letter="B")
    sessions = [a_session(line.hall, line, other), a_session(line.hall, line)]
    for minute in range(80):
        if dice.random() < 0.7:
            a_ticket(dice.choice([line, other]), at=later(minute))
        deed(dice, dice.choice(sessions), other, later(minute + 0.5))

    assert queries.replayed(line.hall, DAY) == queries.served_in(line.hall, DAY, DAY)
    assert len({row.outcome for row in queries.served_in(line.hall, DAY, DAY)}) >= 3


def deed(dice, session, other, at):
    names = ["call_next", "start", "finish", "park", "mark_missed", "next_matter", "recall", "forward", "back"]
    name = dice.choice(names)
    try:
        if name == "forward":
            actions.forward(session, line=other, by=session.staff, at=at)
        elif name == "back":
            for ticket in list(queries.aside(session.hall, at=at))[:1]:
                actions.rejoin(ticket, at=at)
        else:
            getattr(actions, name)(session, by=session.staff, at=at)
    except Refused:
        pass


# ---- who sees what -----------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_an_officer_sees_the_own_figures_and_the_head_everybodys(line, client):
    first, second = a_session(line.hall, line), a_session(line.hall, line)
    served(line, first, come=0, called=1, begun=1, done=5)
    served(line, second, come=6, called=7, begun=7, done=12)
    address, names = reverse("queue:figures", args=[line.hall_id]), {}

    with time_machine.travel(later(60)):
        for who in (first.staff, an_officer(line.hall, Role.LEADER)):
            tables = dict(signed_in(who).get(address).context["shown"].tables)
            names[who.has_role(Role.LEADER)] = {row.name for row in tables["Theo cán bộ"]}

    assert names == {False: {first.staff.full_name}, True: {first.staff.full_name, second.staff.full_name}}


@pytest.mark.django_db
def test_the_advice_is_for_the_head(line):
    with pytest.raises(Refused, match="lãnh đạo"):
        check_may_see_all(line.hall, by=an_officer(line.hall))
    page = signed_in(an_officer(line.hall)).get(reverse("queue:staffing", args=[line.hall_id]))
    assert page.status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    "period",
    [
        {"first": "x", "last": "y"},
        {"first": "02/01/2026", "last": "01/01/2026"},
        {"first": "01/01/2025", "last": "01/01/2026"},
    ],
)
def test_a_period_that_cannot_be_is_said(line, period):
    page = signed_in(an_officer(line.hall)).get(reverse("queue:figures", args=[line.hall_id]), period)

    assert page.status_code == 422


# ---- the advice --------------------------------------------------------------------------------------------
def erlang_c(servers, load):
    """The share that has to wait in M/M/c (Erlang 1917)."""
    top = load**servers / factorial(servers) * servers / (servers - load)
    return top / (sum(load**k / factorial(k) for k in range(servers)) + top)


@pytest.mark.parametrize(("servers", "rate", "minutes"), [(1, 3.0, 12.0), (3, 12.0, 12.0)])
def test_the_hall_played_through_agrees_with_erlang_c(servers, rate, minutes):
    """One simple case: a constant rate, exponential services, the same counters all day long."""
    dice, hours = Random(7), range(0, 400)
    services = [dice.expovariate(1 / minutes) for _ in range(20_000)]
    demand = Demand(dict.fromkeys(hours, rate), services)

    waits = simulate(demand, dict.fromkeys(hours, servers), days=6, seed=3)

    all_waits = [wait for each in waits.values() for wait in each]
    mean = sum(services) / len(services)
    load = rate * mean / 60
    waiting, rest = erlang_c(servers, load), servers / mean - rate / 60
    assert sum(wait > 1e-9 for wait in all_waits) / len(all_waits) == pytest.approx(waiting, abs=0.04)
    assert sum(all_waits) / len(all_waits) == pytest.approx(waiting / rest, rel=0.15)
    beyond = sum(wait > 10 for wait in all_waits) / len(all_waits)
    assert beyond == pytest.approx(waiting * exp(-rest * 10), abs=0.04)


def test_more_people_need_more_counters_and_the_target_is_kept():
    demand = Demand({8: 30.0, 9: 12.0, 10: 4.0}, [10.0] * 50)

    counters = advice(demand, target=15, most=12)

    waits = simulate(demand, counters, days=30, seed=9)
    assert counters[8] > counters[9] > counters[10] >= 1
    assert counters[8] >= ceil(30 * 10 / 60)
    assert all(percentile(each, 90) <= 20 for each in waits.values())


def test_no_more_counters_are_advised_than_there_are():
    assert advice(Demand({8: 60.0}, [10.0]), target=5, most=3) == {8: 3}


def test_nobody_comes_and_nothing_is_wanted():
    assert demand_of([], 0) == Demand({}, [])


@pytest.mark.django_db
def test_the_evening_works_the_advice_out_and_the_head_reads_it(line):
    session = a_session(line.hall, line)
    for number in range(32):
        served(line, session, come=number, called=number + 0.2, begun=number + 0.3, done=number + 0.9)

    assert actions.advise_staffing(at=later(600)) == 1
    assert actions.advise_staffing(at=later(660)) == 1

    kept = StaffingAdvice.objects.get().data
    assert (kept["visits"], [one["hour"] for one in kept["hours"]]) == (32, [8])
    page = signed_in(an_officer(line.hall, Role.LEADER)).get(reverse("queue:staffing", args=[line.hall_id]))
    assert page.status_code == 200 and "<svg" in page.content.decode()


@pytest.mark.django_db
def test_with_too_little_known_nothing_is_advised(line):
    assert actions.advise_staffing(at=MONDAY) == 0
    page = signed_in(an_officer(line.hall, Role.LEADER)).get(reverse("queue:staffing", args=[line.hall_id]))
    assert "Chưa đủ số liệu" in page.content.decode()


@pytest.mark.django_db
def test_open_counters_are_counted_in_the_middle_of_the_hour(line):
    session = a_session(line.hall, line, at=later(0))
    actions.close_counter(session, by=session.staff, at=later(120))

    assert open_by_hour(line.hall, DAY, DAY, [8, 9, 10]) == {8: 1.0, 9: 1.0, 10: 0.0}
