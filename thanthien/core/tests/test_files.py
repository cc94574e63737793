"""Uploads (RELIABILITY S5): every nasty file is written here, offered, and refused with a sentence."""

import io
import random
import struct
import time
import tracemalloc
import zipfile
import zlib
from datetime import UTC, datetime

import pillow_heif
import pytest
from django import forms
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import override_settings
from PIL import Image

from thanthien.core.files import FileField, FileRefused, FilesField, KeptFile, check_upload, hand_out, keep
from thanthien.core.files.checking import tidy_name
from thanthien.core.files.kinds import IMAGES, PDF, PNG

AT = datetime(2026, 11, 23, 1, 12, tzinfo=UTC)
PDF_BYTES = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
OLD_OFFICE = "Tệp Word, Excel kiểu cũ hoặc đặt mật khẩu. Xin bỏ mật khẩu và lưu lại thành DOCX, XLSX hoặc PDF."
PROGRAM = "Đây là một chương trình máy tính, không phải giấy tờ, dù tên tệp ghi gì. Xin không mở tệp này."
BROKEN_PDF = "Tệp PDF này bị hỏng hoặc chưa tải hết. Xin mở thử trên máy, lưu lại rồi gửi lại."
BROKEN_PICTURE = "Ảnh này bị hỏng hoặc chưa tải hết. Xin chụp hoặc quét lại."
BROKEN_OFFICE = "Tệp Word hoặc Excel này bị hỏng hoặc chưa tải hết. Xin mở thử trên máy, lưu lại rồi gửi lại."
WEB_PAGE = "Đây là tệp trang mạng hoặc hình vẽ SVG, có thể chứa mã. Xin gửi tệp PDF, JPEG, PNG, HEIC, DOCX, XLSX."
PACKED = "Đây là tệp nén hoặc gói cài đặt. Xin giải nén và gửi từng tệp PDF, ảnh, DOCX, XLSX."
ARCHIVE = "Đây là tệp nén. Xin giải nén và gửi từng tệp PDF, JPEG, PNG, HEIC, DOCX, XLSX."
UNKNOWN = "Không nhận ra loại tệp này. Xin gửi tệp PDF, JPEG, PNG, HEIC, DOCX, XLSX."
TOO_MANY_PARTS = "Tệp này chứa nhiều phần quá mức của một văn bản. Xin in ra PDF rồi gửi lại."
BOMB = "Tệp này giải nén ra quá lớn. Xin in ra PDF rồi gửi lại."
TOO_LARGE = "Ảnh này có hơn 80 triệu điểm ảnh, lớn quá. Xin chụp hoặc quét nhỏ hơn."
MACROS = "Tệp này có macro (chương trình bên trong). Xin lưu lại thành DOCX, XLSX không macro hoặc PDF."


def picture(form: str, size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, form)
    return out.getvalue()


def heic(size: tuple[int, int] = (64, 48)) -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", size, "white")).save(out)
    return out.getvalue()


def office(parts: dict[str, bytes] | None = None, *, main: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": TYPES, main: b"<w:document/>", **(parts or {})}.items():
            archive.writestr(name, content)
    return out.getvalue()


def plain_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("anh.jpg", b"x")
    return out.getvalue()


def overlapping_bomb() -> bytes:
    """Many names for one packed part: 42 kB that unpack to more than a gigabyte."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(bytes(20 * 1024 * 1024)) + packed.flush()
    crc = zlib.crc32(bytes(20 * 1024 * 1024))
    sizes = crc, len(body), 20 * 1024 * 1024
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0, *sizes, 1, 0) + b"a"
    names = ["[Content_Types].xml", "word/document.xml", *[f"word/{n}.xml" for n in range(60)]]
    directory = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 0, *sizes, len(n), 0, 0, 0, 0, 0, 0)
        + n.encode()
        for n in names
    )  # fmt: skip
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(names), len(names), len(directory), len(local) + len(body), 0)
    return local + body + directory + end


def png_of(width: int, height: int) -> bytes:
    """A PNG that says to be of this size and holds next to nothing."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">L", len(content)) + name + content + struct.pack(">L", zlib.crc32(name + content))

    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 50)) + chunk(b"IEND", b"")


