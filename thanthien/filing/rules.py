"""What may be filed online, what a draft still lacks, how much it may hold. No clock: `at` is given."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from thanthien.core.rules import Refused
from thanthien.core.text import plain
from thanthien.filing.enums import ForWhom, PartyState
from thanthien.organisation.enums import Role
from thanthien.procedures.enums import Channel

if TYPE_CHECKING:
    from thanthien.filing.models import Draft, Party
    from thanthien.organisation.models import Staff
    from thanthien.procedures.queries import Paper

KEPT_FOR = timedelta(days=7)
PIECE_BYTES = 128 * 1024  # two to three seconds of a bad line
MOST_FILES = 40
MOST_FILES_A_PAPER = 10
MOST_BYTES = 150 * 1024 * 1024
LONGEST_ANSWERS = 100_000  # characters of all that was typed
AUTHORISATION = "uy-quyen"  # the key of the paper by which somebody files for another


def hash_of(key: str) -> str:
    """What is kept of a draft's key; 256 random bits need no salt and no slowness."""
    return hashlib.sha256(key.encode()).hexdigest()


# ---- papers ------------------------------------------------------------------------------------------------
@dataclass(frozen=True, kw_only=True)
class AskedPaper:
    """A paper of the dossier as it is asked for online. `needed`: a photo, or the word that there is none;
    `is_shown`: only brought along when the result is collected."""

    key: str
    name: str
    code: str = ""
    needed: bool = False
    is_shown: bool = False
    is_declared: bool = False  # the form on the page stands for it


def asked_papers(papers: list["Paper"], *, is_declared: bool, for_whom: str) -> list[AskedPaper]:
    """The papers of the catalogue, and the authorisation of who files for another."""
    asked = [
        AskedPaper(
            key=str(place),
            name=paper.name,
            code=paper.code,
            is_shown=paper.kind == "show",
            is_declared=is_declared and _is_declaration(paper.name),
            needed=paper.kind != "show" and not _is_if_any(paper.name),
        )
        for place, paper in enumerate(papers, 1)
    ]
    if for_whom != ForWhom.OTHER:
        return asked
    others = [paper for paper in asked if not plain(paper.name).startswith("van ban uy quyen")]
    return [AskedPaper(key=AUTHORISATION, name=_("Giấy ủy quyền"), needed=True), *others]


def supplement_papers(names: list[str]) -> list[AskedPaper]:
    """The papers of a supplement request."""
    return [AskedPaper(key=f"bs-{place}", name=name, needed=True) for place, name in enumerate(names, 1)]


def _is_declaration(name: str) -> bool:
    return plain(name).startswith(("to khai", "don "))


def _is_if_any(name: str) -> bool:
    """Catalogues say it in the name: "Văn bản ủy quyền (nếu có)", "… (khi cấp lại)"."""
    words = plain(name)
    return any(part in words for part in ("neu co", "neu thuoc", "neu gui", "neu theo", "(neu", "khi cap lai"))


def lacks(paper: AskedPaper, files: int, is_absent: bool) -> bool:
    """Whether something must still be done about this paper before sending."""
    wanted = paper.needed and not paper.is_shown and not paper.is_declared
    return wanted and not files and (not is_absent or paper.key == AUTHORISATION)


# ---- who must confirm ---------------------------------------------------------------------------------------
MOST_ASKED = 6  # links for one person: enough for a wrong number, too few to pester somebody
SETTLED = ("cho-ai", "nguoi-nop", "chu-ho-so", "xac-nhan")  # steps that say who must confirm


def is_same_person(told: Mapping[str, Any], filer: Mapping[str, str]) -> bool:
    """Whether the person of a form is who files: by the personal number, without one by name and day of birth."""
    numbers = [str(one.get("personal_id") or "") for one in (told, filer)]
    if all(numbers):
        return numbers[0] == numbers[1]
    names = [plain(str(one.get("full_name") or "")) for one in (told, filer)]
    days = [str(one.get("birth_date") or "") for one in (told, filer)]
    return bool(names[0] and days[0]) and names[0] == names[1] and days[0] == days[1]


