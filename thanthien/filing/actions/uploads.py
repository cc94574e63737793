"""Files of a draft: whole from a form, or piece by piece over a line that may break."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from thanthien.core.files import FileRefused, check_upload, keep
from thanthien.core.files.kinds import DOCX, HEIC, JPEG, PDF, PNG
from thanthien.filing import rules
from thanthien.filing.actions.drafts import locked
from thanthien.filing.models import Draft, DraftFile, UploadPiece
from thanthien.filing.queries import next_piece, takes_files

TAKEN = (JPEG, PNG, PDF, HEIC, DOCX)


def keep_file(draft: Draft, paper: str, upload: "UploadedFile[Any]", *, device_name: str, at: datetime) -> DraftFile:
    """Looks at a file and keeps it; sent again under the same `device_name`, it is the same file.

    Raises `FileRefused` with what is wrong with it, `Refused` when the draft is full.
    """
    check_is_asked(draft, paper)
    checked = check_upload(upload, TAKEN)  # before the lock: it may take a second
    with transaction.atomic():
        fresh = locked(draft.pk)
        rules.check_is_open(fresh, at=at)
        if found := fresh.files.filter(paper=paper, upload=device_name).first():
            return found
        rules.check_may_add_file(fresh, paper, checked.size)
        kept = keep(checked, at=at)
        return DraftFile.objects.create(draft=fresh, paper=paper, upload=device_name, at=at, **vars(kept))


def check_is_asked(draft: Draft, paper: str) -> None:
    if paper not in takes_files(draft):
        raise FileRefused(_("Giấy tờ này không có trong danh sách. Xin tải lại trang."))


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Piece `number` (from 0) of `total` of a file that the device calls `upload`."""

    paper: str
    upload: str
    number: int
    total: int
    name: str
    content: bytes


def keep_piece(draft: Draft, piece: Piece, *, at: datetime) -> DraftFile | None:
    """Keeps a piece; with the last one the file is put together, looked at and kept (else None).

    A piece sent twice counts once. A file that was cut differently meanwhile begins anew; one that is refused is
    chosen again.
    """
    check_is_asked(draft, piece.paper)
    with transaction.atomic():
        fresh = locked(draft.pk)
        rules.check_is_open(fresh, at=at)
        if found := fresh.files.filter(paper=piece.paper, upload=piece.upload).first():
            return found
        whole = _add(fresh, piece)
    if whole is None:
        return None
    upload = SimpleUploadedFile(piece.name[:255] or "anh.jpg", whole)
    return keep_file(draft, piece.paper, upload, device_name=piece.upload, at=at)


def _add(draft: Draft, piece: Piece) -> bytes | None:
    """The whole file once all its pieces are there; they are then taken away."""
    _check_size(draft, piece)
    mine = draft.pieces.filter(paper=piece.paper, upload=piece.upload)
    mine.exclude(total=piece.total).delete()  # the device has cut it differently: the old pieces do not fit
    UploadPiece.objects.get_or_create(
        draft=draft,
        paper=piece.paper,
        upload=piece.upload,
        number=piece.number,
        defaults={"content": piece.content, "total": piece.total},
    )
    if next_piece(draft, piece.paper, piece.upload) < piece.total:
        return None
    whole = b"".join(bytes(one.content) for one in mine.order_by("number"))
    mine.delete()
    return whole


def _check_size(draft: Draft, piece: Piece) -> None:
    most = -(-settings.UPLOAD_MAX_BYTES // rules.PIECE_BYTES)
    if not 0 <= piece.number < piece.total <= most or not 0 < len(piece.content) <= rules.PIECE_BYTES:
        raise FileRefused(_("Tệp này lớn quá, hoặc gửi chưa đúng cách. Xin chọn lại tệp."))
    waiting = draft.pieces.count() * rules.PIECE_BYTES
    rules.check_may_add_file(draft, piece.paper, waiting + len(piece.content))


@transaction.atomic
def remove_file(draft: Draft, file_id: int, *, at: datetime) -> None:
    """Takes a file out of the draft; one that is not there any more is no fault."""
    found = draft.files.filter(pk=file_id).first()
    if found:
        found.delete()
        transaction.on_commit(lambda: default_storage.delete(found.path))
