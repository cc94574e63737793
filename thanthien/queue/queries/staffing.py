"""How many counters should be open at which hour: the hall played through with the arrivals of the last weeks.

A discrete-event simulation: people come at random at the rate of each hour, wait in one line, and are served for as
long as services really took. `advice` opens counters, hour by hour, until nine of ten wait no longer than the target.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from random import Random
from typing import Any

import simpy
from django.utils import timezone

from thanthien.queue.models import CounterSession, Hall, StaffingAdvice
from thanthien.queue.queries.board import day_bounds
from thanthien.queue.queries.figures import Served, hour_of, percentile, served_in

WEEKS = timedelta(days=21)
DAYS_PLAYED = 12
MOST_ROUNDS = 40
FEWEST = 30  # services without which nothing is advised


@dataclass(frozen=True)
class Demand:
    """Arrivals an hour of a working day, by hour, and how many minutes services took."""

    rates: Mapping[int, float]
    services: Sequence[float]


def demand_of(rows: Sequence[Served], days: int) -> Demand:
    first = [row for row in rows if row.matter == 1]
    come = Counter(hour_of(row) for row in first)
    services: defaultdict[int, float] = defaultdict(float)
    for row in rows:
        services[row.ticket_id] += row.service or 0.0
    return Demand(
        {hour: come[hour] / max(days, 1) for hour in sorted(come)}, [time for time in services.values() if time > 0]
    )


def simulate(demand: Demand, counters: Mapping[int, int], *, days: int, seed: int) -> dict[int, list[float]]:
    """The waits, in minutes, by the hour of arrival, of so many days. Whoever waits at the end is still served."""
    waits: dict[int, list[float]] = {hour: [] for hour in demand.rates}
    for day in range(days):
        _play(demand, counters, waits, Random(seed * 1000 + day))  # noqa: S311  (the same advice for the same numbers)
    return waits


def _play(demand: Demand, counters: Mapping[int, int], waits: dict[int, list[float]], dice: Random) -> None:
    env = simpy.Environment(initial_time=60.0 * min(demand.rates))
    line = simpy.Store(env)
    closing = 60.0 * (max(demand.rates) + 1)
    env.process(_people(env, line, demand, dice))
    for number in range(max(counters.values())):
        env.process(_counter(env, line, number, counters, demand, closing, waits, dice))
    env.run(until=closing + 24 * 60)


def _people(env: Any, line: Any, demand: Demand, dice: Random) -> Iterator[Any]:
    for hour, rate in demand.rates.items():
        if env.now < 60 * hour:
            yield env.timeout(60 * hour - env.now)
        while rate > 0:
            pause = dice.expovariate(rate / 60)
            if env.now + pause >= 60 * (hour + 1):
                break
            yield env.timeout(pause)
            yield line.put((env.now, hour))


def _counter(env: Any, line: Any, number: int, counters: Mapping[int, int], *about: Any) -> Iterator[Any]:
    """One counter: open in the hours that have more counters than its number, and at the end until nobody waits."""
    demand, closing, waits, dice = about
    last = counters[max(counters)]
    while True:
        hour, is_over = int(env.now // 60), env.now >= closing
        if number >= (last if is_over else counters.get(hour, 0)):
            if is_over:
                return
            yield env.timeout(60 * (hour + 1) - env.now)
            continue
        asked = line.get()
        until = env.timeout(max(60 * (hour + 1) - env.now, 0.0) if not is_over else 1.0)
        yield asked | until
        if not asked.triggered:
            asked.cancel()
            if is_over and not line.items:
                return
            continue
        came, at_hour = asked.value
        waits[at_hour].append(env.now - came)
        yield env.timeout(dice.choice(demand.services))


def advice(demand: Demand, *, target: float, most: int, seed: int = 1) -> dict[int, int]:
    """Counters by hour; never more than `most` (then the target is missed in that hour)."""
    mean = sum(demand.services) / len(demand.services)
    counters = {hour: min(most, max(1, ceil(rate * mean / 60))) for hour, rate in demand.rates.items()}
    for _round in range(MOST_ROUNDS):
        waits = simulate(demand, counters, days=DAYS_PLAYED, seed=seed)
        late = [hour for hour, each in waits.items() if percentile(each, 90) > target and counters[hour] < most]
        if not late:
            break
        counters[late[0]] += 1  # what waits from this hour lengthens the next ones too
    return counters


# ---- what the hall does now --------------------------------------------------------------------------------
def open_by_hour(hall: Hall, first: date, last: date, hours: Sequence[int]) -> dict[int, float]:
    """How many counters were open in the middle of each hour, over the days on which any was."""
    start, end = day_bounds(first, last)
    sessions = list(CounterSession.objects.filter(hall=hall, opened_at__gte=start, opened_at__lt=end))
    days = {timezone.localdate(one.opened_at) for one in sessions}
    found: dict[int, float] = {}
    for hour in hours:
        there = sum(_was_open(one, hour) for one in sessions)
        found[hour] = round(there / len(days), 1) if days else 0.0
    return found


def _was_open(session: CounterSession, hour: int) -> bool:
    opened = timezone.localtime(session.opened_at)
    middle = opened.replace(hour=hour, minute=30, second=0, microsecond=0)
    return opened <= middle and (session.closed_at is None or session.closed_at >= middle)


def advised_for(hall: Hall, *, most: int, at: datetime) -> dict[str, Any] | None:
    """The advice of the last three weeks as it is kept; None while too little is known."""
    last = timezone.localdate(at)
    first = last - WEEKS
    rows = served_in(hall, first, last)
    days = len({timezone.localdate(row.called_at) for row in rows})
    demand = demand_of(rows, days)
    if len(demand.services) < FEWEST:
        return None
    counters = advice(demand, target=hall.wait_target, most=most)
    waits = simulate(demand, counters, days=DAYS_PLAYED, seed=2)
    now = open_by_hour(hall, first, last, list(counters))
    return {
        "first": first.isoformat(), "last": last.isoformat(), "days": days, "visits": len(demand.services),
        "target": hall.wait_target,
        "hours": [
            {
                "hour": hour, "come": round(demand.rates[hour], 1), "now": now[hour], "advised": counters[hour],
                "wait": round(percentile(waits[hour], 90)),
            }
            for hour in counters
        ],
    }  # fmt: skip


def advice_of(hall: Hall) -> StaffingAdvice | None:
    return StaffingAdvice.objects.filter(hall=hall).first()
