from thanthien.filing.actions.drafts import (
    Begun,
    begin_draft,
    begin_supplement,
    delete_draft,
    delete_expired,
    note_helper,
    save_declared,
    save_step,
)
from thanthien.filing.actions.parties import Contact, ask_again, ask_parties, confirm, dispute, take_back
from thanthien.filing.actions.sending import Application, change_mind, send_answer, submit
from thanthien.filing.actions.uploads import TAKEN, Piece, keep_file, keep_piece, remove_file

__all__ = [
    "Application",
    "Begun",
    "Contact",
    "Piece",
    "TAKEN",
    "ask_again",
    "ask_parties",
    "begin_draft",
    "begin_supplement",
    "change_mind",
    "confirm",
    "delete_draft",
    "delete_expired",
    "dispute",
    "keep_file",
    "keep_piece",
    "note_helper",
    "remove_file",
    "save_declared",
    "save_step",
    "send_answer",
    "submit",
    "take_back",
]
