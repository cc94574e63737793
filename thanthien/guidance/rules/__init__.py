"""The engine of guidance, without any model."""

from thanthien.core.reading import Fault, Invalid
from thanthien.guidance.rules.content import (
    FlowContent,
    Outcome,
    Question,
    draft_from,
    faults_of,
    flow_as_json,
    flow_from,
)
from thanthien.guidance.rules.managing import check_can_be_kept, check_can_manage, check_can_show, check_can_use
from thanthien.guidance.rules.walking import (
    TestOutcome,
    advice,
    answered,
    broken,
    every_end,
    next_question,
    outcomes,
    recorded,
    run_tests,
)

__all__ = [
    "Fault",
    "FlowContent",
    "Invalid",
    "Outcome",
    "Question",
    "TestOutcome",
    "advice",
    "answered",
    "broken",
    "check_can_be_kept",
    "check_can_manage",
    "check_can_show",
    "check_can_use",
    "draft_from",
    "every_end",
    "faults_of",
    "flow_as_json",
    "flow_from",
    "next_question",
    "outcomes",
    "recorded",
    "run_tests",
]
