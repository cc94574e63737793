from thanthien.notifications.actions.codes import Answer, check_code, forget_old_codes, send_code
from thanthien.notifications.actions.sending import put_back_forgotten, send, send_again
from thanthien.notifications.actions.telling import Facts, Notice, tell

__all__ = [
    "Answer",
    "Facts",
    "Notice",
    "check_code",
    "forget_old_codes",
    "put_back_forgotten",
    "send",
    "send_again",
    "send_code",
    "tell",
]
