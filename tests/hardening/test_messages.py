"""RELIABILITY R9 in short: two workers, one killed on the way, and a gateway that takes what it gets."""

import multiprocessing
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import connections, transaction

from thanthien.core.operations.worker import put_back_unfinished
from thanthien.notifications.actions import Facts, Notice, tell
from thanthien.notifications.enums import MessageState, Situation
from thanthien.notifications.models import Message
from thanthien.notifications.tests.servers import gateway_server

pytestmark = [pytest.mark.hardening, pytest.mark.django_db(transaction=True)]
MANY, KILLED_AFTER = 60, 20
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def write_them_all() -> None:
    for number in range(MANY):
        facts = Facts(code=f"H56-{number}", unit="Phường Mẫu")
        with transaction.atomic():
            tell(
                Notice(
                    subject=f"dossier:{number}", unit_code="H56.14.18", situation=Situation.READY, facts=facts,
                    phone=f"+849123{number:05d}",
                ),
                at=AT,
            )  # fmt: skip


def test_every_message_is_handed_over_under_one_name_and_marked_once(settings, monkeypatch, run_tasks):
    monkeypatch.delenv("http_proxy", raising=False)
    with gateway_server() as gateway:
        settings.GATEWAYS = {"sms": {"url": gateway.url, "body": {"ref": "{id}"}, "secret": "", "token": ""}}
        write_them_all()
        connections.close_all()  # parent and children each open their own
        fork = multiprocessing.get_context("fork")
        first, second = (fork.Process(target=run_tasks) for _worker in range(2))
        gateway.check = lambda *asked: len(gateway.requests) != KILLED_AFTER or first.kill() or True
        for worker in (first, second):
            worker.start()
        for worker in (first, second):
            worker.join()
        put_back_unfinished("test")
        run_tasks()

    names = {str(name) for name in Message.objects.filter(state=MessageState.SENT).values_list("uuid", flat=True)}
    handed_over = Counter(body["ref"] for body in gateway.sent)
    assert len(names) == MANY
    assert set(handed_over) == names
    assert sum(handed_over.values()) <= MANY + 2  # those that were on their way when the worker died
