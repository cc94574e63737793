"""What happens to the records of people."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PeopleMerged:
    """Two records were one person: everything about `dropped_id` now belongs to `kept_id`."""

    kept_id: int
    dropped_id: int
