"""A new installation has its forms as soon as it has its procedures."""

from django.utils.timezone import now

from thanthien.core.events import listens_to
from thanthien.declarations.actions import load_starting_forms
from thanthien.procedures.events import CatalogueImported

BY = "phần mềm"


@listens_to(CatalogueImported)
def give_procedures_their_forms(event: CatalogueImported) -> None:
    """A procedure that has a form keeps it."""
    load_starting_forms(by=BY, at=now())
