"""Where files lie and how they are handed out: random names, no guessable address, no type that could run."""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils.timezone import localtime

from thanthien.core.files.checking import CheckedFile
from thanthien.core.files.kinds import BY_MEDIA_TYPE

# Also when somebody opens the address by itself: no script, no form, no frame, no request to anywhere.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "private, no-store",
}
UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, kw_only=True)
class KeptFile:
    """Where an upload lies now and what it was found to be. `path` is the storage's own, never shown."""

    path: str
    name: str
    media_type: str
    size: int
    sha256: str


def keep(checked: CheckedFile, *, at: datetime) -> KeptFile:
    """Stores a checked upload under a random name. Rolled back, it leaves a file that nothing points to."""
    folder, name = f"files/{localtime(at):%Y/%m}", f"{secrets.token_hex(16)}.{checked.kind.extension}"
    checked.content.seek(0)
    path = default_storage.save(f"{folder}/{name}", File(checked.content))
    _make_lasting(path)
    return KeptFile(
        path=path, name=checked.name, media_type=checked.kind.media_type, size=checked.size, sha256=checked.sha256
    )


def _make_lasting(path: str) -> None:
    """Writes it to the disk now: the paper may be handed back to the citizen in the next minute."""
    try:
        local = default_storage.path(path)
    except NotImplementedError:
        return
    for target in (local, os.path.dirname(local)):
        handle = os.open(target, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def hand_out(kept: KeptFile, *, show: bool = False) -> FileResponse:
    """The file as it was sent in. `show`: inside the browser when it is a picture; everything else is saved.

    The view that calls this has asked who may see it. 404 when the storage has lost it.
    """
    kind = BY_MEDIA_TYPE.get(kept.media_type)
    try:
        content = default_storage.open(kept.path)
    except FileNotFoundError:
        raise Http404 from None
    way = "inline" if show and kind and kind.is_picture else "attachment"
    response = FileResponse(content, content_type=kind.media_type if kind else UNKNOWN)
    response.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(kept.name, safe='')}"
    for header, value in HEADERS.items():
        response.headers[header] = value
    return response
