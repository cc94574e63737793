"""What the one-stop shop adds to the house: its figures, who may read its papers."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from thanthien.core.documents.issuing import let_read
from thanthien.core.figures import Figure, Scope, Value, register
from thanthien.dossiers.enums import Timeliness
from thanthien.dossiers.queries import figures, may_read_document

Records = Callable[[Scope], QuerySet[Any]]


def _counted(records: Records) -> Callable[[Scope], Value]:
    return lambda scope: Value(records(scope).count())


def _share(records: Records) -> Callable[[Scope], Value]:
    """A part of what was finished, with the whole as its base."""
    return lambda scope: Value(records(scope).count(), figures.finished_in(scope).count())


def _sum_of_fees(scope: Scope) -> Value:
    paid = figures.fees_paid_in(scope).order_by()
    return Value(paid.aggregate(total=Sum("amount"))["total"] or 0, paid.count())


early, on_time, late = (
    partial(figures.finished_so, timeliness=kind) for kind in (Timeliness.EARLY, Timeliness.ON_TIME, Timeliness.LATE)
)

register(Figure(
    code="dossiers.received", label=_("hồ sơ tiếp nhận"),
    definition=_("Hồ sơ được tiếp nhận trong kỳ, tính cho đơn vị giải quyết."),
    compute=_counted(figures.received_in), records=figures.received_in, public=True,
))  # fmt: skip
register(Figure(
    code="dossiers.finished", label=_("hồ sơ đã có kết quả"),
    definition=_("Hồ sơ có kết quả được ký trong kỳ, kể cả chưa trả cho người dân."),
    compute=_counted(figures.finished_in), records=figures.finished_in, public=True,
))  # fmt: skip
register(Figure(
    code="dossiers.early", label=_("trước hạn"),
    definition=_("Có kết quả sớm hơn ngày hẹn (thời hạn theo giờ: sớm hơn giờ hẹn)."),
    compute=_share(early), records=early, public=True,
))  # fmt: skip
register(Figure(
    code="dossiers.on_time", label=_("đúng hạn"),
    definition=_("Có kết quả đúng ngày hẹn và không quá giờ hẹn."),
    compute=_share(on_time), records=on_time, public=True,
))  # fmt: skip
register(Figure(
    code="dossiers.late", label=_("quá hạn"),
    definition=_("Có kết quả sau giờ hẹn đang có hiệu lực khi ký."),
    compute=_share(late), records=late, public=True,
))  # fmt: skip
register(Figure(
    code="dossiers.returned", label=_("kết quả đã trả"),
    definition=_("Kết quả trả tới người dân trong kỳ, bằng mọi cách."),
    compute=_counted(figures.returned_in), records=figures.returned_in, public=True,
))  # fmt: skip
register(Figure(
    code="dossiers.waiting", label=_("hồ sơ đang giải quyết"),
    definition=_("Đã tiếp nhận mà đến hết ngày cuối kỳ chưa có kết quả, chưa rút, chưa dừng."),
    compute=_counted(figures.waiting_at_end_of), records=figures.waiting_at_end_of, public=True,
))  # fmt: skip
register(Figure(
    code="dossiers.apologies_owed", label=_("còn nợ lời xin lỗi"),
    definition=_("Lời xin lỗi phải gửi mà đến hết ngày cuối kỳ chưa gửi."),
    compute=_counted(figures.apologies_owed_at_end_of), records=figures.apologies_owed_at_end_of, public=True,
))  # fmt: skip
register(Figure(
    code="dossiers.apologies_sent", label=_("lời xin lỗi đã gửi"),
    definition=_("Phiếu xin lỗi và hẹn lại gửi tới người dân trong kỳ."),
    compute=_counted(figures.apologies_sent_in), records=figures.apologies_sent_in, public=True,
))  # fmt: skip
register(Figure(
    code="dossiers.guidance", label=_("lượt hướng dẫn"),
    definition=_("Lượt người dân được hướng dẫn tại quầy mà chưa nộp hồ sơ."),
    compute=_counted(figures.guidance_in), records=figures.guidance_in,
))  # fmt: skip
register(Figure(
    code="dossiers.brought_home", label=_("kết quả trả tại nhà"),
    definition=_("Kết quả mang đến tận nhà cho người cao tuổi, người khuyết tật, người lao động trong doanh nghiệp."),
    compute=_counted(figures.brought_home_in), records=figures.brought_home_in, public=True,
))  # fmt: skip
register(Figure(
    code="dossiers.fees", label=_("phí, lệ phí đã thu (đồng)"),
    definition=_("Tổng số tiền thu trong kỳ; cơ sở là số khoản thu."),
    compute=_sum_of_fees, records=figures.fees_paid_in,
))  # fmt: skip

let_read("dossier", may_read_document)
