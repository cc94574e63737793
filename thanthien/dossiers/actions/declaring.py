"""What the citizen states on the tờ khai of a dossier, at the counter or online."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from thanthien.core import timeline
from thanthien.core.rules import Refused
from thanthien.declarations import queries as forms
from thanthien.declarations.rules import check, cleaned
from thanthien.dossiers import rules
from thanthien.dossiers.actions.change import changes_dossier, save, write_down
from thanthien.dossiers.models import Declaration, Dossier


@dataclass(frozen=True, kw_only=True)
class Declared:
    """`version`: the form's version as it was filled in (`declarations.queries.Declaration.pk`)."""

    version: int
    answers: Mapping[str, Any]


@changes_dossier
def declare(dossier: Dossier, declared: Declared, *, by: Any, at: datetime) -> None:
    """Keeps what was stated, once the pre-check finds nothing that blocks; warnings are kept as accepted. Stated anew
    it replaces what was there, under the same version. Raises `Refused` with the first problem."""
    rules.check_can_declare(dossier, by=by)
    before = Declaration.objects.filter(dossier=dossier).first()
    form = forms.version_by_id(before.version_id if before else declared.version)
    if form is None or form.pk != declared.version or form.procedure_id != dossier.offering.procedure_id:
        raise Refused(_("Tờ khai này không thuộc hồ sơ. Xin mở lại trang tờ khai."))
    problems = check(form.content, declared.answers, localdate(at))
    if wrong := next((problem for problem in problems if problem.blocks), None):
        raise Refused(f"{wrong.message} {wrong.remedy}")
    told = {
        "answers": cleaned(form.content, declared.answers),
        "accepted": [str(problem) for problem in problems],
        "declared_by": str(by),
        "declared_at": at,
    }
    Declaration.objects.update_or_create(dossier=dossier, defaults=told, create_defaults=told | {"version_id": form.pk})
    save(dossier, at=at)
    text = _("Sửa tờ khai.") if before else _("Điền tờ khai: %(title)s.") % {"title": form.content.title}
    write_down(dossier, timeline.Note(kind="declared", text=text), by=by, at=at)
