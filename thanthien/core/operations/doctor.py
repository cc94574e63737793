"""The examinations of the foundation, and how all of them are carried out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from thanthien.core import documents, timeline
from thanthien.core.diagnoses import Trouble, examinations, examines
from thanthien.core.models import EventFailure, TimelineChain, TimelineEntry
from thanthien.core.operations import health, serving
from thanthien.core.operations.backup import last_backup
from thanthien.core.operations.cautions import cautions

BACKUP_AGE = timedelta(days=7)
NEWEST = 300  # entries of the timeline that the quick look reads


@dataclass(frozen=True)
class Report:
    name: str
    troubles: list[Trouble]


def examine_all(*, at: datetime) -> Iterator[Report]:
    """One report after the other. Without a database only what does not need it is examined."""
    for name, examine in FIRST:
        report = Report(str(name), list(examine(at)))
        yield report
        if report.troubles and examine is database:
            return
    for one in examinations():
        yield Report(str(one.name), _bravely(one.examine(at)))


def _bravely(troubles: Iterator[Trouble]) -> list[Trouble]:
    """An examination that itself fails is a finding, not the end."""
    try:
        return list(troubles)
    except Exception as error:
        return [Trouble(_("Không khám được: %(error)r") % {"error": error}, _("Báo cho nhóm phát triển kèm dòng này."))]


def configuration(at: datetime) -> Iterator[Trouble]:
    for fault in serving.settings_faults():
        yield Trouble(fault, _("Sửa biến môi trường của dịch vụ rồi khởi động lại."))
    yield from cautions()


def database(at: datetime) -> Iterator[Trouble]:
    for fault in [*serving.database_faults()] or [*serving.migration_faults()]:
        yield Trouble(fault, _("Làm theo câu trên rồi chạy lại `thanthien doctor`."))
        return
    part = health.database_part()
    if not part.ok:
        yield Trouble(
            _("Cơ sở dữ liệu không nhận ghi: %(why)s") % {"why": part.note},
            _("Kiểm tra đĩa còn chỗ, quyền ghi của thư mục DATA_DIR, và dịch vụ PostgreSQL."),
        )


def disk(at: datetime) -> Iterator[Trouble]:
    part = health.disk_part()
    if not part.ok:
        yield Trouble(part.note, _("Xóa bớt bản sao lưu cũ hoặc gắn thêm đĩa cho thư mục DATA_DIR."))


FIRST = [
    (gettext_lazy("Cấu hình"), configuration),
    (gettext_lazy("Đĩa"), disk),
    (gettext_lazy("Cơ sở dữ liệu"), database),
]


@examines(gettext_lazy("Giấy tờ in (Typst và phông chữ Tinos)"))
def printing(at: datetime) -> Iterator[Trouble]:
    if problem := documents.font_problem():
        yield Trouble(problem, _("Chạy lại `make setup` để lấy phông chữ, rồi khởi động lại dịch vụ."))


@examines(gettext_lazy("Thư điện tử"))
def mail(at: datetime) -> Iterator[Trouble]:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        if not settings.DEMO:
            yield Trouble(
                _("Chưa nối máy chủ thư: tin báo cho người dân không được gửi đi."),
                _("Đặt EMAIL_URL, ví dụ smtp+tls://tài-khoản:mật-khẩu@máy-chủ:587."),
                serious=False,
            )
        return
    try:
        with get_connection(timeout=5):
            pass
    except OSError as error:
        yield Trouble(
            _("Không nối được máy chủ thư %(host)s:%(port)s: %(error)s")
            % {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT, "error": error},
            _("Kiểm tra EMAIL_URL, mạng và tài khoản gửi thư."),
        )


@examines(gettext_lazy("Việc nền"))
def background(at: datetime) -> Iterator[Trouble]:
    for part in (health.worker_part(at=at), health.tasks_part(at=at)):
        if not part.ok:
            yield Trouble(part.note, _("Kiểm tra `thanthien serve` đang chạy; xem nhật ký của dịch vụ."))
    failed = DBTaskResult.objects.failed().filter(finished_at__gte=at - timedelta(days=7)).order_by("-finished_at")
    if newest := failed.first():
        yield Trouble(
            _("%(count)s việc nền hỏng trong 7 ngày qua; gần nhất: %(error)s")
            % {"count": failed.count(), "error": newest.exception_class_path},
            _("Xem nhật ký của dịch vụ vào %(at)s.") % {"at": f"{newest.finished_at:%d/%m/%Y %H:%M}"},
            serious=False,
        )


@examines(gettext_lazy("Tin nội bộ giữa các phòng"))
def deliveries(at: datetime) -> Iterator[Trouble]:
    waiting = EventFailure.objects.filter(resolved_at=None).order_by("-failed_at")
    if newest := waiting.first():
        yield Trouble(
            _("%(count)s tin không chuyển được; gần nhất: %(listener)s, %(error)s")
            % {"count": waiting.count(), "listener": newest.listener, "error": newest.error},
            _("Sửa nguyên nhân rồi chuyển lại tin."),
        )


@examines(gettext_lazy("Sao lưu"))
def backups(at: datetime) -> Iterator[Trouble]:
    last = last_backup()
    if settings.DEMO or (last and at - last <= BACKUP_AGE):
        return
    what = _("Bản sao lưu gần nhất đã quá 7 ngày.") if last else _("Chưa sao lưu lần nào.")
    yield Trouble(what, _("Chạy `thanthien backup TỆP` mỗi đêm và giữ bản sao ở máy khác."), serious=False)


@examines(gettext_lazy("Nhật ký (xem nhanh)"))
def timeline_quickly(at: datetime) -> Iterator[Trouble]:
    promised = TimelineChain.objects.aggregate(sum=Sum("length"))["sum"] or 0
    changed = [one for one in TimelineEntry.objects.order_by("-pk")[:NEWEST] if one.hash != timeline.fingerprint(one)]
    if changed or promised != TimelineEntry.objects.count():
        yield Trouble(_("Nhật ký đã bị sửa, xóa hoặc chèn."), _("Chạy `thanthien audit verify` để biết dòng nào."))
