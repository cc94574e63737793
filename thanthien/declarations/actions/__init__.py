from thanthien.declarations.actions.publishing import import_form, publish_version
from thanthien.declarations.actions.starting import load_starting_forms

__all__ = ["import_form", "load_starting_forms", "publish_version"]
