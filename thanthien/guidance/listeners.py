"""A new installation guides its citizens as soon as it has its procedures."""

from django.utils.timezone import now

from thanthien.core.events import listens_to
from thanthien.guidance.actions import load_starting_flows
from thanthien.procedures.events import CatalogueImported

BY = "phần mềm"


@listens_to(CatalogueImported)
def guide_to_the_procedures(event: CatalogueImported) -> None:
    """A flow that is there stays as it is."""
    load_starting_flows(by=BY, at=now())