def upload(content: bytes, name: str = "giay-to.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def refusal(content: bytes, name: str = "giay-to.pdf") -> str:
    with pytest.raises(FileRefused) as refused:
        check_upload(upload(content, name))
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (PDF_BYTES, "don.pdf", "PDF"),
        (PDF_BYTES.replace(b"1.4", b"2.0") + b"\r\n\0\0", "don.pdf", "PDF"),
        (picture("JPEG"), "anh.jpg", "JPEG"),
        (picture("JPEG") + b"SEFT" + bytes(300), "anh.jpg", "JPEG"),
        (picture("PNG"), "anh.png", "PNG"),
        (heic(), "IMG_0001.HEIC", "HEIC"),
        (office(), "don.docx", "DOCX"),
        (office(main="xl/workbook.xml"), "bang.xlsx", "XLSX"),
    ],
)
def test_an_honest_file_is_taken_for_what_it_is(content, name, code):
    checked = check_upload(upload(content, name))

    assert (checked.kind.code, checked.size) == (code, len(content))


def test_the_content_decides_and_not_the_name():
    checked = check_upload(upload(picture("PNG"), "hoa-don.pdf"))

    assert (checked.kind, checked.name) == (PNG, "hoa-don.png")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Tệp này rỗng, không có nội dung. Xin quét hoặc chụp lại."),
        (b"MZ\x90\0" + bytes(200), PROGRAM),
        (b"\x7fELF" + bytes(200), PROGRAM),
        (b"#!/bin/sh\nrm -rf /\n", PROGRAM),
        (EICAR, UNKNOWN),
        (b"plain words", UNKNOWN),
        (b"GIF89a" + bytes(100), UNKNOWN),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', WEB_PAGE),
        (b"\n\n<!DOCTYPE html><script>alert(1)</script>", WEB_PAGE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), OLD_OFFICE),
        (b"Rar!\x1a\x07\0" + bytes(100), ARCHIVE),
        (plain_zip(), PACKED),
        (office(main="xl/workbook.xml", parts={"word/document.xml": b"<w/>"}), PACKED),
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused(content, words):
    assert refusal(content) == words


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (PDF_BYTES[:-8], BROKEN_PDF),
        (PDF_BYTES + b"alert(1)//", BROKEN_PDF),
        (b"%PDF-9" + PDF_BYTES[6:], BROKEN_PDF),
        (
            PDF_BYTES.replace(b"/Root", b"/Encrypt 5 0 R /Root"),
            "Tệp PDF này đặt mật khẩu. Xin bỏ mật khẩu (in ra PDF mới) rồi gửi lại.",
        ),
        (
            PDF_BYTES.replace(b"/Type /Catalog", b"/OpenAction << /S /J#61vaScript /JS (app.alert(1)) >>"),
            "Tệp PDF này có mã tự chạy bên trong. Xin in ra PDF mới rồi gửi lại.",
        ),
        (picture("JPEG")[:-200], BROKEN_PICTURE),
        (picture("PNG")[:-30], BROKEN_PICTURE),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), BROKEN_PICTURE),
        (b"\xff\xd8\xff\xe0" + bytes(100), BROKEN_PICTURE),
        (b"\0\0\0\x18ftypheic" + bytes(100), BROKEN_PICTURE),
        (heic()[:200], BROKEN_PICTURE),
        (office()[:-30], BROKEN_OFFICE),
        (office({"word/x.xml": b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;</x>"}), BROKEN_OFFICE),
        (office({"word/x.xml": "<!DOCTYPE x []><x/>".encode("utf-16")}), BROKEN_OFFICE),
        (office({"../../x.xml": b"<x/>"}), BROKEN_OFFICE),
        (office({"word/vbaProject.bin": b"x"}), MACROS),
        (office({"word/activeX/activeX1.bin": b"x"}), MACROS),
        (office({"[Content_Types].xml": TYPES.replace(b"Types ", b'Types x="macroEnabled.main" ')}), MACROS),
    ],
)
def test_a_broken_or_active_document_is_refused(content, words):
    assert refusal(content) == words


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (PDF_BYTES[:-6] + plain_zip()[:-2] + b"\x06\0%%EOF\n", "PDF"),
        (picture("JPEG") + plain_zip(), "JPEG"),
        (picture("PNG") + plain_zip(), "PNG"),
        (b"\xff\xd8\xff\xfe\0\x40<script>alert(1)</script>".ljust(70, b" ") + picture("JPEG")[2:], "JPEG"),
        (b"\xff\xd8\xff\xfe\0\x40%PDF-1.4 ".ljust(70, b" ") + picture("JPEG")[2:], "JPEG"),
    ],
)
def test_a_file_that_is_two_things_is_refused(content, code):
    assert refusal(content) == f"Tệp này vừa là {code} vừa là một loại khác, nên không nhận."


