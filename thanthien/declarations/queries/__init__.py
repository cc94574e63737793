from thanthien.declarations.queries.drafts import Working, procedures_without_form, working_on
from thanthien.declarations.queries.managing import FormCard, exported, forms_for, versions_for
from thanthien.declarations.queries.outline import fault_lines, outline_of, rule_lines, test_lines
from thanthien.declarations.queries.printing import sheet_of, trial_sheet
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
    "Working",
    "as_declaration",
    "exported",
    "fault_lines",
    "forms_for",
    "outline_of",
    "procedures_with_form",
    "procedures_without_form",
    "rule_lines",
    "sheet_of",
    "test_lines",
    "trial_sheet",
    "version_by_id",
    "version_for",
    "versions_for",
    "working_on",
]
