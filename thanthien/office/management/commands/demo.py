"""`thanthien demo`: a ward with a month of work behind it, so that everybody can look around on the first morning."""

from argparse import ArgumentParser
from datetime import timedelta
from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.notifications.actions import settle_demonstration
from thanthien.office.management.demonstration import catalogue
from thanthien.office.management.demonstration.cases import tell_all
from thanthien.office.management.demonstration.hall import play_hall
from thanthien.office.management.demonstration.letters import tell_letters
from thanthien.office.management.demonstration.papers import hand_out_papers
from thanthien.office.management.demonstration.places import PASSWORD, STAFF, make_places
from thanthien.office.management.demonstration.ratings import tell_ratings
from thanthien.office.management.demonstration.story import Story
from thanthien.organisation.queries import calendar_for, front_unit

DAYS = 15


class Command(BaseCommand):
    help = "Dựng một phường trình diễn với ba tuần hồ sơ; chạy lại thì chỉ in các tài khoản."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=DAYS, help="số ngày làm việc có hồ sơ (mặc định 15)")

    def handle(self, *, days: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Lệnh này chỉ chạy ở bản trình diễn: đặt DEMO=1. Dữ liệu thật không bao giờ bị chạm tới."
            )
        if front_unit() is None:
            self._tell(days)
        self._print_accounts()

    @transaction.atomic
    def _tell(self, days: int) -> None:
        now = timezone.localtime(timezone.now()).replace(second=0, microsecond=0)
        self.stderr.write("Đang dựng phường Sen Hồng (hư cấu)…")
        places = make_places(at=now - timedelta(days=60))
        offerings = catalogue.make_catalogue(places, at=now - timedelta(days=60))
        story = Story(places, offerings, calendar_for(places.ward), now, Random(2026))  # noqa: S311  (the same for all)
        for day in story.ordinary_days(days):
            self.stderr.write(f"  {day}")
        tell_all(story)
        play_hall(places, calendar_for(places.ward), now, days=days)
        tell_ratings(places, now)
        hand_out_papers(story)
        settle_demonstration(at=now)
        tell_letters(story)

    def _print_accounts(self) -> None:
        said = _("Tài khoản trình diễn (người trong đó đều hư cấu), mật khẩu chung: %(word)s") % {"word": PASSWORD}
        self.stdout.write(f"\n{said}\n")
        rows = [("quantrihethong", "Quản trị hệ thống", "")]
        rows += [(username, title, name) for username, name, _unit, title, _roles in STAFF]
        for username, title, name in rows:
            self.stdout.write(f"  {username:<16}{title:<36}{name}")
        self.stdout.write("")
