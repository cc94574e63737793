"""From a dossier to what each printed form says (`core.documents.data`). Nothing is drawn or kept here."""

from thanthien.prints.queries.declaration import declaration_sheet
from thanthien.prints.queries.endings import apology, result_receipt, stop_notice, who_did
from thanthien.prints.queries.heads import committee_head, committee_name, head_of
from thanthien.prints.queries.lists import (
    collected_line,
    control_sheet,
    fee_summary,
    guidance_slip,
    hand_over_list,
    hand_over_of_one,
    register,
    register_line,
)
from thanthien.prints.queries.offered import prints_of, ready_for, slip_of
from thanthien.prints.queries.receipts import acknowledgement, receipt, refusal, supplement

__all__ = [
    "acknowledgement",
    "apology",
    "collected_line",
    "committee_head",
    "committee_name",
    "control_sheet",
    "declaration_sheet",
    "fee_summary",
    "guidance_slip",
    "hand_over_list",
    "hand_over_of_one",
    "head_of",
    "prints_of",
    "ready_for",
    "receipt",
    "refusal",
    "register",
    "register_line",
    "result_receipt",
    "slip_of",
    "stop_notice",
    "supplement",
    "who_did",
]