def test_a_docx_whose_parts_need_a_password_is_refused():
    content = bytearray(office())
    for mark in (b"PK\3\4", b"PK\1\2"):
        place = content.find(mark)
        content[place + (6 if mark == b"PK\3\4" else 8)] |= 1

    assert refusal(bytes(content)) == "Tệp này đặt mật khẩu. Xin bỏ mật khẩu rồi gửi lại."


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: office({f"word/{n}.xml": b"" for n in range(10_000)}), TOO_MANY_PARTS),
        (lambda: office({f"word/{n}.xml": b"" for n in range(2_001)}), TOO_MANY_PARTS),
        (lambda: office({"word/big.xml": bytes(30 * 1024 * 1024)}), BOMB),
        (overlapping_bomb, BOMB),
        (lambda: png_of(30_000, 30_000), TOO_LARGE),
        (lambda: png_of(10_000, 8_001), TOO_LARGE),
    ],
)
def test_a_bomb_is_refused_in_little_time_and_memory(make, words):
    content = make()
    tracemalloc.start()
    began = time.process_time()

    said = refusal(content)

    took, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert said == words
    assert took < 2
    assert peak < 100 * 1024 * 1024


def test_the_largest_honest_files_stay_within_time_and_memory():
    noise = random.Random(1).randbytes(18 * 1024 * 1024)
    largest = [PDF_BYTES[:-6] + noise + b"%%EOF\n", office({"word/media/image1.png": noise})]
    for content in largest:
        tracemalloc.start()
        began = time.process_time()

        check_upload(upload(content))

        took, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert took < 2
        assert peak < 100 * 1024 * 1024


@override_settings(UPLOAD_MAX_BYTES=len(PDF_BYTES))
def test_one_byte_over_the_limit_is_refused_and_the_limit_itself_is_not():
    assert check_upload(upload(PDF_BYTES)).size == len(PDF_BYTES)
    assert refusal(PDF_BYTES + b"\n").startswith("Tệp này nặng 1 KB, quá 1 KB.")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../x", "x.pdf"),
        ("..\\..\\windows\\sổ đỏ.exe", "sổ đỏ.pdf"),
        ("a" * 4_000 + ".pdf", "a" * 120 + ".pdf"),
        ("hoa\u202efdp.exe", "hoafdp.pdf"),
        ("...", "tệp.pdf"),
        ("", "tệp.pdf"),
        ('a"b<c>\r\n.PDF', "a b c.pdf"),
        ("Giấy khai sinh.2026.pdf", "Giấy khai sinh.2026.pdf"),
    ],
)
def test_a_name_is_made_fit_to_show(name, kept):
    assert tidy_name(name, PDF) == kept


def test_a_kept_file_lies_under_a_random_name_and_comes_back_as_it_was():
    checked = check_upload(upload(PDF_BYTES, "../../sổ đỏ.pdf"))

    first, second = keep(checked, at=AT), keep(checked, at=AT)

    assert first.path != second.path
    assert first.path.startswith("files/2026/11/")
    assert "sổ" not in first.path
    with default_storage.open(first.path) as file:
        assert file.read() == PDF_BYTES


