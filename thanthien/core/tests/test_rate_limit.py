"""Who asks, and how often they may."""

import pytest
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
