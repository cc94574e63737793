import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def no_channel_rests():
    """One that a test before could not reach."""
    cache.clear()
