"""The national words of a dossier's life (DOMAIN 1.3, 1.5; labels exactly as the national system prints them)."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    NEW = "new", _("Mới đăng ký")
    RECEIVED = "received", _("Được tiếp nhận")
    DENIED = "denied", _("Không được tiếp nhận")
    PROCESSING = "processing", _("Đang xử lý")
    SUPPLEMENT = "supplement", _("Yêu cầu bổ sung giấy tờ")
    FINANCIAL_DUTY = "financial_duty", _("Yêu cầu thực hiện nghĩa vụ tài chính")
    OTHER_AGENCY = "other_agency", _("Chờ cơ quan khác trả lời")  # ours: to the nation it is still "Đang xử lý"
    WITHDRAWN = "withdrawn", _("Công dân yêu cầu rút hồ sơ")
    STOPPED = "stopped", _("Dừng xử lý")
    FINISHED = "finished", _("Đã xử lý xong")
    RETURNED = "returned", _("Đã trả kết quả")


NATIONAL_CODES = {
    Status.NEW: 1, Status.RECEIVED: 2, Status.DENIED: 3, Status.PROCESSING: 4, Status.OTHER_AGENCY: 4,
    Status.SUPPLEMENT: 5, Status.FINANCIAL_DUTY: 6, Status.WITHDRAWN: 7, Status.STOPPED: 8, Status.FINISHED: 9,
    Status.RETURNED: 10,
}  # fmt: skip

# The portal numbers its slugs in another order: receiving is 1 and new is 2 there (DOMAIN 1.5).
PORTAL_SLUGS = {
    Status.NEW: (2, "new"), Status.RECEIVED: (1, "receiving"), Status.DENIED: (3, "denied"),
    Status.PROCESSING: (4, "processing"), Status.OTHER_AGENCY: (4, "processing"),
    Status.SUPPLEMENT: (5, "waiting"), Status.FINANCIAL_DUTY: (6, "paying"),
    Status.WITHDRAWN: (7, "cancelled"), Status.STOPPED: (8, "unresolved"), Status.FINISHED: (9, "releasing"),
    Status.RETURNED: (10, "done"),
}  # fmt: skip

S = Status
TRANSITIONS: dict[Status, frozenset[Status]] = {
    S.NEW: frozenset({S.RECEIVED, S.DENIED, S.SUPPLEMENT, S.WITHDRAWN}),
    S.RECEIVED: frozenset(
        {S.PROCESSING, S.SUPPLEMENT, S.FINANCIAL_DUTY, S.OTHER_AGENCY, S.WITHDRAWN, S.STOPPED, S.FINISHED}
    ),
    S.PROCESSING: frozenset({S.SUPPLEMENT, S.FINANCIAL_DUTY, S.OTHER_AGENCY, S.WITHDRAWN, S.STOPPED, S.FINISHED}),
    S.SUPPLEMENT: frozenset({S.NEW, S.RECEIVED, S.PROCESSING, S.WITHDRAWN, S.STOPPED}),
    S.FINANCIAL_DUTY: frozenset({S.PROCESSING, S.WITHDRAWN, S.STOPPED, S.FINISHED}),
    S.OTHER_AGENCY: frozenset({S.RECEIVED, S.PROCESSING, S.WITHDRAWN, S.STOPPED}),
    S.FINISHED: frozenset({S.RETURNED}),
    S.DENIED: frozenset(),
    S.WITHDRAWN: frozenset(),
    S.STOPPED: frozenset(),
    S.RETURNED: frozenset(),
}
RUNNING = frozenset({S.RECEIVED, S.PROCESSING})
FOR_CITIZEN = frozenset({S.SUPPLEMENT, S.FINANCIAL_DUTY})  # the clock stands until the citizen has done something
PAUSED = FOR_CITIZEN | {S.OTHER_AGENCY}
OPEN = RUNNING | PAUSED | {S.NEW}
CLOSED = frozenset({S.DENIED, S.WITHDRAWN, S.STOPPED, S.RETURNED})


class NationalChannel(IntegerChoices):
    """`KenhThucHien` of the national exchange."""

    COUNTER = 1, _("Trực tiếp")
    ONLINE = 2, _("Trực tuyến")
    POST = 3, _("Bưu chính công ích")


class ReturnChannel(TextChoices):
    COUNTER = "counter", _("tại Bộ phận Một cửa")
    ONLINE = "online", _("bản điện tử")
    POST = "post", _("qua bưu chính")
    HOME = "home", _("tại nhà")


class HomeReason(TextChoices):
    """Who gets the result brought home (seed: xã Hợp Lý, 465 results)."""

    ELDERLY = "elderly", _("người cao tuổi")
    DISABLED = "disabled", _("người khuyết tật")
    WORKER = "worker", _("người lao động trong doanh nghiệp")
    OTHER = "other", _("hoàn cảnh khác")


class PauseKind(TextChoices):
    SUPPLEMENT = "supplement", _("chờ bổ sung giấy tờ")
    FINANCIAL_DUTY = "financial_duty", _("chờ thực hiện nghĩa vụ tài chính")
    OTHER_AGENCY = "other_agency", _("chờ cơ quan khác trả lời")


class ResultKind(TextChoices):
    GRANTED = "granted", _("văn bản giải quyết")
    REFUSED = "refused", _("văn bản từ chối")


class Timeliness(TextChoices):
    """Trước hạn finished before the due time, đúng hạn at it, quá hạn after it (DOMAIN 1.6)."""

    EARLY = "early", _("trước hạn")
    ON_TIME = "on_time", _("đúng hạn")
    LATE = "late", _("quá hạn")


class DelayCause(TextChoices):
    VERIFICATION = "verification", _("phải xác minh thêm")
    OTHER_AGENCY = "other_agency", _("chờ ý kiến cơ quan phối hợp")
    WORKLOAD = "workload", _("khối lượng hồ sơ lớn")
    STAFF = "staff", _("cán bộ thụ lý nghỉ hoặc đi công tác")
    SYSTEM = "system", _("hệ thống thông tin gặp sự cố")
    MISTAKE = "mistake", _("sai sót của cơ quan giải quyết")
    OTHER = "other", _("lý do khác")


class RefusalReason(TextChoices):
    NOT_COMPETENT = "not_competent", _("không thuộc thẩm quyền giải quyết")
    NOT_ELIGIBLE = "not_eligible", _("không đủ điều kiện theo quy định")
    INVALID_PAPERS = "invalid_papers", _("giấy tờ không hợp lệ, không thể bổ sung")
    DUPLICATE = "duplicate", _("hồ sơ trùng với hồ sơ đang giải quyết")
    OTHER = "other", _("lý do khác")


class FileKind(TextChoices):
    PAPER = "paper", _("giấy tờ nộp")
    RESULT = "result", _("kết quả giải quyết")
    SIGNATURE = "signature", _("chữ ký nhận")


class PaymentMethod(TextChoices):
    CASH = "cash", _("tiền mặt")
    TRANSFER = "transfer", _("chuyển khoản")
    ONLINE = "online", _("thanh toán trực tuyến")
