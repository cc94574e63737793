"""The demonstration sends nothing: the message that is written down is all there is, and the pages show it."""

from thanthien.notifications.outside.letter import Letter


def deliver(letter: Letter) -> str:
    return "trình diễn"
