"""What letters add to the house: a line in the menu, what stands about a dossier, figures, who may read a letter."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from thanthien.core.documents.issuing import let_read
from thanthien.core.figures import Figure, Value, register
from thanthien.core.navigation import Entry, add
from thanthien.core.slots import fills
from thanthien.letters.enums import Kind, Occasion
from thanthien.letters.queries import figures, letters_about, may_read_document
from thanthien.letters.rules import READERS

add(
    Entry(
        label=_("Thư gửi dân"), url_name="letters:list", icon="envelope-heart", group=_("Lời hứa với dân"), order=70,
        roles=frozenset(READERS),
    )
)  # fmt: skip
let_read("letter", may_read_document)


@fills("dossier.detail")
def letters_of_dossier(request: HttpRequest, dossier: Any) -> str:
    letters = list(letters_about(dossier))
    return render_to_string("letters/_of_dossier.html", {"letters": letters}, request) if letters else ""


@fills("dossier.return")
def letter_to_hand_over(request: HttpRequest, dossier: Any) -> str:
    """On the page where the result is returned: the letter goes with the certificate."""
    letters = list(letters_about(dossier).filter(handed_at=None))
    return render_to_string("letters/_with_result.html", {"letters": letters}, request) if letters else ""


# ---- figures -------------------------------------------------------------------------------------------------
def _of_kind(kind: Kind) -> Figure:
    """Letters of one kind that reached people; the base is all letters that did."""
    return Figure(
        code=f"letters.{kind}", label=kind.label,
        definition=_("Thư loại này đã đến tay người nhận trong kỳ, có bằng chứng trao; cơ sở là mọi thư đã trao."),
        compute=lambda scope: Value(figures.handed_in(scope, kind).count(), figures.handed_in(scope).count()),
        records=lambda scope: figures.handed_in(scope, kind), record=figures.letter_record("handed_at"),
    )  # fmt: skip


def _with_letter(occasion: Occasion, label: Any) -> Figure:
    return Figure(
        code=f"letters.{occasion}_with_letter", label=label,
        definition=_("Trong số việc đăng ký có kết quả trong kỳ, gia đình đã nhận được thư; cơ sở là số việc đăng ký."),
        compute=lambda scope: figures.share_with_letter(scope, occasion),
        records=lambda scope: figures.with_letter_in(scope, occasion), record=figures.registration_record,
    )  # fmt: skip


def _counted(records: Any) -> Any:
    return lambda scope: Value(records(scope).count())


KINDS = [register(_of_kind(kind)) for kind in Kind]
SHARES = [
    register(_with_letter(Occasion.BIRTH, _("khai sinh có thư chúc mừng"))),
    register(_with_letter(Occasion.MARRIAGE, _("kết hôn có thư chúc mừng"))),
    register(_with_letter(Occasion.DEATH, _("khai tử có thư chia buồn"))),
]
APOLOGIES = [
    register(Figure(
        code="letters.apologies_owed", label=_("thư xin lỗi còn nợ"),
        definition=_("Thư xin lỗi phải gửi mà đến hết ngày cuối kỳ chưa đến tay người nhận."), public=True,
        compute=_counted(figures.apologies_owed_at_end_of), records=figures.apologies_owed_at_end_of,
        record=figures.letter_record("drafted_at"),
    )),
    register(Figure(
        code="letters.apologies_sent", label=_("thư xin lỗi đã gửi"),
        definition=_("Thư xin lỗi của người đứng đầu đã đến tay người nhận trong kỳ, có bằng chứng trao."), public=True,
        compute=lambda scope: Value(figures.handed_in(scope, Kind.APOLOGY).count()),
        records=lambda scope: figures.handed_in(scope, Kind.APOLOGY), record=figures.letter_record("handed_at"),
    )),
    register(Figure(
        code="letters.apologies_answered", label=_("thư xin lỗi được đáp lại"),
        definition=_("Thư xin lỗi mà người nhận đã đáp lại và lời đáp được ghi trong kỳ."), public=True,
        compute=_counted(figures.apologies_answered_in), records=figures.apologies_answered_in,
        record=figures.letter_record("answered_at"),
    )),
]  # fmt: skip
DAYS = register(Figure(
    code="letters.days", label=_("ngày từ lúc soạn đến lúc trao"),
    definition=_("Trung vị số ngày trọn từ lúc soạn đến lúc thư đến tay; cơ sở là số thư đã trao trong kỳ."),
    compute=figures.days_until_handed, records=figures.handed_in, record=figures.letter_record("handed_at"),
))  # fmt: skip
