"""What a flow was before: each version with what it changed."""

from dataclasses import dataclass
from datetime import datetime

from thanthien.core.reading import Invalid
from thanthien.guidance.models import FlowVersion
from thanthien.guidance.queries.drafts import Working
from thanthien.guidance.rules import FlowContent, draft_from
from thanthien.guidance.rules.telling import Change, changes


@dataclass(frozen=True, kw_only=True)
class VersionLine:
    """`content` is None where an older release wrote it in a shape that this one does not read."""

    number: int
    by: str
    at: datetime
    content: FlowContent | None
    changes: list[Change]
    is_in_use: bool


def versions_of(working: Working) -> list[VersionLine]:
    """The newest first (one statement)."""
    rows = list(working.flow.versions.all())
    contents = [_read(row) for row in rows]
    before, in_use = [*contents[1:], None], working.flow.content
    return [
        VersionLine(
            number=row.number, by=row.published_by, at=row.published_at, content=content,
            changes=changes(former, content) if content else [], is_in_use=row is rows[0] and row.content == in_use,
        )
        for row, content, former in zip(rows, contents, before, strict=False)  # nothing before the first
    ]  # fmt: skip


def _read(row: FlowVersion) -> FlowContent | None:
    try:
        return draft_from(row.content)
    except Invalid:
        return None
