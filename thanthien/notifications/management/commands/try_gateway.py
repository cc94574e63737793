"""`thanthien try_gateway sms 0912345678`: one message through the gateway, and what it answered."""

from argparse import ArgumentParser
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from thanthien.notifications.actions import try_channel
from thanthien.notifications.enums import BY_PHONE


class Command(BaseCommand):
    help = "Gửi thử một tin qua cổng SMS hoặc Zalo và cho biết cổng trả lời gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("channel", choices=[channel.value for channel in BY_PHONE], help="kênh")
        parser.add_argument("phone", help="số điện thoại nhận tin thử")

    def handle(self, *, channel: str, phone: str, **options: Any) -> None:
        answer = try_channel(channel, phone, name=str(uuid4()))
        if not answer.ok:
            raise CommandError(answer.why)
        self.stdout.write(_("Cổng đã nhận. Mã của cổng: %(reference)s") % {"reference": answer.reference or "–"})
