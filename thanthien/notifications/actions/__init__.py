from thanthien.notifications.actions.codes import Answer, check_code, forget_old_codes, send_code
from thanthien.notifications.actions.holding import hold_for, move_person
from thanthien.notifications.actions.sending import put_back_forgotten, send, send_again
from thanthien.notifications.actions.telling import Facts, Notice, tell
from thanthien.notifications.actions.trying import try_channel

__all__ = [
    "Answer",
    "Facts",
    "Notice",
    "check_code",
    "forget_old_codes",
    "hold_for",
    "move_person",
    "put_back_forgotten",
    "send",
    "send_again",
    "send_code",
    "tell",
    "try_channel",
]
