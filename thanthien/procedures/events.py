"""What the catalogue announces."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CatalogueImported:
    """Records came in: `created` procedures are new, `updated` say something else now."""

    created: int
    updated: int
