"""The engine of guidance, without any model."""

from thanthien.core.reading import Fault, Invalid
from thanthien.guidance.rules.content import FlowContent, Outcome, Question, flow_as_json, flow_from
from thanthien.guidance.rules.managing import check_can_manage, check_can_use
from thanthien.guidance.rules.walking import advice, answered, broken, every_end, next_question, outcomes

__all__ = [
    "Fault",
    "FlowContent",
    "Invalid",
    "Outcome",
    "Question",
    "advice",
    "answered",
    "broken",
    "check_can_manage",
    "check_can_use",
    "every_end",
    "flow_as_json",
    "flow_from",
    "next_question",
    "outcomes",
]
