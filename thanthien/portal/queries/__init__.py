from thanthien.portal.queries import stored as stored  # sentences of stories, to be known again in another language
from thanthien.portal.queries.figures import (
    promises_kept,
    public_figure,
    public_figures,
    scope_for,
)
from thanthien.portal.queries.home import chips_of, halls_now, opening_at
from thanthien.portal.queries.procedure import (
    AUDIENCES,
    LIFE_EVENTS,
    ProcedurePage,
    Wish,
    by_sector,
    flow_about,
    found_rows,
    life_events_of,
    narrowed,
    offered_to_all,
    procedure_page,
    sectors_of,
)
from thanthien.portal.queries.search import find_offerings
from thanthien.portal.queries.tracking import ahead_of, how_returned, own_lines

__all__ = [
    "AUDIENCES",
    "LIFE_EVENTS",
    "ProcedurePage",
    "Wish",
    "ahead_of",
    "by_sector",
    "chips_of",
    "find_offerings",
    "flow_about",
    "found_rows",
    "halls_now",
    "how_returned",
    "life_events_of",
    "narrowed",
    "offered_to_all",
    "opening_at",
    "own_lines",
    "procedure_page",
    "promises_kept",
    "public_figure",
    "public_figures",
    "scope_for",
    "sectors_of",
]
