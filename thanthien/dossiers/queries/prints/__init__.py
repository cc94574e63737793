"""From a dossier to what each printed form says (`core.documents.data`). Nothing is drawn or kept here."""

from thanthien.dossiers.queries.prints.declaration import declaration_sheet
from thanthien.dossiers.queries.prints.endings import apology, result_receipt, stop_notice, who_did
from thanthien.dossiers.queries.prints.heads import committee_head, committee_name, head_of
from thanthien.dossiers.queries.prints.lists import (
    collected_line,
    control_sheet,
    fee_summary,
    guidance_slip,
    hand_over_list,
    hand_over_of_one,
    register,
    register_line,
)
from thanthien.dossiers.queries.prints.receipts import acknowledgement, receipt, refusal, supplement

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
    "receipt",
    "refusal",
    "register",
    "register_line",
    "result_receipt",
    "stop_notice",
    "supplement",
    "who_did",
]
