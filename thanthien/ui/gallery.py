"""Every component in every state, at /ui/: for those who build pages, and for the test that looks at them.

It holds no data: all names on it are invented, and it says so.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from thanthien.ui.forms import MoneyField, VnDateField

PAGES = {
    "bieu-mau": "forms",
    "ban-lam-viec": "office",
    "tra-cuu": "tracking",
    "trang-chu": "home",
    "tu-choi": "refused",
}
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
DUE_AT = datetime(2026, 11, 27, 17, tzinfo=HANOI)


class SampleForm(forms.Form):
    """One field of each kind."""

    full_name = forms.CharField(label=_("Họ và tên"), help_text=_("Viết như trên thẻ căn cước"))
    born_on = VnDateField(label=_("Ngày sinh"), last=date(2026, 11, 27))
    email = forms.EmailField(label=_("Thư điện tử"), required=False, help_text=_("Để nhận tin khi có kết quả"))
    ward = forms.ChoiceField(
        label=_("Xã, phường"),
        choices=[
            ("", "---------"),
            ("1", "Phường Quang Trung"),
            ("2", "Phường Bỉm Sơn"),
            ("3", "Xã Hà Trung"),
            ("4", "Xã Đông Sơn"),
        ],
        widget=forms.Select(attrs={"data-choose": True}),
    )
    copies = forms.TypedChoiceField(label=_("Số bản"), choices=[(n, n) for n in (1, 2, 3)], coerce=int)
    fee = MoneyField(label=_("Lệ phí đã thu"), required=False)
    channel = forms.ChoiceField(
        label=_("Nhận kết quả"),
        choices=[("counter", _("Tại quầy")), ("post", _("Qua bưu chính")), ("home", _("Tại nhà"))],
        widget=forms.RadioSelect,
        help_text=_("Người cao tuổi, người khuyết tật được trả kết quả tại nhà."),
    )
    papers = forms.MultipleChoiceField(
        label=_("Giấy tờ đã nộp"),
        choices=[("a", _("Tờ khai")), ("b", _("Giấy chứng sinh")), ("c", _("Giấy chứng nhận kết hôn"))],
        widget=forms.CheckboxSelectMultiple,
    )
    scan = forms.FileField(label=_("Bản chụp"), required=False, help_text=_("PDF, JPEG hoặc PNG, tối đa 20 MB"))
    note = forms.CharField(label=_("Ghi chú"), required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label=_("Tôi đã đọc lại và xác nhận thông tin trên là đúng"))


@dataclass(frozen=True)
class SampleDeadline:
    """A permit of ten working days, two of them paused, over a holiday."""

    due_at: datetime = DUE_AT
    explanation: list[SimpleNamespace] = field(
        default_factory=lambda: [_sample_day(date(2026, 11, 10 + n)) for n in range(18)]
    )
    sentences: tuple[object, ...] = (
        _(
            "10 ngày làm việc kể từ hôm sau ngày nhận (10/11). Không tính 2 ngày ông/bà bổ sung bản vẽ, thứ Bảy, "
            "Chủ nhật và ngày lễ 24/11."
        ),
    )


def _sample_day(day: date) -> SimpleNamespace:
    if day.day == 10:
        return SimpleNamespace(date=day, counted=0, kind="received", note=_("ngày nhận hồ sơ, không tính"))
    if day.day in (16, 17):
        return SimpleNamespace(date=day, counted=0, kind="paused", note=_("chờ bổ sung bản vẽ"))
    if day.day == 24:
        return SimpleNamespace(date=day, counted=0, kind="holiday", note=_("ngày lễ"))
    weekend = day.weekday() > 4
    return SimpleNamespace(date=day, counted=0 if weekend else 8, kind="weekend" if weekend else "counted", note="")


TIMELINE = [
    {"text": _("Nhận hồ sơ"), "at": DUE_AT - timedelta(days=17, hours=8), "actor": _("Lê Thị Mai, quầy 2")},
    {"text": _("Ông/bà đã bổ sung bản vẽ"), "at": DUE_AT - timedelta(days=10, hours=1), "note": _("cảm ơn ông/bà")},
    {"text": _("Kiểm tra thực địa xong"), "at": DUE_AT - timedelta(days=7), "actor": _("Phòng Kinh tế")},
    {"text": _("Chờ cơ quan thuế trả lời"), "state": "waiting", "note": _("đồng hồ dừng")},
    {"text": _("Lãnh đạo ký"), "state": "next", "note": _("dự kiến 25–26/11")},
]
STEPS = [
    {"label": _("Tiếp nhận"), "note": _("Quầy 2")},
    {"label": _("Thẩm định"), "note": _("Phòng Kinh tế")},
    {"label": _("Trình ký"), "note": _("Lãnh đạo")},
    {"label": _("Trả kết quả"), "note": _("Quầy 2")},
]
MENU = [
    {
        "title": "",
        "entries": [
            {"label": _("Việc của tôi"), "url": "#", "icon": "check2-square", "count": 12, "current": True},
            {"label": _("Tiếp nhận hồ sơ"), "url": "#", "icon": "person-plus"},
            {"label": _("Trả kết quả"), "url": "#", "icon": "box-seam", "count": 3},
        ],
    },
    {
        "title": _("Lời hứa với dân"),
        "entries": [
            {"label": _("Lời hứa"), "url": "#", "icon": "calendar-check"},
            {"label": _("Thư"), "url": "#", "icon": "envelope-heart"},
        ],
    },
]


def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery/index.html", _samples(request))


def page(request: HttpRequest, page: str) -> HttpResponse:
    if page not in PAGES:
        raise Http404
    return render(request, f"ui/gallery/{PAGES[page]}.html", _samples(request))


def _samples(request: HttpRequest) -> dict[str, object]:
    number = request.GET.get("page", "4")
    return {
        "active": PAGES.get(request.path.rstrip("/").rpartition("/")[2], ""),
        "deadline": SampleDeadline(),
        "timeline_entries": TIMELINE,
        "step_list": STEPS,
        "menu": MENU,
        "pages": Paginator(range(487), 25).get_page(number),
        "fresh_form": SampleForm(prefix="new"),
        "wrong_form": SampleForm({"born_on": "31/02/2026", "fee": "năm mươi", "email": "lan@", "channel": "post"}),
        "facts": [(_("Người nộp"), "Trần Thị Lan"), (_("Căn cước"), "••••••••1234"), (_("Điện thoại"), "")],
    }
