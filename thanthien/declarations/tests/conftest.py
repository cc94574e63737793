"""Who edits a form, on which day, and which form."""

import pytest
import time_machine

from thanthien.declarations.factories import DeclarationVersionFactory
from thanthien.organisation.factories import StaffFactory


@pytest.fixture
def monday():
    with time_machine.travel("2026-03-02 02:00+00:00", tick=False):
        yield


@pytest.fixture
def staff():
    return StaffFactory(superuser=True)


@pytest.fixture
def editor(client, staff, monday):
    """A browser of who may edit forms."""
    client.force_login(staff)
    return client


@pytest.fixture
def code():
    return DeclarationVersionFactory().form.procedure.code
