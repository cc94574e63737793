"""Where my dossier is: the promise in a word, and what to do now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from thanthien.core.said import filled, in_vietnamese
from thanthien.dossiers.actions import due_if_answered
from thanthien.dossiers.enums import FOR_CITIZEN, PAUSED, RUNNING, HomeReason, ReturnChannel, Status
from thanthien.dossiers.queries import Tracking, awaited_by, band_of


@dataclass(frozen=True)
class Ahead:
    """The promise in a word, and what the citizen has to do now ("" for nothing)."""

    state: str
    words: str
    advice: str
    label: str = ""
    deadline: Any = None  # when it is another than the promised one: what it would be if answered now
    is_ours: bool = True  # nothing waits for the citizen


def ahead_of(tracked: Tracking, *, at: datetime) -> Ahead:
    """What stands first on the tracking page."""
    status = Status(tracked.dossier.status)
    if status in ENDS:
        state, advice = ENDS[status]
        return Ahead(state, str(status.label), str(advice()))
    if status in FOR_CITIZEN:
        return _paused(tracked, at=at)
    if status == Status.OTHER_AGENCY:
        return _elsewhere(tracked, at=at)
    if status == Status.NEW:
        return Ahead("plain", _("Chờ tiếp nhận"), _("Chúng tôi đang kiểm tra giấy tờ và sẽ báo ngay cho ông/bà."))
    if status == Status.FINISHED:
        return Ahead("done", _("Kết quả đã xong"), _collect(tracked))
    return _running(tracked, at=at)


def _paused(tracked: Tracking, *, at: datetime) -> Ahead:
    """The clock stands: the date in force would be a false promise, so the one of an answer today is shown."""
    said, advice, label = {
        Status.SUPPLEMENT: (
            _("Đang chờ ông/bà bổ sung"), _supplement(tracked), _("Nếu ông/bà bổ sung hôm nay, hẹn trả"),
        ),
        Status.FINANCIAL_DUTY: (
            _("Đang chờ nghĩa vụ tài chính"), _("Ông/bà vui lòng làm theo thông báo đã nhận."),
            _("Nếu ông/bà hoàn thành hôm nay, hẹn trả"),
        ),
    }[Status(tracked.dossier.status)]  # fmt: skip
    return Ahead("paused", said, advice, label, due_if_answered(tracked.dossier, at=at), is_ours=False)


def _elsewhere(tracked: Tracking, *, at: datetime) -> Ahead:
    """Another agency is waited for: which, since when, and the date if it answered today."""
    awaited = awaited_by([tracked.dossier], at=at)[tracked.dossier.pk]
    words = {"agency": in_vietnamese(awaited.request.agency), "waited": awaited.waited, "until": awaited.until}
    sentence = _("Chúng tôi chờ %(agency)s trả lời: %(waited)s, %(until)s. Ông/bà không cần làm gì lúc này.")
    advice = filled(sentence, words)
    new_due = due_if_answered(tracked.dossier, at=at)
    return Ahead("paused", _("Đang chờ cơ quan khác"), advice, _("Nếu có trả lời hôm nay, hẹn trả"), new_due)


def _running(tracked: Tracking, *, at: datetime) -> Ahead:
    nothing = _("Ông/bà không cần làm gì lúc này. Có kết quả, chúng tôi báo ngay.")
    words = {
        "late": (_("Chúng tôi đã trễ hẹn"), _("Chúng tôi xin lỗi ông/bà. Hồ sơ đang được làm gấp.")),
        "soon": (_("Sắp đến hẹn"), nothing),
        "today": (_("Hẹn hôm nay"), nothing),
    }
    band = band_of(tracked.dossier, at=at).value
    if band in words:
        return Ahead(band, *words[band])
    apology = getattr(tracked.dossier, "apology", None)
    if apology and apology.sent_at:  # "đúng hẹn" would sound like mockery under an apology
        return Ahead("human", _("Đã hẹn lại"), nothing)
    return Ahead("ontime", _("Đang đúng hẹn"), nothing)


@dataclass(frozen=True)
class OwnLine:
    """A dossier in the list of its owner."""

    dossier: Any
    state: str
    words: str

    @property
    def is_running(self) -> bool:
        """Only then is the date in force a promise that still counts."""
        return Status(self.dossier.status) in RUNNING


def own_lines(dossiers: Iterable[Any], *, at: datetime) -> list[OwnLine]:
    """Each with its promise in a word; no statement beyond those rows."""
    return [OwnLine(dossier, *_state(dossier, at=at)) for dossier in dossiers]


def _state(dossier: Any, *, at: datetime) -> tuple[str, str]:
    status = Status(dossier.status)
    if status in PAUSED:
        return "paused", str(status.label)
    if status == Status.FINISHED:
        return "done", _("Kết quả đã xong")
    if status in ENDS or status == Status.NEW:
        return ENDS.get(status, ("plain",))[0], str(status.label)
    ahead = _running(Tracking(dossier, [], []), at=at)
    return ahead.state, ahead.words


def _supplement(tracked: Tracking) -> str:
    request = getattr(tracked.dossier, "supplement", None)
    papers = "; ".join(request.papers) if request else ""
    words = {"papers": in_vietnamese(papers), "where": in_vietnamese(tracked.dossier.receiving_unit.desk_name)}
    sentence = _("Xin ông/bà bổ sung: %(papers)s. Mang đến %(where)s; chúng tôi chỉ yêu cầu bổ sung một lần.")
    return filled(sentence, words)


def _collect(tracked: Tracking) -> str:
    channel = ReturnChannel(tracked.dossier.return_channel)
    if channel == ReturnChannel.COUNTER:
        where = in_vietnamese(tracked.dossier.receiving_unit.desk_name)
        return filled(_("Mời ông/bà mang giấy hẹn và căn cước đến nhận tại %(where)s."), {"where": where})
    return _("Kết quả sẽ được trả %(how)s như ông/bà đã chọn.") % {"how": channel.label}


ENDS = {
    Status.RETURNED: ("done", lambda: _("Cảm ơn ông/bà. Nếu có điều gì chưa hài lòng, xin cho chúng tôi biết.")),
    Status.DENIED: ("plain", lambda: _("Ông/bà xem lý do ở phần diễn biến bên dưới, hoặc hỏi tại Bộ phận Một cửa.")),
    Status.WITHDRAWN: ("plain", lambda: _("Giấy tờ của ông/bà được trả lại tại Bộ phận Một cửa.")),
    Status.STOPPED: ("plain", lambda: _("Giấy tờ của ông/bà được trả lại tại Bộ phận Một cửa.")),
}


def how_returned(tracked: Tracking) -> str:
    """ "tại nhà (người cao tuổi)", for the record at the end; "" while it is not returned."""
    given = getattr(tracked.dossier, "result_return", None)
    if given is None:
        return ""
    words = str(ReturnChannel(given.channel).label)
    return f"{words} ({HomeReason(given.home_reason).label})" if given.home_reason else words