def check_may_edit(step: str, asked: Sequence["Party"]) -> None:
    """What somebody is asked to confirm, or has confirmed, stays as it is until the asking is taken back."""
    if asked and (step in SETTLED or step.startswith("khai-")):
        raise Refused(_("Tờ khai này đã được gửi đi xác nhận nên không sửa được nữa. Muốn sửa, xin thu lại lời mời."))


def check_confirmed(waiting: Sequence[str]) -> None:
    """Before anything is sent; the names of those who have not confirmed."""
    if waiting:
        raise Refused(_("Hồ sơ chỉ gửi được khi %(names)s đã xác nhận lời khai.") % {"names": ", ".join(waiting)})


def check_can_ask_again(party: "Party") -> None:
    if party.state == PartyState.CONFIRMED:
        raise Refused(_("Ông/bà %(name)s đã xác nhận rồi.") % {"name": party.full_name})
    if party.times_asked >= MOST_ASKED:
        raise Refused(_("Đã gửi lời mời quá nhiều lần. Xin đưa mã QR cho người ấy, hoặc cả hai đến Bộ phận Một cửa."))


def check_can_answer(party: "Party", *, at: datetime) -> None:
    if party.state == PartyState.CONFIRMED:
        raise Refused(_("Ông/bà đã xác nhận lời khai này rồi."))
    if party.expires_at <= at:
        raise Refused(_("Đường dẫn này đã quá hạn. Xin nhờ người khai gửi lại."))


# ---- who may -----------------------------------------------------------------------------------------------
def takes_online(offering: Any) -> bool:
    """Whether this offering is filed online: offered today, with a version in force, by its own unit."""
    in_force = offering.valid_to is None and getattr(offering, "version", True) is not None
    return in_force and Channel.ONLINE in offering.channels and not offering.is_tracked_only


def check_can_begin(offering: Any) -> None:
    if not takes_online(offering):
        raise Refused(
            _("Thủ tục này chưa nhận trực tuyến. Ông/bà vui lòng nộp tại Bộ phận Một cửa hoặc qua bưu chính.")
        )


def check_is_open(draft: "Draft", *, at: datetime) -> None:
    if draft.expires_at <= at:
        raise Refused(_("Bản nháp này đã quá 7 ngày không sửa nên không còn được giữ. Xin làm lại từ đầu."))


def check_fits(answers: dict[str, Any]) -> None:
    if len(str(answers)) > LONGEST_ANSWERS:
        raise Refused(_("Nội dung khai dài quá. Xin viết ngắn lại."))


def check_may_add_file(draft: "Draft", paper: str, size: int) -> None:
    """So much for a draft and a paper; the numbers are said before anybody chooses a file."""
    files = list(draft.files.all())
    if len(files) >= MOST_FILES or sum(file.size for file in files) + size > MOST_BYTES:
        raise Refused(_("Bản nháp này đã đủ số tệp cho phép. Xin xóa bớt tệp không cần rồi thêm lại."))
    if sum(file.paper == paper for file in files) >= MOST_FILES_A_PAPER:
        raise Refused(_("Mỗi giấy tờ nhận không quá %(most)s tệp.") % {"most": MOST_FILES_A_PAPER})


def check_can_help(*, by: "Staff") -> None:
    """Whoever works with citizens; not who only watches or carries letters."""
    if not set(by.roles) - {Role.INSPECTOR, Role.POSTAL}:
        raise Refused(_("Tài khoản này không có nhiệm vụ giúp người dân nộp hồ sơ."))


def check_complete(asked: list[AskedPaper], counted: dict[str, int], absent: set[str]) -> None:
    """The papers of a draft that is about to be sent."""
    missing = [paper.name for paper in asked if lacks(paper, counted.get(paper.key, 0), paper.key in absent)]
    if missing:
        raise Refused(_("Còn thiếu: %(papers)s.") % {"papers": "; ".join(missing)})
