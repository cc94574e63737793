"""Something is to be told: written down in the transaction of what it tells, sent after it."""

from dataclasses import dataclass, fields
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from thanthien.notifications.actions.sending import send
from thanthien.notifications.enums import Channel, MessageState, Situation
from thanthien.notifications.models import Message
from thanthien.notifications.outside import channels_by_phone
from thanthien.notifications.queries.texts import built_in_texts
from thanthien.notifications.rules.texts import PLACES, fill

S = Situation
# Nobody at the counter tells these: who has no address must be called.
TO_BE_CALLED = frozenset(
    {S.SUPPLEMENT, S.FINANCIAL_DUTY, S.SOON, S.APOLOGY, S.EARLY, S.READY, S.DECLINED, S.STOPPED, S.BOOKING_CHANGED}
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the texts of a situation may say, in words as people read them; empty: there is nothing to say."""

    name: str = ""
    code: str = ""
    procedure: str = ""
    due_at: datetime | None = None
    place: str = ""
    officer: str = ""
    papers: str = ""
    reason: str = ""
    agency: str = ""
    fee: str = ""
    amount: str = ""
    receipt: str = ""
    waybill: str = ""
    finished_at: datetime | None = None
    check_due: datetime | None = None
    link: str = ""
    survey: str = ""
    confirm: str = ""
    declarer: str = ""
    desk: str = ""
    unit: str = ""
    one_time_code: str = ""
    minutes: str = ""

    def words(self) -> dict[str, str]:
        """By the names that texts use; without the empty ones."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        return {place: _word(said[name]) for place, name in PLACES.items() if said[name]}


def _word(value: str | datetime) -> str:
    return moment(value) if isinstance(value, datetime) else value


def moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M ngày %d/%m/%Y")


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What to tell whom. `subject` names what it is about ("dossier:123"); `occasion` which time it is, where a
    situation may come again; `phone` (+84…) and `email` may be empty; after `expires_at` it is of no use."""

    subject: str
    unit_code: str
    situation: Situation
    facts: Facts
    occasion: str = ""
    phone: str = ""
    email: str = ""
    person_id: int | None = None
    expires_at: datetime | None = None


def tell(notice: Notice, *, at: datetime) -> None:
    """Writes the message and its sending down in the transaction of the caller, two statements; once for each subject,
    situation and occasion, however often it is called."""
    can_reach = bool(notice.email or (notice.phone and channels_by_phone()))
    if not can_reach and notice.situation not in TO_BE_CALLED:
        return
    words = notice.facts.words()
    title = fill(built_in_texts()[notice.situation, Channel.EMAIL].title, words)[:300]
    message = Message(created_at=at, title=title, **vars(notice) | {"facts": words})
    if can_reach:
        message.next_try_at = at
    else:
        message.state, message.error = MessageState.NO_ADDRESS, _("Không có điện thoại hay thư điện tử gửi được tin.")
    Message.objects.bulk_create([message], ignore_conflicts=True)
    if can_reach:
        send.enqueue(str(message.uuid))  # of a message told before there is nothing under this name
