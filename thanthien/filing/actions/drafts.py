"""A draft begins, grows by every word, and goes."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from thanthien.declarations.queries import version_for
from thanthien.dossiers.rules import check_can_answer_supplement
from thanthien.filing import rules
from thanthien.filing.models import Draft
from thanthien.filing.queries import key_of_supplement, parties_of


@dataclass(frozen=True)
class Begun:
    """A draft and the key that opens it: only its hash is kept, so this is the one moment to hand it over."""

    draft: Draft
    key: str


def begin_draft(offering: Any, *, at: datetime) -> Begun:
    """`offering` with its `version` in force."""
    rules.check_can_begin(offering)
    key = secrets.token_urlsafe(32)
    form = version_for(offering, on=timezone.localdate(at))
    facts = {"offering_id": offering.pk, "version_id": offering.version.pk, "declaration_id": form and form.pk}
    return Begun(_create(key, at=at, **facts), key)


@transaction.atomic
def begin_supplement(dossier: Any, *, at: datetime) -> Begun:
    """The draft of the answer to a supplement request: one for each dossier, on whatever device it is opened."""
    check_can_answer_supplement(dossier)
    key = key_of_supplement(dossier)
    draft = Draft.objects.select_for_update().filter(dossier=dossier).first()
    if draft is None:
        facts = {"offering_id": dossier.offering_id, "version_id": dossier.version_id, "dossier_id": dossier.pk}
        return Begun(_create(key, at=at, **facts), key)
    _touch(draft, at=at)
    draft.save(update_fields=["saved_at", "expires_at"])
    return Begun(draft, key)


def _create(key: str, *, at: datetime, **facts: Any) -> Draft:
    kept = {"created_at": at, "saved_at": at, "expires_at": at + rules.KEPT_FOR}
    return Draft.objects.create(ref=secrets.token_hex(8), key_hash=rules.hash_of(key), **kept, **facts)


@transaction.atomic
def save_step(draft: Draft, step: str, values: Mapping[str, Sequence[str]], *, is_sent: bool, at: datetime) -> Draft:
    """What was typed on one page, right or wrong: nothing is lost by an error. `is_sent`: not only while typing."""
    fresh = locked(draft.pk)
    rules.check_is_open(fresh, at=at)
    rules.check_may_edit(step, parties_of(fresh))
    fresh.answers = fresh.answers | {step: {name: list(said) for name, said in values.items()}}
    rules.check_fits(fresh.answers)
    if is_sent and step not in fresh.sent_steps:
        fresh.sent_steps = [*fresh.sent_steps, step]
    _touch(fresh, at=at)
    fresh.save(update_fields=["answers", "sent_steps", "saved_at", "expires_at"])
    return fresh


@transaction.atomic
def save_declared(draft: Draft, step: str, told: Mapping[str, Any], *, is_sent: bool, at: datetime) -> Draft:
    """What was answered to the form of the procedure, on one of its pages (`declarations.rules.cleaned`)."""
    fresh = locked(draft.pk)
    rules.check_is_open(fresh, at=at)
    rules.check_may_edit(step, parties_of(fresh))
    fresh.declared = dict(told)
    rules.check_fits(fresh.declared)
    if is_sent and step not in fresh.sent_steps:
        fresh.sent_steps = [*fresh.sent_steps, step]
    _touch(fresh, at=at)
    fresh.save(update_fields=["declared", "sent_steps", "saved_at", "expires_at"])
    return fresh


@transaction.atomic
def note_helper(draft: Draft, helper: Any, *, machine: str, at: datetime) -> Draft:
    """An officer says that they help, and on which machine; None takes it back."""
    fresh = locked(draft.pk)
    rules.check_is_open(fresh, at=at)
    if helper is not None:
        rules.check_can_help(by=helper)
    fresh.helper, fresh.machine = helper, machine if helper else ""
    fresh.save(update_fields=["helper", "machine"])
    return fresh


def locked(draft_id: int) -> Draft:
    """Under its lock, so that a word saved while typing and a page that is sent do not overwrite each other."""
    return Draft.objects.select_for_update().get(pk=draft_id)


def _touch(draft: Draft, *, at: datetime) -> None:
    draft.saved_at, draft.expires_at = at, at + rules.KEPT_FOR


@transaction.atomic
def delete_draft(draft: Draft, *, at: datetime) -> None:
    """With everything that was typed and uploaded."""
    paths = list(draft.files.values_list("path", flat=True))
    Draft.objects.filter(pk=draft.pk).delete()
    transaction.on_commit(lambda: forget(paths))


def delete_expired(*, at: datetime) -> int:
    """What nobody touched for seven days; run each day."""
    old = list(Draft.objects.filter(expires_at__lte=at).order_by("pk")[:1000])
    for draft in old:
        delete_draft(draft, at=at)
    return len(old)


def forget(paths: Sequence[str]) -> None:
    for path in paths:
        default_storage.delete(path)
