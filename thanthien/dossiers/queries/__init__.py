from thanthien.dossiers.queries.book import book_rows, fee_rows
from thanthien.dossiers.queries.intake import due_if_received, often_received
from thanthien.dossiers.queries.lookup import Tracking, find_dossiers, public_state, tracking
from thanthien.dossiers.queries.page import (
    DossierPage,
    agencies_around,
    dossier_file,
    dossier_page,
    open_consultation,
    state_of,
)
from thanthien.dossiers.queries.single import dossier_for, dossiers_seen_by, hand_overs_of, process_of
from thanthien.dossiers.queries.worklist import (
    Band,
    WorkFilter,
    apologies_owed,
    band_of,
    bands_of,
    hand_overs_given,
    open_hand_overs,
    saved_filters_of,
    silent_dossiers,
    silent_hand_overs,
    waiting_for_return,
    work_of,
)

__all__ = [
    "Band",
    "DossierPage",
    "Tracking",
    "WorkFilter",
    "agencies_around",
    "apologies_owed",
    "band_of",
    "bands_of",
    "book_rows",
    "dossier_file",
    "dossier_for",
    "dossier_page",
    "dossiers_seen_by",
    "due_if_received",
    "fee_rows",
    "find_dossiers",
    "hand_overs_given",
    "hand_overs_of",
    "often_received",
    "open_consultation",
    "open_hand_overs",
    "process_of",
    "public_state",
    "saved_filters_of",
    "silent_dossiers",
    "silent_hand_overs",
    "state_of",
    "tracking",
    "waiting_for_return",
    "work_of",
]
