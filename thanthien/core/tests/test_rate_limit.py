"""Who asks, and how often they may."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import RequestFactory

from thanthien.core.rate_limit import Limit, asker_of, count, seconds_to_wait

TWICE = Limit("test:limits", 2, 60)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "who"),
    [
        (0, "", "10.0.0.9"),
        (0, "203.0.113.7", "10.0.0.9"),  # anybody can write this header
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # the last is what our own proxy saw
    ],
)
def test_behind_a_proxy_each_citizen_has_an_address_of_their_own(settings, proxies, forwarded, who):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}

    assert asker_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.9")) == who


@pytest.mark.parametrize("who", ["10.0.0.9", "; DROP TABLE x", "", "\x00", "\udcff", "ế" * 300])
def test_tries_are_counted_for_whatever_was_typed(who):
    before = seconds_to_wait(TWICE, who)
    count(TWICE, who)
    once = seconds_to_wait(TWICE, who)
    count(TWICE, who)

    assert (before, once) == (0, 0)
    assert 0 < seconds_to_wait(TWICE, who) <= 61
    assert seconds_to_wait(TWICE, "somebody else") == 0


# A process of its own, as `serve` has one for each core: it counts, and says how long to wait.
ANOTHER = """
import sys, time, django
django.setup()
from thanthien.core.rate_limit import Limit, count, seconds_to_wait
limit = Limit("test:processes", 40, 600)
print("ready", flush=True); sys.stdin.readline()
for _ in range(20): count(limit, "10.0.0.9")
print(seconds_to_wait(limit, "10.0.0.9"))
"""


def test_tries_of_two_processes_are_one_sum_and_none_is_lost(tmp_path):
    env = os.environ | {"DATA_DIR": str(tmp_path), "DEMO": "1", "DJANGO_SETTINGS_MODULE": "thanthien.config.settings"}
    command = [sys.executable, "-c", ANOTHER]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    both = [subprocess.Popen(command, env=env, cwd=settings.BASE_DIR, **pipes) for _time in range(2)]
    for one in both:
        assert one.stdout.readline() == "ready\n"
    waits = []
    for one in both:
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in both:
        waits.append(int(one.communicate(timeout=30)[0]))

    assert sorted(wait > 0 for wait in waits)[-1] is True
    assert [one.returncode for one in both] == [0, 0]


def test_half_written_count_counts_as_nothing():
    count(TWICE, "10.0.0.9")
    count(TWICE, "10.0.0.9")
    file = next(Path(settings.COUNTED_DIR).glob("*.djcache"))
    file.write_bytes(file.read_bytes()[:-4])

    assert seconds_to_wait(TWICE, "10.0.0.9") == 0


def test_full_disk_keeps_nobody_from_an_answer(settings, caplog):
    settings.COUNTED_DIR = Path("/nowhere/at/all")

    count(TWICE, "10.0.0.9")

    assert "could not be counted" in caplog.text


def test_other_names_do_not_push_a_count_out():
    """Django's memory holds 300 entries by default: whoever asked for 300 codes would have wiped their own count."""
    count(TWICE, "10.0.0.9")
    count(TWICE, "10.0.0.9")

    for number in range(400):
        cache.set(f"another:{number}", number, 60)

    assert seconds_to_wait(TWICE, "10.0.0.9") > 0
