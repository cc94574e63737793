from thanthien.procedures.actions.importing import ImportReport, import_records
from thanthien.procedures.actions.offerings import (
    change_offering,
    offer_procedure,
    set_version_policy,
    withdraw_offering,
)
from thanthien.procedures.actions.starting import import_starting_catalogue

__all__ = [
    "ImportReport",
    "change_offering",
    "import_records",
    "import_starting_catalogue",
    "offer_procedure",
    "set_version_policy",
    "withdraw_offering",
]
