"""The tờ khai of a dossier: which form counts, what was stated, of whom it speaks."""

from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from thanthien.declarations import queries as forms
from thanthien.declarations.rules import DeclaredPerson, check, people, started_with
from thanthien.dossiers.models import Declaration, Dossier
from thanthien.people.rules import show_phone


@dataclass(frozen=True, kw_only=True)
class DeclaredPage:
    """`form` is the version that counts for the dossier; `stated` is None until somebody has stated something."""

    form: forms.Declaration
    stated: Declaration | None

    @property
    def answers(self) -> dict[str, Any]:
        return self.stated.answers if self.stated else {}

    @property
    def people(self) -> list[DeclaredPerson]:
        return people(self.form.content, self.answers)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Who is who: "người mẹ, người yêu cầu" → "Hoàng Thị Sen, sinh 08/03/1996"; no numbers."""
        roles: dict[str, list[str]] = {}
        for person in self.people:
            born = _(", sinh %(day)s") % {"day": person.born_words} if person.born_words else ""
            roles.setdefault(f"{person.full_name}{born}", []).append(str(person.role.label))
        return [(", ".join(names), who) for who, names in roles.items()]

    @property
    def warnings(self) -> list[str]:
        """What the pre-check said and was accepted, in words."""
        day = localdate(self.stated.declared_at) if self.stated else None
        return [one.message for one in check(self.form.content, self.answers, day) if not one.blocks] if day else []


def declared_page(dossier: Dossier) -> DeclaredPage | None:
    """None when the procedure had no form on the day that the dossier came in. A dossier stays with its version (two
    statements at most)."""
    stated = Declaration.objects.select_related("version__form__procedure").filter(dossier=dossier).first()
    if stated:
        return DeclaredPage(form=forms.as_declaration(stated.version), stated=stated)
    form = forms.version_for(dossier.version, on=localdate(dossier.registered_at))
    return DeclaredPage(form=form, stated=None) if form else None


def people_of(dossier: Dossier) -> list[DeclaredPerson]:
    """Whom the declaration names, each with their role (child, deceased, spouse…): for letters and registers."""
    page = declared_page(dossier)
    return page.people if page else []


def first_answers(page: DeclaredPage, dossier: Dossier) -> dict[str, Any]:
    """What was stated, or else what is known of who filed, in the requester's fields."""
    if page.stated:
        return page.answers
    person = dossier.applicant
    born = person.birth_date.isoformat() if person and person.birth_date else ""
    known = {
        "full_name": dossier.applicant_name, "personal_id": dossier.personal_id, "address": dossier.address,
        "phone": show_phone(dossier.phone), "email": dossier.email, "birth_date": born,
        "sex": person.sex if person else "",
    }  # fmt: skip
    return {} if dossier.business_id else started_with(page.form.content, known)
