"""A result that goes home as a file: signed, drawn by the house, for the citizen to take from the tracking page."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from thanthien.core.documents import render
from thanthien.core.files import PDF, check_upload
from thanthien.core.words import long_date
from thanthien.dossiers import actions
from thanthien.dossiers.enums import FileKind, ReturnChannel
from thanthien.office.management.demonstration import catalogue
from thanthien.office.management.demonstration.story import Story
from thanthien.prints.queries import committee_head, head_of

# Of the demonstration alone: what a real result looks like is laid down by its own law.
SOURCE = """
#import "/lib.typ": *
#show: sheet.with(title: "Trích lục khai sinh (bản sao)", paper: "a4")
#letterhead(data.letterhead)
#form-title([TRÍCH LỤC KHAI SINH], under: text(weight: "bold")[(Bản sao)])
#field([Họ, chữ đệm, tên], data.full_name, strong: true)
#field([Nơi cư trú], data.address)
#field([Đã được đăng ký khai sinh tại], data.registered_at)
#field([Cấp theo hồ sơ số], data.code)
#v(1em)
#align(center, emph[Giấy của bản trình diễn: người và việc đều là hư cấu, không có giá trị sử dụng.])
#v(1em)
#signed-by(data.signer, data.recipients)
"""


def result_as_a_file(story: Story, at: datetime) -> Any:
    """A copy of a birth record, asked for and given back without coming to the counter."""
    person = story.person(full_name="Mai Thị Hồng Nhung", phone="+84912000777", email="hong-nhung@example.vn")
    dossier = story.receive(catalogue.EXTRACT, at, person=person, return_channel=ReturnChannel.ONLINE)
    dossier, at = story.work(dossier, at, pace=0.1)
    if dossier.finished_at is None:
        return dossier
    drawn = SimpleUploadedFile("trich-luc-khai-sinh.pdf", drawn_result(dossier, str(story.staff("chutich")), at=at))
    file = check_upload(drawn, (PDF,))
    actions.attach_files(dossier, [file], FileKind.RESULT, by=story.staff("vanthu"), at=at)
    return dossier


def drawn_result(dossier: Any, signer: str, *, at: datetime) -> bytes:
    unit = dossier.unit
    facts = {
        "letterhead": asdict(committee_head(unit, dossier.result_reference, at)),
        "full_name": dossier.applicant_name,
        "address": dossier.address,
        "registered_at": f"{unit.name}, {long_date(at)}",
        "code": dossier.code,
        "signer": asdict(head_of(unit, signer)),
        "recipients": ("Như trên", "Lưu: hồ sơ"),
    }
    return render(SOURCE, facts, timestamp=at)
