"""Settings with which the house works, but not safely."""

import pytest

from thanthien.core.operations.cautions import cautions

SAFE = {
    "DEMO": False, "SECRET_KEY": "abcde" * 10, "ALLOWED_HOSTS": ["motcua.example.vn", ".xa.example.vn"],
    "HTTPS": True, "BEHIND_PROXY": True, "SITE_URL": "https://motcua.example.vn",
    "LOGGING": {"root": {"level": "INFO"}}, "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "EMAIL_HOST": "thu.example.vn", "EMAIL_HOST_PASSWORD": "mat-khau", "EMAIL_USE_TLS": True, "EMAIL_USE_SSL": False,
}  # fmt: skip


@pytest.fixture
def production(settings, tmp_path):
    for name, value in SAFE.items():
        setattr(settings, name, value)
    settings.DATA_DIR = tmp_path
    tmp_path.chmod(0o750)
    return settings


def test_a_careful_house_hears_nothing(production):
    assert cautions() == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ALLOWED_HOSTS": ["motcua.example.vn", "*"]}, "ALLOWED_HOSTS nhận mọi tên miền (*)"),
        ({"ALLOWED_HOSTS": [".vn", ".example.vn"]}, "ALLOWED_HOSTS nhận mọi tên miền (.vn, .example.vn)"),
        ({"HTTPS": False}, "HTTPS đang tắt"),
        ({"BEHIND_PROXY": False}, "HTTPS bật mà BEHIND_PROXY tắt"),
        ({"SECRET_KEY": "x" * 50}, "SECRET_KEY lặp đi lặp lại"),
        ({"SITE_URL": "http://127.0.0.1:8000"}, "chỉ mở được trên máy chủ"),
        ({"SITE_URL": "https://localhost"}, "chỉ mở được trên máy chủ"),
        ({"SITE_URL": "motcua.example.vn"}, "chỉ mở được trên máy chủ"),
        ({"SITE_URL": "http://motcua.example.vn"}, "không có https"),
        ({"SITE_URL": "https://noi-khac.example.org"}, "không nằm trong ALLOWED_HOSTS"),
        ({"LOGGING": {"root": {"level": "debug"}}}, "LOG_LEVEL=DEBUG"),
        ({"EMAIL_USE_TLS": False}, "Mật khẩu máy chủ thư"),
    ],
)
def test_what_is_not_safe_is_said_with_how_to_mend_it(production, changed, said):
    for name, value in changed.items():
        setattr(production, name, value)

    [caution] = cautions()

    assert (said in caution.what, bool(caution.mend), caution.serious) == (True, True, False)


@pytest.mark.parametrize(
    "changed",
    [
        {"EMAIL_USE_TLS": False, "EMAIL_HOST": "localhost"},
        {"EMAIL_USE_TLS": False, "EMAIL_HOST_PASSWORD": ""},
        {"EMAIL_USE_TLS": False, "EMAIL_USE_SSL": True},
        {"HTTPS": True, "ALLOWED_HOSTS": [".motcua.example.vn"]},
        {"DEMO": True, "ALLOWED_HOSTS": ["*"], "HTTPS": False},
    ],
)
def test_what_is_safe_all_the_same_is_not_said(production, changed):
    for name, value in changed.items():
        setattr(production, name, value)

    assert cautions() == []


def test_a_data_folder_open_to_everyone_on_the_machine_is_named(production, tmp_path):
    tmp_path.chmod(0o755)

    [caution] = cautions()

    assert (str(tmp_path) in caution.what, caution.mend) == (True, f"Chạy `chmod o-rwx {tmp_path}`.")


def test_a_data_folder_that_is_not_there_yet_is_not_asked(production, tmp_path):
    production.DATA_DIR = tmp_path / "chua-co"

    assert cautions() == []
