"""What a text may hold, and who may do what to a letter. Silence, or `Refused` with the reason in Vietnamese."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.core.text import plain
from thanthien.letters.enums import ELECTRONIC, POSTS_UPWARDS, Kind, Occasion, SignerPost, State, Way
from thanthien.organisation.enums import Role
from thanthien.organisation.queries import desks_of

if TYPE_CHECKING:
    from thanthien.letters.models import Letter, WrongName
    from thanthien.organisation.models import Staff

NAME = re.compile(r"\{([^{}\n]*)\}")
WRITERS = (Role.CLERK, Role.RECEPTION, Role.RETURN, Role.SPECIALIST, Role.DIVISION_HEAD, Role.LEADER)
HANDERS = (Role.CLERK, Role.RECEPTION, Role.RETURN, Role.POSTAL, Role.LEADER)
READERS = (*WRITERS, Role.UNIT_ADMIN, Role.PROVINCE_ADMIN, Role.INSPECTOR, Role.POSTAL)
CONFIRMATIONS = 2
MOST_AT_ONCE = 50

# What a text may name: of every letter, then of each occasion.
COMMON = ("người nhận", "cơ quan", "địa phương", "liên hệ")
OF_DELAY = ("thủ tục", "mã hồ sơ", "ngày hẹn cũ", "ngày hẹn mới", "lý do", "người chịu trách nhiệm", "lời hẹn")
NAMES: dict[str, tuple[str, ...]] = {
    Occasion.BIRTH: ("tên trẻ", "ngày sinh", "tên cha", "tên mẹ"),
    Occasion.MARRIAGE: ("tên chồng", "tên vợ", "ngày đăng ký"),
    Occasion.DEATH: ("người mất", "quan hệ", "ngày mất"),
    Occasion.DELAY: OF_DELAY,
    "delay_again": (*OF_DELAY, "lý do lần này", "việc làm ngay"),
    "delay_above": (*OF_DELAY, "lý do lần này", "việc làm ngay", "cơ quan trễ hẹn"),
    Occasion.DISSATISFIED: ("điều chưa hài lòng", "người chịu trách nhiệm", "việc đã sửa"),
    Occasion.OPINION: ("ý kiến", "thay đổi"),
    Occasion.HELP: ("việc giúp đỡ", "kết quả"),
    Occasion.GIFT: ("quà tặng", "dùng vào việc"),
    Occasion.DIALOGUE: ("buổi đối thoại", "ý kiến", "kết quả"),
}


# ---- words ---------------------------------------------------------------------------------------------------
def names_in(text: str) -> list[str]:
    """The names in braces, each once, in their order."""
    return list(dict.fromkeys(name.strip() for name in NAME.findall(text)))


def fill(text: str, facts: Mapping[str, str]) -> str:
    """The text with its facts, in one pass: braces inside a fact stay what they are. What is missing stays a name."""
    return NAME.sub(lambda found: facts.get(found[1].strip()) or found[0], text)


def missing_in(text: str, facts: Mapping[str, str]) -> list[str]:
    return [name for name in names_in(text) if not facts.get(name)]


def is_whole(addressee: str, title: str, body: str, facts: Mapping[str, str]) -> bool:
    return bool(addressee) and not missing_in(f"{title}\n{body}", {**facts, "người nhận": addressee})


def names_of(text_code: str) -> tuple[str, ...]:
    return COMMON + NAMES[text_code]


def check_text(text_code: str, *parts: str) -> None:
    """A text names only facts that there are on this occasion, and no brace stands alone."""
    known = names_of(text_code)
    for part in parts:
        unknown = [name for name in names_in(part) if name not in known]
        if unknown:
            raise Refused(
                _("Không có tên «{%(name)s}» cho dịp này. Các tên dùng được: %(known)s.")
                % {"name": unknown[0], "known": ", ".join(f"{{{name}}}" for name in known)}
            )
        if set("{}") & set(NAME.sub("", part)):
            raise Refused(_("Có dấu ngoặc nhọn mở mà chưa đóng, hoặc đóng mà chưa mở."))


def paragraphs(body: str) -> tuple[str, ...]:
    """An empty line ends a paragraph; single line breaks are kept out, the paper breaks lines by itself."""
    return tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", body.strip()) if part.strip())


# ---- who may -------------------------------------------------------------------------------------------------
def check_has_role(by: "Staff", *roles: str) -> None:
    if not by.has_role(*roles):
        names = ", ".join(str(Role(role).label) for role in roles)
        raise Refused(_("Việc này dành cho: %(roles)s.") % {"roles": names})


def check_can_read(*, by: "Staff") -> None:
    if not by.is_superuser:
        check_has_role(by, *READERS)


def check_in_office(letter: "Letter", *, by: "Staff") -> None:
    if letter.unit_id not in desks_of(by):
        raise Refused(_("Thư thuộc đơn vị khác: %(unit)s.") % {"unit": letter.unit.name})


def check_can_write(*, by: "Staff") -> None:
    check_has_role(by, *WRITERS)


def check_can_set_up(*, by: "Staff") -> None:
    """How a unit writes is decided by its leaders, kept by its clerk and administrator."""
    check_has_role(by, Role.LEADER, Role.UNIT_ADMIN, Role.CLERK)


def check_can_keep_signature(*, by: "Staff") -> None:
    check_has_role(by, Role.LEADER, Role.DIVISION_HEAD)


def check_can_change(letter: "Letter", *, by: "Staff") -> None:
    _check_draft(letter)
    check_in_office(letter, by=by)
    check_can_write(by=by)


def check_signer(letter: "Letter", signer: str) -> None:
    """A second delay went one level up; it does not come down again."""
    if letter.round > 1 and POSTS_UPWARDS.index(SignerPost(signer)) < POSTS_UPWARDS.index(SignerPost(letter.signer)):
        raise Refused(_("Lần xin lỗi thứ hai do cấp trên ký, không chuyển xuống người ký thấp hơn."))


def check_can_confirm(letter: "Letter", *, by: "Staff") -> None:
    """Names of a condolence are compared with the papers by two different persons (FEATURES 5.26)."""
    check_can_change(letter, by=by)
    if letter.kind != Kind.CONDOLENCE:
        raise Refused(_("Chỉ thư chia buồn cần hai người xác nhận tên và quan hệ."))
    check_is_whole(letter)
    if by.pk in {confirmation.by_id for confirmation in letter.confirmations.all()}:
        raise Refused(_("Ông/bà đã xác nhận thư này. Lần xác nhận thứ hai phải do một người khác."))


def check_is_whole(letter: "Letter") -> None:
    missing = missing_in(f"{letter.title}\n{letter.body}", letter.facts | {"người nhận": letter.addressee})
    if missing:
        names = ", ".join(f"{{{name}}}" for name in missing)
        raise Refused(_("Thư còn thiếu: %(names)s. Xin điền đủ trước.") % {"names": names})
    if not letter.addressee:
        raise Refused(_("Thư chưa có người nhận. Xin ghi tên người nhận trước."))


def check_can_sign(letter: "Letter", *, by: "Staff", before: Iterable[str] = ()) -> None:
    """`before`: the bodies of earlier apologies for the same cause; a second one has its own words (FEATURES 5.4)."""
    _check_draft(letter)
    check_in_office(letter, by=by)
    check_has_role(by, *([Role.DIVISION_HEAD] if letter.signer == SignerPost.DIVISION else []), Role.LEADER)
    if letter.signer == SignerPost.HEAD and not is_head(letter.unit, by):
        raise Refused(_("Thư này do người đứng đầu trực tiếp ký, cấp phó không ký thay."))
    check_is_whole(letter)
    if letter.kind == Kind.CONDOLENCE and letter.confirmations.count() < CONFIRMATIONS:
        raise Refused(_("Thư chia buồn cần hai người khác nhau xác nhận tên và quan hệ trước khi ký."))
    if same_words(letter.body) in {same_words(body) for body in before}:
        raise Refused(_("Lần xin lỗi thứ hai không dùng lại lời của lần trước. Xin viết lại cho đúng sự việc."))


def is_head(unit: "object", by: "Staff") -> bool:
    """By the title of the post: "Chủ tịch UBND phường" is the head of a unit whose head is "CHỦ TỊCH"."""
    return plain(by.title).startswith(plain(getattr(unit, "head_title", "") or "Chủ tịch"))


def same_words(body: str) -> str:
    return " ".join(re.findall(r"\w+", plain(body)))


def check_can_hand(letter: "Letter", *, by: "Staff") -> None:
    if letter.state != State.SIGNED:
        raise Refused(_("Chỉ trao thư đã ký và chưa trao."))
    check_in_office(letter, by=by)
    check_has_role(by, *HANDERS)


def check_way(kind: str, way: str, *, has_consent: bool) -> None:
    if way in ELECTRONIC and kind == Kind.CONDOLENCE:
        raise Refused(_("Thư chia buồn được trao tận tay hoặc gửi bản giấy, không gửi qua thư điện tử hay Zalo."))
    if way in ELECTRONIC and not has_consent:
        raise Refused(_("Chỉ gửi bản điện tử khi người nhận đã đồng ý."))


def check_evidence(way: str, evidence: str, has_file: bool) -> None:
    """Each way has its own proof."""
    asked = {
        Way.HOME: _("Xin ghi tên trưởng thôn, tổ trưởng đã trao, hoặc đính kèm ảnh, giấy ký nhận."),
        Way.POST: _("Xin ghi số vận đơn bưu chính."),
        Way.EMAIL: _("Xin ghi đã gửi đến địa chỉ nào, lúc nào."),
        Way.ZALO: _("Xin ghi đã gửi đến số Zalo nào, lúc nào."),
    }
    if way in asked and not evidence and not has_file:
        raise Refused(asked[Way(way)])


def check_can_cancel(letter: "Letter", *, by: "Staff") -> None:
    if letter.state not in (State.DRAFT, State.SIGNED):
        raise Refused(_("Thư đã trao hoặc đã hủy, không hủy được nữa."))
    check_in_office(letter, by=by)
    check_can_write(by=by)


def check_can_answer(letter: "Letter", *, by: "Staff") -> None:
    if letter.state != State.HANDED:
        raise Refused(_("Chỉ ghi lời đáp của người nhận sau khi thư đã trao."))
    if letter.answered_at:
        raise Refused(_("Lời đáp của người nhận đã được ghi."))
    check_in_office(letter, by=by)
    check_has_role(by, *HANDERS)


def check_can_report_wrong_name(letter: "Letter", *, by: "Staff") -> None:
    if letter.state not in (State.SIGNED, State.HANDED):
        raise Refused(_("Thư chưa ký: xin sửa bản thảo."))
    if hasattr(letter, "wrong_name"):
        raise Refused(_("Sự cố sai tên của thư này đã được báo."))
    check_in_office(letter, by=by)
    check_can_write(by=by)


def check_can_close_wrong_name(incident: "WrongName", *, by: "Staff") -> None:
    """The leader closes it, once somebody has apologised in person."""
    if incident.closed_at:
        raise Refused(_("Sự cố này đã khép lại."))
    check_in_office(incident.letter, by=by)
    check_has_role(by, Role.LEADER)


def _check_draft(letter: "Letter") -> None:
    if letter.state != State.DRAFT:
        raise Refused(_("Thư đã ký hoặc đã hủy, không sửa được nữa."))
