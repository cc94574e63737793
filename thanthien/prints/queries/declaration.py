"""The tờ khai on paper, as it stands now: the citizen reads it again and signs."""

from datetime import datetime
from typing import TYPE_CHECKING

from thanthien.core.documents.declaration import DeclarationSheet
from thanthien.declarations.queries import sheet_groups, signers_of
from thanthien.dossiers.queries import DeclaredPage
from thanthien.prints.queries import heads

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier


def declaration_sheet(dossier: "Dossier", page: DeclaredPage, *, at: datetime) -> DeclarationSheet:
    """Signed by whom the form says, else by who filed."""
    content = page.form.content
    return DeclarationSheet(
        letterhead=heads.office_head(dossier.receiving_unit, "", at),
        dossier_code=dossier.code,
        title=content.title,
        addressee=heads.committee_name(dossier.unit),
        pledge=content.pledge,
        groups=sheet_groups(content, page.answers),
        signers=signers_of(page.people) or (dossier.applicant_name,),
    )
