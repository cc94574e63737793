"""Messages as they would be written by a change of a dossier."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from thanthien.notifications.enums import Situation
from thanthien.notifications.models import Message


class MessageFactory(DjangoModelFactory):
    class Meta:
        model = Message

    subject = "dossier:1"
    unit_code = "H56.14.18"
    situation = Situation.RECEIVED
    address = factory.Sequence(lambda n: f"nguoi-dan-{n}@example.vn")
    email = factory.SelfAttribute("address")
    channel = "email"
    title = factory.Sequence(lambda n: f"Đã nhận hồ sơ H56.14.18-261123-{n:04d}")
    occasion = factory.Sequence(str)
    body = "Kính gửi ông/bà,\nChúng tôi đã nhận hồ sơ."
    created_at = factory.LazyFunction(timezone.now)
