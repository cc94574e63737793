"""Sessions in the database, as Django keeps them, found with SQL that is written once (`core.prepared`)."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from thanthien.core.prepared import Given, Prepared

_of_key = Prepared(lambda: Session.objects.filter(pk=Given("key")))


class SessionStore(DatabaseStore):
    def _get_session_from_db(self) -> Any:
        found = _of_key.first(key=self.session_key)
        if found is None or found.expire_date <= timezone.now():
            self._session_key = None
            return None
        return found
