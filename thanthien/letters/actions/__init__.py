from thanthien.letters.actions.changing import change_letter, confirm_names
from thanthien.letters.actions.drafting import (
    draft_for_answered_case,
    draft_for_dossier,
    draft_letter,
    draft_letter_of_delay,
    draft_second_apologies,
)
from thanthien.letters.actions.handing import (
    Handing,
    cancel_letter,
    close_wrong_name,
    hand_over,
    record_answer,
    report_wrong_name,
)
from thanthien.letters.actions.quiet import leave_alone
from thanthien.letters.actions.settings import RuleFacts, keep_signature, save_text, set_rule
from thanthien.letters.actions.signing import print_letter, print_many, sign_letters

__all__ = [
    "Handing",
    "RuleFacts",
    "cancel_letter",
    "change_letter",
    "close_wrong_name",
    "confirm_names",
    "draft_for_answered_case",
    "draft_for_dossier",
    "draft_letter",
    "draft_letter_of_delay",
    "draft_second_apologies",
    "hand_over",
    "keep_signature",
    "leave_alone",
    "print_letter",
    "print_many",
    "record_answer",
    "report_wrong_name",
    "save_text",
    "set_rule",
    "sign_letters",
]
