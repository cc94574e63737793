"""The texts: what is built in, what administrators made of it, and which is in force."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from thanthien.core.rules import Refused
from thanthien.notifications.enums import Channel, Situation
from thanthien.notifications.models import MessageTemplate
from thanthien.notifications.rules.texts import (
    OF_A_DRAFT,
    OF_THE_QUEUE,
    SmsLength,
    check_text,
    fill,
    fill_sms,
    length_of_sms,
    places_of,
)

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
        if name in OF_A_DRAFT:
            after = frame["after_code"]
        if name in OF_THE_QUEUE:
            after = frame["after_queue"]
        mail = "\n".join([before.strip(), "", said["mail"].strip(), after.strip("\n")])
        texts[Situation(name), Channel.EMAIL] = Text(title=title, body=mail)
        texts[Situation(name), Channel.SMS] = Text(body=said["sms"].strip())
        texts[Situation(name), Channel.ZALO] = Text(body=said["mail"].strip())
    return texts


# An invented person, as long as people's and procedures' names usually are.
SAMPLE = {
    "họ tên": "Nguyễn Thị Minh Hạnh", "mã": "H56.14.18-261124-0007", "thủ tục": "Đăng ký khai sinh",
    "hẹn": "17:00 ngày 27/11/2026", "nơi nhận": "tại Bộ phận Một cửa", "người tiếp nhận": "Lê Thị Mai",
    "giấy tờ": "- Giấy chứng sinh\n- Tờ khai có chữ ký", "lý do": "tờ khai chưa ký", "cơ quan": "Công an phường",
    "khoản thu": "lệ phí hộ tịch", "số tiền": "8.000 đồng", "biên lai": "BL0012", "vận đơn": "EB123456789VN",
    "có từ": "09:00 ngày 27/11/2026", "kiểm tra trước": "17:00 ngày 25/11/2026",
    "theo dõi": "https://motcua.vidu.vn/tra-cuu/H56.14.18-261124-0007/…/", "bộ phận": "Bộ phận Một cửa",
    "đánh giá": "https://motcua.vidu.vn/danh-gia/phieu/Ab3dEf6hIj9kLm2n0123456789abcdef01234567/",
    "xác nhận": "https://motcua.vidu.vn/nop-ho-so/xac-nhan/Ab3dEf6hIj9kLm2n0123456789abcdef/",
    "người khai": "Phạm Văn Nam", "đơn vị": "Phường Sen Hồng", "mã xác nhận": "042137", "phút": "10",
}  # fmt: skip


@dataclass(frozen=True)
class Preview:
    """A text as it would go out to the invented person of the sample; or why it cannot."""

    title: str = ""
    body: str = ""
    length: SmsLength | None = None
    fault: str = ""


def preview(situation: Situation, channel: Channel, title: str, body: str, *, plain: bool) -> Preview:
    try:
        for text in (title, body):
            check_text(situation, text)
    except Refused as reason:
        return Preview(fault=str(reason))
    facts = {name: SAMPLE[name] for name in places_of(situation)}
    if channel != Channel.SMS:
        return Preview(fill(title, facts), fill(body, facts))
    said = fill_sms(body, facts, plain=plain)
    return Preview(body=said, length=length_of_sms(said))


def texts_in_force(unit_code: str) -> list[tuple[Situation, list[tuple[Channel, Text]]]]:
    """For every situation what is in force in each channel; two statements."""
    newest: dict[tuple[str, str], Text] = {}
    rows = MessageTemplate.objects.filter(unit_code__in={unit_code, ""}).order_by("unit_code", "version")
    for row in rows:
        newest[row.situation, row.channel] = Text(
            title=row.title, body=row.body, version=row.version, unit_code=row.unit_code
        )
    built_in = built_in_texts()
    return [
        (
            situation,
            [(channel, newest.get((situation, channel)) or built_in[situation, channel]) for channel in Channel],
        )
        for situation in Situation
    ]


def version_of(unit_code: str, situation: Situation, channel: Channel, version: int) -> Text:
    """One version that was made, or (0) the built-in one; 404 when there is none."""
    if version == BUILT_IN:
        return built_in_texts()[situation, channel]
    row = get_object_or_404(versions_of(unit_code, situation, channel), version=version)
    return Text(title=row.title, body=row.body, version=row.version, unit_code=row.unit_code)


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
