"""Drafts for tests, made by the real actions. People and papers are invented."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from thanthien.declarations.actions.starting import built_in
from thanthien.declarations.factories import DeclarationFormFactory, DeclarationVersionFactory
from thanthien.dossiers.factories import MONDAY, an_offering
from thanthien.filing import actions
from thanthien.filing.actions import Begun, save_step
from thanthien.filing.forms.whole import Whole
from thanthien.filing.models import Draft, Party
from thanthien.filing.queries import draft_of, papers_of_draft

__all__ = ["a_marriage", "asked", "begin", "confirmed", "fill", "found", "save_step", "sent"]

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


GROOM = {
    "full_name": ["Phạm Văn Nam"], "personal_id": ["035098000123"], "birth_date": ["10/01/1998"],
    "address": ["Thôn 3, xã Mẫu"], "phone": ["0912 345 678"], "email": ["nam@example.vn"],
}  # fmt: skip
BRIDE_NUMBER = "035300000456"
OF_BOTH = {"ethnicity": "Kinh", "nationality": "Việt Nam", "address": "Thôn 3, xã Mẫu"}
MARRIAGE: dict[str, Any] = {
    "husband": OF_BOTH | {"full_name": "Phạm Văn Nam", "birth_date": "1998-01-10", "sex": "male",
                          "personal_id": "035098000123"},
    "husband_status": "single",
    "wife": OF_BOTH | {"full_name": "Vũ Thị Hoa", "birth_date": "2000-06-15", "sex": "female",
                       "personal_id": BRIDE_NUMBER},
    "wife_status": "single", "voluntary": "yes", "related": "no",
}  # fmt: skip
BY_PHONE = {"phone_wife": ["0987 654 321"], "email_wife": [""]}


def an_offering_of_marriages() -> Any:
    offering = an_online_offering("Giấy xác nhận tình trạng hôn nhân (nếu có)")
    content = dict(built_in())["1.000894"]
    DeclarationVersionFactory(form=DeclarationFormFactory(procedure=offering.procedure), content=content)
    return offering


def a_marriage(
    offering: Any = None, *, at: Any = MONDAY, told: dict[str, Any] | None = None, **pages: dict[str, list[str]]
) -> Begun:
    """A draft of a marriage that one of the two has filled in to the last page, on the built-in form."""
    begun = begin(offering or an_offering_of_marriages(), at=at)
    fill(begun.draft, at=at, papers=False, **{"nguoi_nop": GROOM, "xac_nhan": BY_PHONE} | pages)
    for group in ("husband_group", "wife_group", "marriage_group"):
        actions.save_declared(begun.draft, f"khai-{group}", MARRIAGE | (told or {}), is_sent=True, at=at)
    leave_out_papers(begun, at=at)
    return begun


def asked(begun: Begun, *, at: Any = MONDAY) -> list[Party]:
    """Everybody whose word is missing gets their link."""
    draft = found(begun, at=at)
    return actions.ask_parties(draft, Whole(draft, today=at.date()).contacts(), at=at)


def found(begun: Begun, *, at: Any = MONDAY) -> Draft:
    """The draft as a page gets it."""
    draft = draft_of(begun.draft.ref, begun.key, at=at)
    assert draft is not None
    return draft


def confirmed(begun: Begun, *, at: Any = MONDAY) -> Any:
    """The other confirms and it is sent. Answers the dossier."""
    for party in asked(begun, at=at):
        actions.confirm(party, {}, wording="Tôi cam đoan.", at=at)
    draft = found(begun, at=at)
    return actions.submit(draft, Whole(draft, today=at.date()).application(), at=at)


def leave_out_papers(begun: Begun, *, at: Any = MONDAY) -> None:
    """Papers that have no photo are said to be absent."""
    draft = found(begun, at=at)
    absent = {f"absent-{line.asked.key}": ["on"] for line in papers_of_draft(draft) if line.lacks}
    actions.save_step(draft, "giay-to", absent, is_sent=True, at=at)


def sent(begun: Begun, *, at: Any = MONDAY, **other: dict[str, list[str]]) -> Any:
    """The draft filled in and sent; papers that have no photo are said to be absent. Answers the
    dossier. For procedures without a form."""
    fill(begun.draft, at=at, **other)
    leave_out_papers(begun, at=at)
    draft = found(begun, at=at)
    return actions.submit(draft, Whole(draft, today=at.date()).application(), at=at)
