"""Drafts for tests, made by the real actions. People and papers are invented."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from thanthien.dossiers.factories import MONDAY, an_offering
from thanthien.filing import actions
from thanthien.filing.actions import Begun, save_step
from thanthien.filing.forms.whole import Whole
from thanthien.filing.models import Draft
from thanthien.filing.queries import draft_of, papers_of_draft

__all__ = ["begin", "fill", "found", "save_step", "sent"]

PAPERS = ("Giấy chứng sinh", "Văn bản ủy quyền (nếu có)", "Xuất trình giấy tờ tùy thân")
ANSWERS: dict[str, dict[str, list[str]]] = {
    "cho-ai": {"for_whom": ["self"]},
    "nguoi-nop": {
        "full_name": ["Trần Thị Lụa"], "personal_id": ["038190000123"], "birth_date": ["05/02/1990"],
        "address": ["Thôn 1, xã Mẫu"], "phone": ["0912 345 678"], "email": ["lua@example.vn"],
    },
    "nhan-ket-qua": {"channel": ["counter"], "reason": [""], "address": [""]},
    "dong-y": {"survey": ["on"]},
}  # fmt: skip
OWNER = {
    "owner_name": ["Lê Văn Tám"], "owner_personal_id": ["038040000456"], "owner_address": ["Thôn 2, xã Mẫu"],
    "relation": ["hàng xóm"],
}  # fmt: skip


def content_of(*papers: str) -> dict[str, Any]:
    """What a catalogue's version says, with these papers."""
    facts = {"code": "", "originals": 1, "copies": 0, "forms": [], "electronic_form": False, "is_result": False}
    return {"paper_groups": [{"name": "", "kind": "", "papers": [facts | {"name": name} for name in papers]}]}


def an_online_offering(*papers: str, **facts: Any) -> Any:
    """Filed online, with these papers (else those of a birth); its `version` in force beside it."""
    offering = an_offering(version={"content": content_of(*(papers or PAPERS))}, **facts)
    offering.version = offering.procedure.versions.get()
    return offering


def a_photo(name: str = "anh.jpg", colour: str = "white") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (32, 24), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def begin(offering: Any = None, *, at: Any = MONDAY) -> Begun:
    return actions.begin_draft(offering or an_online_offering(), at=at)


def fill(draft: Draft, *, at: Any = MONDAY, papers: bool = True, **other: dict[str, list[str]]) -> Draft:
    """All pages of a draft, sent; `other` replaces pages ("cho_ai" for "cho-ai"); the first paper has a photo."""
    pages = ANSWERS | {name.replace("_", "-"): values for name, values in other.items()}
    for step, values in pages.items():
        draft = actions.save_step(draft, step, values, is_sent=True, at=at)
    if papers:
        actions.keep_file(draft, "1", a_photo(), device_name="anh-thu-nhat", at=at)
    return draft


def found(begun: Begun, *, at: Any = MONDAY) -> Draft:
    """The draft as a page gets it."""
    draft = draft_of(begun.draft.ref, begun.key, at=at)
    assert draft is not None
    return draft


def sent(begun: Begun, *, at: Any = MONDAY, **other: dict[str, list[str]]) -> Any:
    """The draft filled in and sent; papers that have no photo are said to be absent. Answers the
    dossier. For procedures without a form."""
    draft = fill(begun.draft, at=at, **other)
    absent = {f"absent-{line.asked.key}": ["on"] for line in papers_of_draft(draft) if line.lacks}
    actions.save_step(draft, "giay-to", absent, is_sent=True, at=at)
    draft = found(begun, at=at)
    return actions.submit(draft, Whole(draft, today=at.date()).application(), at=at)
