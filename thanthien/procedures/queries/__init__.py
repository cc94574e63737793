from thanthien.procedures.queries.catalogue import (
    content_of,
    procedure_for,
    search_procedures,
    sectors,
    version_in_force,
    versions_of,
)
from thanthien.procedures.queries.offerings import (
    first_step_of,
    offering_for,
    offering_of,
    offering_with_version,
    offerings_of,
    step_after,
    step_at,
    step_before,
    steps_of,
)
from thanthien.procedures.queries.papers import Paper, cases_of, notes_of, papers_of
from thanthien.procedures.queries.suggestions import statutory_limits, suggested_steps, suggested_terms

__all__ = [
    "Paper",
    "cases_of",
    "content_of",
    "first_step_of",
    "notes_of",
    "offering_for",
    "offering_of",
    "offering_with_version",
    "offerings_of",
    "papers_of",
    "procedure_for",
    "search_procedures",
    "sectors",
    "statutory_limits",
    "step_after",
    "step_at",
    "step_before",
    "steps_of",
    "suggested_steps",
    "suggested_terms",
    "version_in_force",
    "versions_of",
]
