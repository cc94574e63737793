"""The texts: what is built in, what administrators made of it, and which is in force."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import QuerySet

from thanthien.notifications.enums import Channel, Situation
from thanthien.notifications.models import MessageTemplate

BUILT_IN = 0
SOURCE = Path(__file__).resolve().parents[1] / "data" / "texts.toml"


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text with its places; `version` 0 is the built-in one, `unit_code` "" everyone's."""

    body: str
    title: str = ""
    version: int = BUILT_IN
    unit_code: str = ""


@cache
def built_in_texts() -> dict[tuple[Situation, Channel], Text]:
    source = tomllib.loads(SOURCE.read_text())
    frame, texts = source.pop("frame"), {}
    for name, said in source.items():
        title, before, after = said["title"], frame["before"], frame["after"]
        if name == Situation.CODE:
            before, after = frame["before_code"], frame["after_code"]
        mail = "\n".join([before.strip(), "", said["mail"].strip(), after.strip("\n")])
        texts[Situation(name), Channel.EMAIL] = Text(title=title, body=mail)
        texts[Situation(name), Channel.SMS] = Text(body=said["sms"].strip())
        texts[Situation(name), Channel.ZALO] = Text(body=said["mail"].strip())
    return texts


def text_in_force(unit_code: str, situation: Situation, channel: Channel) -> Text:
    """The newest version of the unit, else of everyone, else the built-in one."""
    found = (
        MessageTemplate.objects.filter(unit_code__in={unit_code, ""}, situation=situation, channel=channel)
        .order_by("-unit_code", "-version")
        .first()
    )
    if found is None:
        return built_in_texts()[situation, channel]
    return Text(title=found.title, body=found.body, version=found.version, unit_code=found.unit_code)


def versions_of(unit_code: str, situation: Situation, channel: Channel) -> QuerySet[MessageTemplate]:
    """All versions that one unit (or "" for everyone) has made, newest first."""
    return MessageTemplate.objects.filter(unit_code=unit_code, situation=situation, channel=channel).order_by(
        "-version"
    )
