"""What a unit writes on which occasion, in its own words; the picture of a signature."""

import base64
import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from thanthien.core.files import CheckedFile
from thanthien.core.rules import Refused
from thanthien.letters import rules
from thanthien.letters.enums import OF_LIFE, Paper, SignerPost, Way
from thanthien.letters.models import LetterText, OccasionRule, Signature
from thanthien.letters.queries import built_in, versions_of
from thanthien.letters.queries.settings import Text

LARGEST = (600, 240)
LIGHT = 200  # paper, as a camera or scanner sees it: made transparent


@dataclass(frozen=True, kw_only=True)
class RuleFacts:
    is_on: bool
    signer: SignerPost
    paper: Paper
    way: Way
    procedures: tuple[str, ...] = ()
    quiet_days: int = 0


@transaction.atomic
def set_rule(unit: Any, occasion: str, facts: RuleFacts, *, by: Any, at: datetime) -> OccasionRule:
    """Letters that are drafted already keep what held when they were."""
    rules.check_can_set_up(by=by)
    values = vars(facts) | {"procedures": list(facts.procedures) if occasion in OF_LIFE else []}
    rule, _is_new = OccasionRule.objects.update_or_create(unit=unit, occasion=occasion, defaults=values)
    return rule


@transaction.atomic
def save_text(unit: Any, text_code: str, text: Text, *, note: str, by: Any, at: datetime) -> LetterText:
    """One more version; older ones stay. Unknown names are refused."""
    rules.check_can_set_up(by=by)
    rules.check_text(text_code, text.title, text.body)
    if not rules.paragraphs(text.body):
        raise Refused(_("Lời thư còn trống."))
    newest = versions_of(unit, text_code).select_for_update().first()
    if newest and (newest.title, newest.body, newest.note) == (text.title, text.body, note):
        return newest  # the form was sent twice
    return LetterText.objects.create(
        unit=unit, occasion=text_code, version=newest.version + 1 if newest else 1, title=text.title, body=text.body,
        note=note, created_by=str(by), created_at=at,
    )  # fmt: skip


def is_changed(text: Text, text_code: str) -> bool:
    return (text.title, text.body) != (built_in(text_code).title, built_in(text_code).body)


def keep_signature(checked: CheckedFile, *, by: Any, at: datetime) -> Signature:
    """One's own only: nobody puts in another's. White paper becomes transparent, dark ink blue (NĐ 30/2020)."""
    rules.check_can_keep_signature(by=by)
    checked.content.seek(0)
    with Image.open(checked.content) as opened:
        grey = opened.convert("RGBA")
    ground = Image.new("RGBA", grey.size, "white")
    ground.alpha_composite(grey)
    shade = ground.convert("L")
    shade.thumbnail(LARGEST)
    box = shade.point(lambda value: 255 if value < LIGHT else 0).getbbox()
    if box is None:
        raise Refused(_("Không thấy nét ký trong ảnh. Xin ký bằng mực đậm trên giấy trắng rồi chụp lại."))
    shade = shade.crop(box)
    ink = Image.new("RGBA", shade.size, (22, 43, 120, 0))
    ink.putalpha(shade.point(lambda value: 0 if value >= LIGHT else min(255, (LIGHT - value) * 2)))
    out = io.BytesIO()
    ink.save(out, "PNG", optimize=True)
    picture = base64.b64encode(out.getvalue()).decode()
    kept, _is_new = Signature.objects.update_or_create(staff=by, defaults={"picture": picture, "made_at": at})
    return kept
