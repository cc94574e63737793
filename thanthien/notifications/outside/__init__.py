"""The ways out: e-mail by SMTP, SMS and Zalo through an HTTP gateway, and in the demonstration a way to nobody."""

from django.conf import settings

from thanthien.notifications.enums import BY_PHONE, Channel
from thanthien.notifications.outside import demonstration, gateway, mail
from thanthien.notifications.outside.gateway import faults
from thanthien.notifications.outside.letter import DeliveryProblem, Letter, NotNow, Rejected, Unreachable

__all__ = [
    "DeliveryProblem",
    "Letter",
    "NotNow",
    "Rejected",
    "Unreachable",
    "channels_by_phone",
    "deliver",
    "faults",
    "is_demonstration",
]


def channels_by_phone() -> list[Channel]:
    """Those that reach a phone here: with a gateway, or in the demonstration."""
    return [channel for channel in BY_PHONE if channel in settings.GATEWAYS or is_demonstration(channel)]


def is_demonstration(channel: Channel) -> bool:
    """Whether what goes this way stays in this house. Never outside of the demonstration."""
    return bool(settings.DEMO and channel in settings.DEMONSTRATION_CHANNELS and channel not in settings.GATEWAYS)


def deliver(channel: Channel, letter: Letter) -> str:
    """Hands one letter to its channel; answers under which reference that knows it ("": none).

    Raises `Rejected` when trying again is of no use, `NotNow` when it may be.
    """
    if channel == Channel.EMAIL:
        return mail.deliver(letter)
    if is_demonstration(channel):
        return demonstration.deliver(letter)
    for fault in faults(channel):
        raise NotNow(fault)
    return gateway.deliver(gateway.Gateway.of(channel), letter)
