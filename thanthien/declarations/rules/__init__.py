"""The engine of declarations, without any model. See docs/declarations.md.

`check`, `shown`, `people` are pure: the same content, answers and day give the same result.
"""

from thanthien.core.reading import Fault, Invalid
from thanthien.declarations.rules.asking import (
    DeclaredPerson,
    asked_answers,
    confirmers,
    groups_shown,
    people,
    shown,
    started_with,
    value_of,
)
from thanthien.declarations.rules.checking import Problem, check, cleaned
from thanthien.declarations.rules.content import Condition, Content, Field, Group
from thanthien.declarations.rules.managing import (
    check_can_be_kept,
    check_can_manage,
    check_can_publish,
    check_hangs_together,
)
from thanthien.declarations.rules.saying import Said, SaidGroup, SaidTable, printed, said
from thanthien.declarations.rules.structure import as_json, content_from, draft_from, faults_of, fingerprint_of
from thanthien.declarations.rules.testing import Outcome, broken, recorded, recorded_again, run_tests

__all__ = [
    "Condition",
    "Content",
    "DeclaredPerson",
    "Fault",
    "Field",
    "Group",
    "Invalid",
    "Outcome",
    "Problem",
    "Said",
    "SaidGroup",
    "SaidTable",
    "as_json",
    "asked_answers",
    "broken",
    "check",
    "check_can_be_kept",
    "check_can_manage",
    "check_can_publish",
    "check_hangs_together",
    "cleaned",
    "confirmers",
    "content_from",
    "draft_from",
    "faults_of",
    "fingerprint_of",
    "groups_shown",
    "people",
    "printed",
    "recorded",
    "recorded_again",
    "run_tests",
    "said",
    "shown",
    "started_with",
    "value_of",
]
