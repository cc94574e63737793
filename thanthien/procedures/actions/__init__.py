from thanthien.procedures.actions.importing import ImportReport, import_records
from thanthien.procedures.actions.starting import import_starting_catalogue

__all__ = ["ImportReport", "import_records", "import_starting_catalogue"]
