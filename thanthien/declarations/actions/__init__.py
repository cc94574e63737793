from thanthien.declarations.actions.publishing import publish_version
from thanthien.declarations.actions.starting import load_starting_forms

__all__ = ["load_starting_forms", "publish_version"]
