from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from thanthien.core import promises
from thanthien.core.enums import PromiseChangeReason
from thanthien.core.models import Promise, PromiseChange
from thanthien.core.promises import Move
from thanthien.core.rules import Refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
DUE = datetime(2026, 3, 16, 10, 0, tzinfo=UTC)


@pytest.fixture
def promise() -> Promise:
    return promises.make(
        Promise(
            subject="dossier:1",
            kind="result",
            unit_code="H56.14.18",
            title="Cấp giấy phép xây dựng",
            promised_by="Lê Thị Mai",
            made_at=AT,
            due_at=DUE,
            explanation=[{"date": "2026-03-03"}],
        )  # fmt: skip
    )


def later(days: int, reason: PromiseChangeReason = PromiseChangeReason.SUPPLEMENT) -> Move:
    return Move(due_at=DUE + timedelta(days=days), reason=reason, note="lý do", legal_basis="căn cứ")


def test_a_change_keeps_the_old_date_in_a_row_of_its_own(promise):
    promises.change(promise, later(2), by="Lê Thị Mai", at=AT)

    row = PromiseChange.objects.get()
    promise.refresh_from_db()
    assert (row.old_due_at, row.new_due_at, row.reason, row.by, row.at) == (
        DUE, DUE + timedelta(days=2), "supplement", "Lê Thị Mai", AT,
    )  # fmt: skip
    assert (promise.first_due_at, promise.due_at) == (DUE, DUE + timedelta(days=2))


def test_a_change_without_an_explanation_keeps_the_one_before(promise):
    promises.change(promise, later(2), by="x", at=AT)

    assert promise.explanation == [{"date": "2026-03-03"}]


def test_a_second_extension_is_refused_and_changes_nothing(promise):
    promises.change(promise, later(2, PromiseChangeReason.EXTENSION), by="x", at=AT)

    with pytest.raises(Refused, match="lần thứ hai"):
        promises.change(promise, later(4, PromiseChangeReason.EXTENSION), by="x", at=AT)

    assert promise.changes.count() == 1


def test_the_database_too_refuses_a_second_extension(promise):
    promises.change(promise, later(2, PromiseChangeReason.EXTENSION), by="x", at=AT)
    twin = {"promise": promise, "old_due_at": DUE, "new_due_at": DUE, "reason": "extension", "by": "x", "at": AT}

    with pytest.raises(IntegrityError), transaction.atomic():
        PromiseChange.objects.create(**twin)


def test_supplements_after_an_extension_still_move_the_date(promise):
    promises.change(promise, later(2, PromiseChangeReason.EXTENSION), by="x", at=AT)

    promises.change(promise, later(5), by="x", at=AT)

    assert promise.due_at == DUE + timedelta(days=5)


@pytest.mark.parametrize("end", [promises.keep, promises.drop])
def test_a_promise_that_ended_does_not_move(promise, end):
    end(promise, at=AT)

    with pytest.raises(Refused, match="đã khép lại"):
        promises.change(promise, later(1), by="x", at=AT)


def test_open_promises_are_those_of_the_units_asked_for_most_urgent_first(promise):
    other = {"kind": "result", "title": "x", "promised_by": "x", "made_at": AT}
    first = promises.make(Promise(subject="dossier:2", unit_code="H56.14.18", due_at=DUE - timedelta(1), **other))
    promises.make(Promise(subject="dossier:3", unit_code="H56.14.19", due_at=DUE, **other))
    kept = promises.make(Promise(subject="dossier:4", unit_code="H56.14.18", due_at=DUE, **other))
    promises.keep(kept, at=AT)

    assert list(promises.open_promises(["H56.14.18"])) == [first, promise]


def test_a_pause_is_seen_and_ends(promise):
    promises.pause(promise, at=AT)
    assert promises.promise_of("dossier:1", "result").paused_at == AT

    promises.resume(promise)
    assert promises.promise_of("dossier:1", "result").paused_at is None
