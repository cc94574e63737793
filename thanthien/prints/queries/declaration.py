"""The tờ khai on paper, as it stands now: the citizen reads it again and signs."""

from datetime import datetime
from typing import TYPE_CHECKING

from thanthien.core.documents.declaration import DeclarationSheet
from thanthien.declarations.enums import PersonRole
from thanthien.declarations.queries import sheet_groups
from thanthien.dossiers.queries import DeclaredPage
from thanthien.prints.queries import heads

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier

TWO_SIGN = 2


def declaration_sheet(dossier: "Dossier", page: DeclaredPage, *, at: datetime) -> DeclarationSheet:
    """Who signs: the spouses, both; else who asks."""
    content, named = page.form.content, page.people
    spouses = [person.full_name for person in named if person.role == PersonRole.SPOUSE]
    asking = [person.full_name for person in named if person.role == PersonRole.REQUESTER]
    return DeclarationSheet(
        letterhead=heads.office_head(dossier.receiving_unit, "", at),
        dossier_code=dossier.code,
        title=content.title,
        addressee=heads.committee_name(dossier.unit),
        pledge=content.pledge,
        groups=sheet_groups(content, page.answers),
        signers=tuple(spouses if len(spouses) == TWO_SIGN else asking[:1] or [dossier.applicant_name]),
    )
