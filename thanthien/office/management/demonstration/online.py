"""Two who filed from their phones this morning, one of them with an officer beside. People and papers are invented."""

import io
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from thanthien.dossiers.actions import WayBack
from thanthien.dossiers.enums import ReturnChannel
from thanthien.filing import actions
from thanthien.filing.actions import Application
from thanthien.filing.queries import draft_of, papers_of_draft
from thanthien.office.management.demonstration import catalogue
from thanthien.office.management.demonstration.story import Story
from thanthien.procedures.queries import version_in_force

MACHINE = "Máy số 2, sảnh Một cửa"


def filed_online(story: Story, at: datetime) -> None:
    _file(story, at=at)
    _file(story, helper=story.staff("mai"), at=at)


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


def _photo() -> SimpleUploadedFile:
    """A sheet that says what it is."""
    sheet, out = Image.new("RGB", (600, 400), "#faf7f1"), io.BytesIO()
    ImageDraw.Draw(sheet).text((40, 180), "GIAY TO TRINH DIEN", fill="#0b5563")
    sheet.save(out, "JPEG")
    return SimpleUploadedFile("giay-to-trinh-dien.jpg", out.getvalue())
