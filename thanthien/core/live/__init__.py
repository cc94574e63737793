"""What is shown at once: a room sends a fact with its full content, every open page of that channel gets it.

An action calls `send` inside its transaction; it goes out with the commit. The process `live` of `thanthien serve`
hands it to the browsers (server-sent events). A room registers how its channel's state is read and how a fact changes
it; whoever connects gets the whole state first, so that no broken line loses anything for long.
"""

from thanthien.core.live.channels import Channel, State, channel_named, register
from thanthien.core.live.sending import send

__all__ = ["Channel", "State", "channel_named", "register", "send"]
