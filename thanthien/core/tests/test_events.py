from dataclasses import dataclass

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from thanthien.core import events
from thanthien.core.models import EventFailure, NumberSeries
from thanthien.core.numbering import next_number

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class SomethingHappened:
    thing_id: int


@pytest.fixture
def listeners(monkeypatch):
    registered: dict = {}
    monkeypatch.setattr(events, "_listeners", registered)
    return registered


def counts(event):
    next_number(f"seen:{event.thing_id}")


def fails(event):
    next_number("half done")
    raise ValueError("hỏng")


def test_publishing_stores_one_task_for_each_listener_of_that_event(listeners):
    events.listens_to(SomethingHappened)(counts)
    events.listens_to(SomethingHappened)(fails)
    events.listens_to(int)(lambda event: None)

    events.publish(SomethingHappened(thing_id=5))

    stored = [task.args_kwargs["args"] for task in DBTaskResult.objects.order_by("enqueued_at")]
    assert [args[1:] for args in stored] == [[{"thing_id": 5}, 0], [{"thing_id": 5}, 0]]


def test_a_roll_back_tells_nobody(listeners):
    events.listens_to(SomethingHappened)(counts)

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        events.publish(SomethingHappened(thing_id=5))
        raise ZeroDivisionError

    assert DBTaskResult.objects.count() == 0


def test_delivery_calls_the_listener_with_the_event(listeners):
    events.listens_to(SomethingHappened)(counts)
    (name,) = listeners

    events.deliver.func(name, {"thing_id": 5}, 0)

    assert NumberSeries.objects.get(key="seen:5").last == 1


def test_a_listener_that_fails_is_undone_and_tried_again_later(listeners):
    events.listens_to(SomethingHappened)(fails)
    (name,) = listeners

    events.deliver.func(name, {"thing_id": 5}, 0)

    again = DBTaskResult.objects.get()
    assert again.args_kwargs["args"] == [name, {"thing_id": 5}, 1]
    assert again.run_after > again.enqueued_at
    assert not NumberSeries.objects.exists()


def test_a_listener_that_fails_for_good_is_laid_where_people_look(listeners):
    events.listens_to(SomethingHappened)(fails)
    (name,) = listeners

    events.deliver.func(name, {"thing_id": 5}, len(events.PAUSES))

    failure = EventFailure.objects.get()
    assert (failure.listener, failure.payload, failure.error) == (name, {"thing_id": 5}, "ValueError('hỏng')")
    assert not DBTaskResult.objects.exists()