@pytest.mark.django_db  # an answer that is closed looks after the connections of its thread
@pytest.mark.parametrize(
    ("content", "show", "media_type", "way"),
    [
        (PDF_BYTES, True, "application/pdf", "attachment"),
        (picture("PNG"), True, "image/png", "inline"),
        (picture("PNG"), False, "image/png", "attachment"),
        (heic(), True, "image/heic", "attachment"),
    ],
)
def test_a_file_is_handed_out_so_that_nothing_in_it_runs(content, show, media_type, way):
    kept = keep(check_upload(upload(content, "giấy tờ.pdf")), at=AT)

    response = hand_out(kept, show=show)

    assert b"".join(response.streaming_content) == content
    assert response.headers["Content-Type"] == media_type
    assert response.headers["Content-Disposition"].startswith(f"{way}; filename*=UTF-8''gi%E1%BA%A5y%20t%E1%BB%9D.")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].endswith("sandbox")
    response.close()


@pytest.mark.django_db  # an answer that is closed looks after the connections of its thread
def test_a_type_that_is_not_ours_is_never_handed_out():
    kept = keep(check_upload(upload(PDF_BYTES)), at=AT)
    changed = KeptFile(path=kept.path, name="x.html", media_type="text/html", size=1, sha256="")

    response = hand_out(changed, show=True)

    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    response.close()


def test_a_file_that_the_storage_lost_is_not_found():
    with pytest.raises(Http404):
        hand_out(KeptFile(path="files/2026/11/none.pdf", name="x.pdf", media_type="application/pdf", size=1, sha256=""))


class ManyForm(forms.Form):
    scans = FilesField(label="Bản quét", required=False)


class OneForm(forms.Form):
    photo = FileField(label="Ảnh", kinds=IMAGES)


def asked(form_class, *uploads):
    files = {name: list(uploads) for name in form_class.base_fields}

    class Files(dict):
        def getlist(self, name):
            return files[name]

        def get(self, name, otherwise=None):
            return uploads[0] if uploads else otherwise

    return form_class({}, Files(files))


def test_the_form_says_the_limits_beforehand():
    assert str(ManyForm().fields["scans"].help_text) == (
        "Nhận tệp PDF, JPEG, PNG, HEIC, DOCX, XLSX; mỗi tệp không quá 20 MB, mỗi lần không quá 20 tệp."
    )
    assert str(OneForm().fields["photo"].help_text) == "Nhận tệp JPEG, PNG, HEIC, không quá 20 MB."


def test_several_files_are_checked_and_each_bad_one_is_named():
    good = asked(ManyForm, upload(PDF_BYTES, "a.pdf"), upload(picture("PNG"), "b.png"))
    bad = asked(ManyForm, upload(PDF_BYTES, "a.pdf"), upload(b"", "b.pdf"), upload(b"MZ", "c.pdf"))

    assert good.is_valid()
    assert [file.name for file in good.cleaned_data["scans"]] == ["a.pdf", "b.png"]
    assert bad.errors["scans"] == [
        "b.pdf: Tệp này rỗng, không có nội dung. Xin quét hoặc chụp lại.",
        f"c.pdf: {PROGRAM}",
    ]


@override_settings(UPLOAD_MAX_FILES=1)
def test_too_many_files_are_refused():
    form = asked(ManyForm, upload(PDF_BYTES, "a.pdf"), upload(PDF_BYTES, "b.pdf"))

    assert form.errors["scans"] == ["Mỗi lần không quá 1 tệp. Xin chia làm nhiều lần."]


def test_no_file_is_fine_where_none_is_needed():
    form = asked(ManyForm)

    assert form.is_valid()
    assert form.cleaned_data["scans"] == []


def test_a_field_for_one_file_takes_only_its_kinds():
    assert asked(OneForm, upload(PDF_BYTES)).errors["photo"] == ["Ở đây chỉ nhận tệp JPEG, PNG, HEIC."]
    assert asked(OneForm, upload(picture("PNG"), "a.png")).is_valid()
    assert asked(OneForm).errors["photo"] == ["Chỗ này còn trống, xin điền giúp."]
