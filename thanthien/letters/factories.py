"""Letters for tests, made by the real actions. People are invented."""

import io
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from thanthien.core.files import PNG, check_upload
from thanthien.dossiers.factories import MONDAY, an_offering, finish, officer, receive
from thanthien.letters import actions
from thanthien.letters.actions import Handing
from thanthien.letters.enums import Occasion, Way
from thanthien.letters.models import Letter
from thanthien.letters.queries import Draft
from thanthien.letters.rules import names_in
from thanthien.organisation.enums import Role
from thanthien.procedures.enums import LifeEvent

BIRTH, MARRIAGE, DEATH = "1.001193", "1.000894", "1.000656"
NAMES = {BIRTH: "Đăng ký khai sinh", MARRIAGE: "Đăng ký kết hôn", DEATH: "Đăng ký khai tử"}
EVENTS = {BIRTH: LifeEvent.BIRTH, MARRIAGE: LifeEvent.MARRIAGE, DEATH: LifeEvent.DEATH}


def an_offering_of(code: str, **facts: Any) -> Any:
    """A unit registers births, marriages or deaths. The head of the unit is its "CHỦ TỊCH"."""
    offering = an_offering(NAMES[code], **facts)
    procedure = offering.procedure
    procedure.code, procedure.life_event = code, EVENTS[code]
    procedure.save()
    return offering


def registered(code: str, *, offering: Any = None, at: datetime = MONDAY, **person: Any) -> Any:
    """A finished dossier of that kind. The letter is drafted when the worker has answered."""
    return finish(receive(offering=offering or an_offering_of(code), person=person, at=at), at=at)


def clerk(unit: Any, **facts: Any) -> Any:
    return officer(unit, Role.CLERK, **facts)


def head(unit: Any, **facts: Any) -> Any:
    return officer(unit, Role.LEADER, **{"title": "Chủ tịch UBND xã", "full_name": "Phạm Thị Đứng Đầu"} | facts)


def deputy(unit: Any, **facts: Any) -> Any:
    return officer(unit, Role.LEADER, **{"title": "Phó Chủ tịch UBND xã", "full_name": "Lý Văn Phó"} | facts)


def a_letter(unit: Any, occasion: Occasion = Occasion.GIFT, *, at: datetime = MONDAY, **facts: Any) -> Letter:
    """A draft; `facts` are of `Draft`."""
    values = {"cause": "Tặng hai xe lăn", "addressee": "Bà Nguyễn Thị Tặng", "address": "Thôn 2, xã Mẫu"}
    return actions.draft_letter(Draft(unit=unit, occasion=occasion, **values | facts), by=clerk(unit), at=at)


def whole(letter: Letter, *, by: Any = None, at: datetime = MONDAY, **values: str) -> Letter:
    """Every name in it has a fact, and it has an addressee."""
    facts = {name: letter.facts.get(name) or f"«{name}»" for name in names_in(letter.body)}
    said = {"addressee": letter.addressee or "Anh Trần Văn Mẫu và chị Lê Thị Mẫu"} | values
    return actions.change_letter(letter, facts, by=by or clerk(letter.unit), at=at, **said)


def confirmed(letter: Letter, *, at: datetime = MONDAY) -> Letter:
    for _person in range(2):
        letter = actions.confirm_names(letter, by=clerk(letter.unit), at=at)
    return letter


def signed(letter: Letter, *, by: Any = None, at: datetime = MONDAY) -> Letter:
    letter = whole(letter, at=at)
    letter = confirmed(letter, at=at) if letter.occasion == Occasion.DEATH else letter
    return actions.sign_letters([letter], by=by or head(letter.unit), at=at)[0]


def handed(letter: Letter, *, by: Any = None, at: datetime = MONDAY, **facts: Any) -> Letter:
    how = {"way": Way.CERTIFICATE, "recipient": "Nguyễn Thị Nhận"} | facts
    return actions.hand_over(signed(letter, by=by, at=at), Handing(**how), by=clerk(letter.unit), at=at)


def a_stroke() -> Any:
    """A picture of a signature, checked as an upload is."""
    picture = Image.new("RGB", (900, 400), "white")
    ImageDraw.Draw(picture).line([(100, 250), (260, 120), (420, 300), (600, 140), (780, 240)], fill="black", width=9)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return check_upload(SimpleUploadedFile("chu-ky.png", out.getvalue(), "image/png"), (PNG,))
