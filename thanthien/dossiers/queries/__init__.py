from thanthien.dossiers.queries.book import book_rows, fee_rows
from thanthien.dossiers.queries.lookup import Tracking, find_dossiers, public_state, tracking
from thanthien.dossiers.queries.single import dossier_for, dossiers_seen_by, hand_overs_of, process_of
from thanthien.dossiers.queries.worklist import (
    Band,
    WorkFilter,
    apologies_owed,
    bands_of,
    open_hand_overs,
    silent_dossiers,
    waiting_for_return,
    work_of,
)

__all__ = [
    "Band",
    "Tracking",
    "WorkFilter",
    "apologies_owed",
    "bands_of",
    "book_rows",
    "dossier_for",
    "dossiers_seen_by",
    "fee_rows",
    "find_dossiers",
    "hand_overs_of",
    "open_hand_overs",
    "process_of",
    "public_state",
    "silent_dossiers",
    "tracking",
    "waiting_for_return",
    "work_of",
]
