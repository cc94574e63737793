"""Asking for files in a form."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from thanthien.core.files.checking import CheckedFile, FileRefused, check_upload
from thanthien.core.files.kinds import KINDS, FileKind, accepted_by, limits_in_words

limits_said = lazy(limits_in_words, str)


class FileField(forms.FileField):
    """One file; `cleaned_data` holds a `CheckedFile`, or None. The limits stand in the hint, before anybody chooses."""

    widget = forms.FileInput

    def __init__(self, *, kinds: tuple[FileKind, ...] = KINDS, **more: Any) -> None:
        self.kinds = kinds
        more.setdefault("help_text", limits_said(kinds, most=1))
        super().__init__(**more)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"accept": accepted_by(self.kinds)}

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        value = check_upload(data, self.kinds) if data else None
        self.validate(value)
        return value


class _ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; `cleaned_data` holds a list of `CheckedFile`. One bad file refuses all, each named."""

    widget = _ManyFiles
    default_error_messages = {"too_many": _("Mỗi lần không quá %(most)s tệp. Xin chia làm nhiều lần.")}

    def __init__(self, *, kinds: tuple[FileKind, ...] = KINDS, **more: Any) -> None:
        self.kinds = kinds
        more.setdefault("help_text", limits_said(kinds))
        super().__init__(**more)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"accept": accepted_by(self.kinds)}

    def clean(self, data: Any, initial: Any = None) -> list[CheckedFile]:
        uploads = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        self.validate(uploads or None)
        if len(uploads) > settings.UPLOAD_MAX_FILES:
            most = {"most": settings.UPLOAD_MAX_FILES}
            raise ValidationError(self.error_messages["too_many"], "too_many", most)
        checked, faults = [], []
        for upload in uploads:
            try:
                checked.append(check_upload(upload, self.kinds))
            except FileRefused as refused:
                faults.append(f"{(upload.name or '')[:60]}: {refused}")
        if faults:
            raise ValidationError(faults)
        return checked
