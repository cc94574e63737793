"""The tờ khai on paper, as it stands now: the citizen reads it again and signs."""

from datetime import datetime
from typing import TYPE_CHECKING

from thanthien.core.documents.declaration import DeclarationSheet
from thanthien.declarations.queries import sheet_of
from thanthien.dossiers.queries import DeclaredPage
from thanthien.prints.queries import heads

if TYPE_CHECKING:
    from thanthien.dossiers.models import Dossier


@heads.in_vietnamese
def declaration_sheet(dossier: "Dossier", page: DeclaredPage, *, at: datetime) -> DeclarationSheet:
    """Signed by whom the form says, else by who filed."""
    content = page.form.content
    told = sheet_of(content, page.answers)
    return DeclarationSheet(
        letterhead=heads.office_head(dossier.receiving_unit, "", at),
        dossier_code=dossier.code,
        addressee=heads.committee_name(dossier.unit),
        enclosed=tuple(paper.name for paper in dossier.papers.all()) if content.lists_papers else (),
        **told | {"signers": told["signers"] or (dossier.applicant_name,)},
    )
