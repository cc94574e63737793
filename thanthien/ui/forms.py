"""How forms look and two fields that Vietnamese offices need. Every plain Django form renders itself with these."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import django.forms
from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.forms.utils import pretty_name
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thanthien.core import rough_dates
from thanthien.ui import words

# Separated by one or two marks or spaces, or told in words.
SPACED_DAY = re.compile(
    r"(?:ngày\s*)?([0-9]{1,2})(?:\s*[/.,\-–]\s*|\s+(?:tháng\s*)?)([0-9]{1,2})(?:\s*[/.,\-–]\s*|\s+(?:năm\s*)?)([0-9]{4})",
    re.IGNORECASE,
)
ROUGH_FROM = 60  # years: người cao tuổi (Luật Người cao tuổi 2009, Điều 2)
CLASSES = {
    "checkbox": "form-check-input",
    "select": "form-select",
    "file": "form-control form-file",
}
LISTS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
SAYS_NEEDED = (forms.TextInput, forms.Textarea)  # what may carry aria-required; choices say it by their words


class Field(forms.BoundField):
    """Gives each input the class of its look, so that also a bare `{{ form.name }}` is of one piece with the others."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        if field.label is None:
            self.label = gettext(
                pretty_name(name)
            )  # a library's field without a label: its name may be in our catalogue

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        # Not the browser's own bubble, in whatever language it speaks: our sentence stands beside the field.
        if attrs.pop("required", False) and isinstance(widget, SAYS_NEEDED):
            attrs["aria-required"] = "true"
        if widget.is_hidden:
            return attrs
        own = widget.attrs.get("class", "")
        attrs["class"] = f"{self._look(widget)} {own}".strip()
        if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
            attrs["rows"] = "4"  # Django's ten lines make every form look long
        return attrs

    def _look(self, widget: forms.Widget) -> str:
        if isinstance(widget, LISTS):
            return "form-check-input"
        if isinstance(widget, forms.Select):
            return "form-select"
        return CLASSES.get(getattr(widget, "input_type", ""), "form-control")

    @property
    def is_optional(self) -> bool:
        """Whether to say "không bắt buộc": what is not marked is needed. A form may be `quiet` (filters)."""
        needed = getattr(self.field, "is_needed", self.field.required)  # of declarations, whose own rules judge
        return not needed and not getattr(self.form, "quiet", False)

    @property
    def is_lone_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)


class Renderer(DjangoTemplates):
    """FORM_RENDERER: our templates first, then those of the rooms, then Django's."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = Field

    @cached_property
    def engine(self) -> Any:
        folders = [Path(__file__).parent / "templates", Path(django.forms.__file__).parent / "templates"]
        builtins = ["thanthien.ui.templatetags.ui", "django.templatetags.i18n", "django.templatetags.static"]
        options = {"builtins": builtins}
        return self.backend({"APP_DIRS": True, "DIRS": folders, "NAME": "thanthien-forms", "OPTIONS": options})


class VnDateInput(forms.DateInput):
    """A plain text field for dd/mm/yyyy: quicker to type than any picker, the same on every phone."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        base = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "30", "size": "12", "data-date": True}
        super().__init__(base | (attrs or {}), format="%d/%m/%Y")


class VnDateField(forms.DateField):
    """A day written dd/mm/yyyy; also with other marks or spaces between ("1 - 2 - 1950", "ngày 1 tháng 2 năm 1950"),
    ddmmyyyy and yyyy-mm-dd. `first` and `last` bound it."""

    widget = VnDateInput
    default_error_messages = {
        "invalid": _("Ngày này không có trên lịch. Xin nhập ngày/tháng/năm, ví dụ 27/11/2026."),
        "too_early": _("Ngày này sớm quá. Xin nhập từ ngày %(first)s trở đi."),
        "too_late": _("Ngày này muộn quá. Xin nhập đến ngày %(last)s là muộn nhất."),
    }

    def __init__(self, *, first: date | None = None, last: date | None = None, **more: Any) -> None:
        self.first, self.last = first, last
        more.setdefault("help_text", _("Ngày/tháng/năm, ví dụ 27/11/2026"))
        super().__init__(**more)

    def to_python(self, value: Any) -> date | None:
        found = SPACED_DAY.fullmatch(value.strip()) if isinstance(value, str) else None
        return super().to_python("/".join(found.groups()) if found else value)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and self.first and value < self.first:
            raise ValidationError(self.error_messages["too_early"], "too_early", {"first": words.vndate(self.first)})
        if value and self.last and value > self.last:
            raise ValidationError(self.error_messages["too_late"], "too_late", {"last": words.vndate(self.last)})


class BirthDateField(VnDateField):
    """A day of birth; of somebody of `ROUGH_FROM` years or more also the year or the month alone, where their card says
    no more. Gives a `date`, or text as `core.rough_dates` keeps it: "1940", "1940-05"."""

    default_error_messages = {
        "rough": _("Xin ghi đủ ngày, tháng, năm sinh như trên thẻ; chỉ người cao tuổi mới ghi riêng năm sinh."),
    }

    def clean(self, value: Any) -> Any:
        rough = rough_dates.kept(value) if isinstance(value, str) else ""
        if not rough:
            return super().clean(value)
        if int(rough[:4]) > timezone.localdate().year - ROUGH_FROM:
            raise ValidationError(self.error_messages["rough"], "rough")
        return rough


class MoneyInput(forms.TextInput):
    """Whole đồng with dots between the thousands."""

    template_name = "ui/forms/money.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"inputmode": "numeric", "autocomplete": "off", "size": "16", "data-money": True} | (attrs or {})
        )

    def format_value(self, value: Any) -> str:
        return words.number(value, 0) if isinstance(value, int | float) else "" if value is None else str(value)


class MoneyField(forms.IntegerField):
    """An amount in whole đồng, not negative: "1.234.567", "1234567", "1,234,567 đ"."""

    widget = MoneyInput
    default_error_messages = {
        "invalid": _("Xin nhập số tiền bằng chữ số, ví dụ 50.000."),
        "min_value": _("Số tiền không được nhỏ hơn %(limit_value)s đồng."),
    }

    def __init__(self, **more: Any) -> None:
        more.setdefault("min_value", 0)
        more.setdefault("max_value", 10**15)
        super().__init__(**more)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # no min and max: the input is text

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            text = value.strip().lower().removesuffix("vnđ").removesuffix("đồng").removesuffix("đ").strip()
            groups = text.replace("\u00a0", " ").replace(",", ".").replace(" ", ".").split(".")
            if len(groups) > 1 and any(len(group) != 3 for group in groups[1:]):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            value = "".join(groups)
        return super().to_python(value)
