from thanthien.guidance.actions.drafting import (
    Step,
    begin_flow,
    change_draft,
    discard_draft,
    publish_draft,
    return_to_version,
    undo_change,
)
from thanthien.guidance.actions.flows import built_in, exported, import_flow, load_starting_flows, move_flow, show_flow

__all__ = [
    "Step",
    "begin_flow",
    "built_in",
    "change_draft",
    "discard_draft",
    "exported",
    "import_flow",
    "load_starting_flows",
    "move_flow",
    "publish_draft",
    "return_to_version",
    "show_flow",
    "undo_change",
]
