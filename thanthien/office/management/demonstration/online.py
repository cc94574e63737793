"""Filed by phone this morning: alone, with an officer beside, two together. People and papers are invented."""

import io
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from thanthien.dossiers.actions import WayBack
from thanthien.dossiers.enums import ReturnChannel
from thanthien.filing import actions
from thanthien.filing.actions import Application, Contact
from thanthien.filing.queries import draft_of, papers_of_draft
from thanthien.office.management.demonstration import catalogue
from thanthien.office.management.demonstration.story import Story
from thanthien.people.actions import PersonFacts
from thanthien.procedures.queries import version_in_force

BOTH = {"ethnicity": "Kinh", "nationality": "Việt Nam", "address": "Tổ dân phố số 4"}
ABOUT_NAM = {
    "cho-ai": {"for_whom": ["self"]},
    "nguoi-nop": {
        "full_name": ["Phạm Văn Nam"], "personal_id": ["038098000127"], "birth_date": ["10/01/1998"],
        "address": ["Tổ dân phố số 4"], "phone": ["0900 000 111"],
    },
}  # fmt: skip
OF_TWO: dict[str, Any] = {
    "husband": BOTH | {"full_name": "Phạm Văn Nam", "birth_date": "1998-01-10", "sex": "male",
                       "personal_id": "038098000127"},
    "husband_status": "single",
    "wife": BOTH | {"full_name": "Vũ Thị Hoa", "birth_date": "2000-06-15", "sex": "female",
                    "personal_id": "038300000458"},
    "wife_status": "single", "voluntary": "yes", "related": "no",
}  # fmt: skip
MACHINE = "Máy số 2, sảnh Một cửa"


def filed_online(story: Story, at: datetime) -> None:
    _file(story, at=at)
    _file(story, helper=story.staff("mai"), at=at)
    _marry(story, at=at)


def _file(story: Story, *, helper: Any = None, at: datetime) -> None:
    offering = story.offerings[catalogue.EXTRACT]
    offering.version = version_in_force(offering.procedure)
    begun = actions.begin_draft(offering, at=at)
    if helper:
        actions.note_helper(begun.draft, helper, machine=MACHINE, at=at)
    draft = draft_of(begun.draft.ref, begun.key, at=at)
    assert draft is not None
    for line in papers_of_draft(draft):
        if line.lacks:
            actions.keep_file(draft, line.asked.key, _photo(), device_name=f"anh-{line.asked.key}-trinh-dien", at=at)
    way = WayBack(channel=ReturnChannel.COUNTER)
    actions.submit(draft, Application(person=story.person(), way=way, consents={"survey": helper is None}), at=at)


def _marry(story: Story, *, at: datetime) -> None:
    """One of two declares their marriage and names the other, who confirms by the link."""
    offering = story.offerings[catalogue.MARRIAGE]
    offering.version = version_in_force(offering.procedure)
    begun = actions.begin_draft(offering, at=at - timedelta(hours=1))
    for step, values in ABOUT_NAM.items():
        actions.save_step(begun.draft, step, values, is_sent=True, at=at - timedelta(hours=1))
    for group in ("husband_group", "wife_group", "marriage_group"):
        actions.save_declared(begun.draft, f"khai-{group}", OF_TWO, is_sent=True, at=at - timedelta(hours=1))
    draft = draft_of(begun.draft.ref, begun.key, at=at)
    assert draft is not None
    absent = {f"absent-{line.asked.key}": ["on"] for line in papers_of_draft(draft) if line.lacks}
    actions.save_step(draft, "giay-to", absent, is_sent=True, at=at)
    asked = actions.ask_parties(draft, {"wife": Contact(phone="+84900000222")}, at=at - timedelta(minutes=50))
    actions.confirm(asked[0], {}, wording="Tôi đã đọc lời khai và cam đoan là đúng.", at=at - timedelta(minutes=20))
    draft = draft_of(begun.draft.ref, begun.key, at=at)
    assert draft is not None
    nam = PersonFacts(
        full_name="Phạm Văn Nam", personal_id="038098000127", birth_date=date(1998, 1, 10), sex="male",
        address="Tổ dân phố số 4", phone="+84900000111", email="",
    )  # fmt: skip
    actions.submit(draft, Application(person=nam, way=WayBack(channel=ReturnChannel.COUNTER)), at=at)


def _photo() -> SimpleUploadedFile:
    """A sheet that says what it is."""
    sheet, out = Image.new("RGB", (600, 400), "#faf7f1"), io.BytesIO()
    ImageDraw.Draw(sheet).text((40, 180), "GIAY TO TRINH DIEN", fill="#0b5563")
    sheet.save(out, "JPEG")
    return SimpleUploadedFile("giay-to-trinh-dien.jpg", out.getvalue())
