"""What dossiers announce. Ids, codes and ISO dates only (STYLE 5.4)."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class DossierReceived:
    dossier_id: int


@dataclass(frozen=True, kw_only=True)
class DossierFiledOnline:
    dossier_id: int


@dataclass(frozen=True, kw_only=True)
class DossierDenied:
    dossier_id: int


@dataclass(frozen=True, kw_only=True)
class DossierPaused:
    dossier_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class DossierResumed:
    dossier_id: int
    due_at: str


@dataclass(frozen=True, kw_only=True)
class DossierFinished:
    dossier_id: int
    timeliness: str


@dataclass(frozen=True, kw_only=True)
class DossierReturned:
    """`staff_id`: who handed it out (the tablet of that counter wakes up)."""

    dossier_id: int
    channel: str
    staff_id: int = 0


@dataclass(frozen=True, kw_only=True)
class DossierWithdrawn:
    dossier_id: int


@dataclass(frozen=True, kw_only=True)
class DossierStopped:
    dossier_id: int


@dataclass(frozen=True, kw_only=True)
class ApologyOwed:
    dossier_id: int


@dataclass(frozen=True, kw_only=True)
class ApologySent:
    dossier_id: int
    new_due_at: str
