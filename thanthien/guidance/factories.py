"""Flows, for tests of every room."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from thanthien.guidance.models import Flow


def small_flow(**more: Any) -> dict[str, Any]:
    """Two questions, the second after one answer of the first; two procedures."""
    a, extra = [{"question": "kind", "answers": ["a"]}], [{"question": "more", "answers": ["yes"]}]
    yes_no = [{"code": "yes", "label": "Có"}, {"code": "no", "label": "Không"}]
    return {
        "title": "Luồng thử",
        "life_event": "other",
        "questions": [
            {"code": "kind", "text": "Việc gì?", "answers": [{"code": "a", "label": "A"}, {"code": "b", "label": "B"}]},
            {"code": "more", "text": "Thêm?", "when": a, "answers": yes_no},
        ],
        "outcomes": [
            {"procedure": "8.1", "why": "vì a", "when": a},
            {"procedure": "8.1", "why": "vì mọi điều"},
            {"procedure": "8.2", "why": "vì thêm", "when": extra},
        ],
        "advice": [{"text": "Nhớ mang bút."}],
    } | more


class FlowFactory(DjangoModelFactory):
    class Meta:
        model = Flow

    code = factory.Sequence(lambda n: f"flow{n}")
    content = factory.LazyFunction(small_flow)
    changed_by = "quản trị"
    changed_at = datetime(2026, 1, 5, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
