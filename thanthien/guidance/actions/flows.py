"""Flows come in whole, with their tests."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.core.reading import CODE
from thanthien.core.rules import Refused
from thanthien.guidance.models import Flow, FlowVersion
from thanthien.guidance.rules import Invalid, check_can_manage, check_can_show, check_can_use, flow_as_json, flow_from

FOLDER = Path(__file__).resolve().parent.parent / "data"
FORMAT = 1


@transaction.atomic
def import_flow(raw: Any, *, by: Any, at: datetime) -> Flow:
    """Takes an exported flow ({"format", "code", "flow"}); one of the same code is replaced. Raises `Refused` with the
    first fault, also when a test of the flow fails."""
    check_can_manage(by=by)
    code = raw.get("code") if isinstance(raw, dict) else None
    if not isinstance(code, str) or not CODE.fullmatch(code) or "." in code:
        raise Refused(_("Tệp này không phải luồng hướng dẫn đã xuất từ phần mềm."))
    try:
        content = flow_from(raw.get("flow"))
    except Invalid as invalid:
        raise Refused(_("Luồng chưa dùng được. %(fault)s") % {"fault": invalid.faults[0]}) from None
    check_can_use(content)
    told = {"content": flow_as_json(content), "changed_by": str(by), "changed_at": at}
    flow = Flow.objects.update_or_create(code=code, defaults=told)[0]
    keep_version(flow)
    return flow


def keep_version(flow: Flow) -> None:
    """What is in use from now on; nothing when it was in use already. Whoever calls holds the flow's row."""
    last = flow.versions.first()
    if last is None or last.content != flow.content:
        number = last.number + 1 if last else 1
        told = {"content": flow.content, "published_by": flow.changed_by, "published_at": flow.changed_at}
        FlowVersion.objects.create(flow=flow, number=number, **told)


def exported(flow: Flow) -> dict[str, Any]:
    return {"format": FORMAT, "code": flow.code, "flow": flow_as_json(flow_from(flow.content))}


@transaction.atomic
def show_flow(flow: Flow, *, is_shown: bool, by: Any, at: datetime) -> None:
    check_can_manage(by=by)
    check_can_show(flow.content)
    flow.is_shown, flow.changed_by, flow.changed_at = is_shown, str(by), at
    flow.save(update_fields=["is_shown", "changed_by", "changed_at"])


@transaction.atomic
def move_flow(flow: Flow, *, is_up: bool, by: Any, at: datetime) -> None:
    """One place up or down in the list that citizens see. Every flow gets a place of its own."""
    check_can_manage(by=by)
    order = list(Flow.objects.select_for_update())
    place = next(place for place, one in enumerate(order) if one.pk == flow.pk)
    to = place - 1 if is_up else place + 1
    if not 0 <= to < len(order):
        raise Refused(_("Luồng này đã ở đầu hoặc cuối danh sách."))
    order.insert(to, order.pop(place))
    for position, one in enumerate(order, 1):
        one.position = position
    Flow.objects.bulk_update(order, ["position"])


def built_in() -> Iterator[dict[str, Any]]:
    for path in sorted(FOLDER.glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


@transaction.atomic
def load_starting_flows(*, by: str, at: datetime) -> int:
    """The built-in flows that are not there yet; says how many. What an administrator changed stays."""
    there = set(Flow.objects.values_list("code", flat=True))
    new = [told for told in built_in() if told["code"] not in there]
    for told in new:
        content = flow_as_json(flow_from(told["flow"]))
        position = told.get("position", 100)
        stored = {"position": position, "content": content, "changed_by": by, "changed_at": at}
        keep_version(Flow.objects.create(code=told["code"], **stored))
    return len(new)
