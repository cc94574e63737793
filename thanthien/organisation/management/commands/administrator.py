"""`thanthien administrator USERNAME`: an administrator of the installation, or a new password for one who lost it."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from thanthien.organisation.actions import StaffFacts, make_administrator
from thanthien.organisation.queries import front_unit, password_token


class Command(BaseCommand):
    help = "Tạo quản trị hệ thống, hoặc cấp lại mật khẩu cho quản trị; không nhập mật khẩu thì in đường dẫn tự đặt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="họ và tên")
        parser.add_argument("--password", action="store_true", help="hỏi mật khẩu ngay ở đây")

    def handle(self, *args: Any, username: str, name: str, password: bool, **options: Any) -> None:
        unit = front_unit()
        if unit is None:
            raise CommandError("Chưa có đơn vị nào. Xin nhập đơn vị trước: thanthien units import TỆP.csv")
        typed = _ask_password() if password else ""
        facts = StaffFacts(username=username, full_name=name or username)
        try:
            staff = make_administrator(facts, unit, password=typed, at=timezone.now())
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"{staff.full_name} là quản trị hệ thống.")
        if not staff.has_usable_password():
            page = reverse("organisation:choose_password", args=password_token(staff))
            self.stdout.write(f"Đặt mật khẩu tại: {settings.SITE_URL}{page}")


def _ask_password() -> str:
    """Asked twice, as nobody sees what is typed: a slip would lock the administrator out."""
    try:
        typed, again = getpass.getpass("Mật khẩu: "), getpass.getpass("Nhập lại mật khẩu: ")
    except EOFError:
        raise CommandError("Cần nhập mật khẩu hai lần; chưa có gì được ghi.") from None
    if not typed:
        raise CommandError("Chưa nhập mật khẩu; chưa có gì được ghi.")
    if typed != again:
        raise CommandError("Hai lần nhập mật khẩu không giống nhau; chưa có gì được ghi. Xin chạy lại lệnh.")
    return typed
