"""What satisfaction announces. Ids and codes only (STYLE 5.4); never who answered."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ResponseGiven:
    response_id: int


@dataclass(frozen=True, kw_only=True)
class DissatisfactionVoiced:
    """An unhappy answer became a case. `wants_review`: they ask to look at their dossier again."""

    case_id: int
    unit_code: str
    wants_review: bool


@dataclass(frozen=True, kw_only=True)
class DissatisfactionAnswered:
    case_id: int
    outcome: str
