"""R1, R2: the server, and every second time its database, is killed while officers receive. Nothing acknowledged is
lost, a form sent again is received once, no number is missing, and each dossier has its story, promise and message.
"""

import asyncio
import json
import os
import time
from random import Random

import pytest
from django.db import connection

from tests.hardening import LONG
from tests.hardening.killing import Crowd, a_house

pytestmark = pytest.mark.hardening
ROUNDS, ACKNOWLEDGED = (50, 20_000) if LONG else (3, 100)
MOST_ROUNDS = 150
AT_ONCE = 20


async def one_round(house, crowd, cluster, *, with_database):
    working = asyncio.create_task(crowd.works(60))
    await asyncio.sleep(crowd.chance.uniform(0.5, 2.5))
    if with_database:
        await asyncio.to_thread(house.loses_its_database)
        await asyncio.sleep(crowd.chance.uniform(0, 0.3))
    await asyncio.to_thread(house.is_killed)
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    if with_database:  # in this thread: the database ends with the thread that started it
        house.gets_its_database_back(cluster)
    house.opens()
    return await crowd.presses_again()


def test_killing_the_house_under_load_loses_doubles_and_skips_nothing():
    with a_house(connection.vendor) as (house, cluster):
        crowd, sent_again, rounds = Crowd(house, Random(1)), 0, 0
        house.opens()
        while rounds < ROUNDS or (len(crowd.acknowledged) < ACKNOWLEDGED and rounds < MOST_ROUNDS):
            rounds += 1
            with_database = bool(cluster) and rounds % 2 == 0
            sent_again += asyncio.run(one_round(house, crowd, cluster, with_database=with_database))
        same_key = [asyncio.run(crowd.presses_at_once(AT_ONCE)) for _ in range(20 if LONG else 3)]
        books, verified = house.account(), house.verifies_its_timeline()
        house.is_killed()

    report(rounds, crowd, sent_again, house, books)
    assert crowd.unanswered == {}
    assert {key: books["codes"].get(key) for key in crowd.acknowledged} == crowd.acknowledged
    assert books["doubled"] == [] and len(books["codes"]) == len(crowd.acknowledged)
    assert books["gaps"] == []
    assert books["without"] == {"timeline": 0, "promise": 0, "message": 0}
    assert verified == 0
    for codes in same_key:
        assert len(codes) == AT_ONCE and len(set(codes)) == 1


def report(rounds, crowd, sent_again, house, books):
    """For docs/reliability.md; `-s` shows it."""
    seconds = sorted(house.seconds_to_first_answer)
    figures = {
        "database": connection.vendor, "rounds": rounds, "acknowledged": len(crowd.acknowledged),
        "sent_again": sent_again, "answers_5xx": crowd.answers_5xx, "gaps": len(books["gaps"]),
        "lost": len(set(crowd.acknowledged) - set(books["codes"])), "doubled": len(books["doubled"]),
        "first_answer_s": {"median": round(seconds[len(seconds) // 2], 2), "max": round(seconds[-1], 2)},
        "load_average": round(os.getloadavg()[0], 1), "day": time.strftime("%Y-%m-%d"),
    }  # fmt: skip
    print(json.dumps(figures))  # noqa: T201
