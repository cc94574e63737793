from thanthien.procedures.rules.fees import FeeLine, fee_of
from thanthien.procedures.rules.offering import (
    OfferingTerms,
    StepDraft,
    check_can_change,
    check_can_change_offering,
    check_can_offer,
    check_can_set_policy,
    check_can_withdraw,
    check_steps,
    check_terms,
)
from thanthien.procedures.rules.time import check_not_longer, cut_percent, is_longer

__all__ = [
    "FeeLine",
    "OfferingTerms",
    "StepDraft",
    "check_can_change",
    "check_can_change_offering",
    "check_can_offer",
    "check_can_set_policy",
    "check_can_withdraw",
    "check_not_longer",
    "check_steps",
    "check_terms",
    "cut_percent",
    "fee_of",
    "is_longer",
]
