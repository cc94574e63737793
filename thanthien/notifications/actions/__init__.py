from thanthien.notifications.actions.codes import Answer, check_code, forget_old_codes, send_code
from thanthien.notifications.actions.demonstrating import settle_demonstration
from thanthien.notifications.actions.holding import hold_for, move_person
from thanthien.notifications.actions.sending import put_back_forgotten, send, send_again, send_many_again, send_to
from thanthien.notifications.actions.telling import Facts, Notice, tell
from thanthien.notifications.actions.trying import try_channel
from thanthien.notifications.actions.writing import ChannelChoice, TextDraft, save_text, set_channels

__all__ = [
    "Answer",
    "ChannelChoice",
    "Facts",
    "Notice",
    "TextDraft",
    "check_code",
    "forget_old_codes",
    "hold_for",
    "move_person",
    "put_back_forgotten",
    "save_text",
    "send",
    "send_again",
    "send_code",
    "send_many_again",
    "send_to",
    "set_channels",
    "settle_demonstration",
    "tell",
    "try_channel",
]
