from thanthien.declarations.queries.managing import FormCard, exported, forms_for, versions_for
from thanthien.declarations.queries.versions import (
    Declaration,
    as_declaration,
    procedures_with_form,
    version_by_id,
    version_for,
)

__all__ = [
    "Declaration",
    "FormCard",
    "as_declaration",
    "exported",
    "forms_for",
    "procedures_with_form",
    "version_by_id",
    "version_for",
    "versions_for",
]
