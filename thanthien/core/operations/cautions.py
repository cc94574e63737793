"""Settings with which the house works, but not safely: `thanthien serve` says them when it opens, `doctor` each time.

Each is a sentence on what may happen and one on how to mend it. What must never be is refused (`checks`)."""

from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host
from django.utils.translation import gettext as _

from thanthien.core.diagnoses import Trouble

FEWEST_LETTERS = 5  # different ones in a secret that nobody guesses (Django's own measure)
NARROWEST_SUFFIX = 3  # ".xa.gov.vn" is one office's; ".gov.vn" is everybody's
OTHERS = 0o007  # the rights of everybody with an account on the machine


def cautions() -> list[Trouble]:
    """None for the demonstration, which holds nobody's data."""
    if settings.DEMO:
        return []
    return [trouble for look in LOOKS if (trouble := look())]


def _any_host() -> Trouble | None:
    wide = [host for host in settings.ALLOWED_HOSTS if _is_wide(host)]
    if not wide:
        return None
    return Trouble(
        _("ALLOWED_HOSTS nhận mọi tên miền (%(hosts)s): kẻ xấu có thể cho trang sinh liên kết về máy của chúng.")
        % {"hosts": ", ".join(wide)},
        _("Chỉ ghi tên miền của đơn vị, ví dụ ALLOWED_HOSTS=motcua.xa.gov.vn."),
        serious=False,
    )


def _is_wide(host: str) -> bool:
    labels = host.strip(".").split(".")
    return host == "*" or (host.startswith(".") and len(labels) < NARROWEST_SUFFIX)


def _plain_http() -> Trouble | None:
    if settings.HTTPS:
        return None
    return Trouble(
        _("HTTPS đang tắt: mật khẩu đi qua mạng không được che."),
        _("Đặt dịch vụ sau máy chủ có chứng chỉ, bỏ HTTPS=0 và đặt BEHIND_PROXY=1."),
        serious=False,
    )


def _nobody_in_front() -> Trouble | None:
    """The server speaks no TLS itself, so without a proxy that says so each page leads back to itself."""
    if settings.BEHIND_PROXY or not settings.HTTPS:
        return None
    return Trouble(
        _("HTTPS bật mà BEHIND_PROXY tắt: trang nào cũng chuyển hướng về chính nó, không mở được."),
        _("Đặt máy chủ web có chứng chỉ ở phía trước và đặt BEHIND_PROXY=1."),
        serious=False,
    )


def _weak_secret() -> Trouble | None:
    if len(set(settings.SECRET_KEY)) >= FEWEST_LETTERS:
        return None
    return Trouble(
        _("SECRET_KEY lặp đi lặp lại vài ký tự, dễ đoán."),
        _("Đặt SECRET_KEY là một chuỗi ngẫu nhiên từ 50 ký tự, ví dụ kết quả của `openssl rand -base64 48`."),
        serious=False,
    )


def _address_of_nobody() -> Trouble | None:
    """What stands on slips, in QR codes and messages must lead citizens here."""
    there = urlsplit(settings.SITE_URL)
    if _is_this_machine(there.hostname or ""):
        what = _("SITE_URL là %(url)s: mã QR trên giấy hẹn và liên kết trong thư chỉ mở được trên máy chủ.")
    elif settings.HTTPS and there.scheme != "https":
        what = _("SITE_URL là %(url)s, không có https: liên kết gửi người dân đi qua mạng không được che.")
    elif not validate_host(there.hostname or "", settings.ALLOWED_HOSTS):
        what = _("SITE_URL là %(url)s, không nằm trong ALLOWED_HOSTS: liên kết gửi người dân không mở được.")
    else:
        return None
    mend = _("Đặt SITE_URL là địa chỉ người dân gõ, ví dụ SITE_URL=https://motcua.xa.gov.vn.")
    return Trouble(what % {"url": settings.SITE_URL}, mend, serious=False)


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in ("", "localhost")


def _talkative_log() -> Trouble | None:
    root: Any = settings.LOGGING["root"]
    if root["level"].upper() != "DEBUG":
        return None
    return Trouble(
        _("LOG_LEVEL=DEBUG: nhật ký dịch vụ có thể ghi cả thông tin của người dân."),
        _("Bỏ LOG_LEVEL, hoặc đặt LOG_LEVEL=INFO."),
        serious=False,
    )


def _open_mail() -> Trouble | None:
    by_smtp = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") and settings.EMAIL_HOST_PASSWORD
    if not by_smtp or settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL or _is_this_machine(settings.EMAIL_HOST):
        return None
    return Trouble(
        _("Mật khẩu máy chủ thư và mọi tin báo đi qua mạng không được che."),
        _("Đặt EMAIL_URL bắt đầu bằng smtp+tls:// (hoặc smtp+ssl://)."),
        serious=False,
    )


def _open_folder() -> Trouble | None:
    folder = Path(settings.DATA_DIR)
    if not folder.is_dir() or not folder.stat().st_mode & OTHERS:
        return None
    return Trouble(
        _("Ai có tài khoản trên máy chủ cũng vào được thư mục dữ liệu %(folder)s.") % {"folder": folder},
        _("Chạy `chmod o-rwx %(folder)s`.") % {"folder": folder},
        serious=False,
    )


LOOKS: list[Callable[[], Trouble | None]] = [
    _any_host, _plain_http, _nobody_in_front, _weak_secret, _address_of_nobody, _talkative_log, _open_mail,
    _open_folder,
]  # fmt: skip
