"""The texts of the messages, and how the unit writes to people."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from thanthien.core.idempotency import idempotent
from thanthien.core.rules import Refused
from thanthien.notifications import actions, rules
from thanthien.notifications.actions import ChannelChoice, TextDraft
from thanthien.notifications.enums import Channel, Situation
from thanthien.notifications.forms import LONGEST_TEXT, ChannelsForm, TextForm
from thanthien.notifications.outside import channels_by_phone, is_demonstration
from thanthien.notifications.queries import sending, texts
from thanthien.notifications.rules.texts import places_of
from thanthien.organisation.queries import office_of


@require_safe
@login_required
def text_list(request: HttpRequest) -> HttpResponse:
    scope = _scope(request.user)
    rules.check_can_edit_texts(scope, by=request.user)
    context = {"rows": texts.texts_in_force(scope), "channels": Channel.choices, "scope": scope}
    return render(request, "notifications/texts.html", context)


@login_required
@idempotent
def edit_text(request: HttpRequest, situation: str, channel: str) -> HttpResponse:
    """The editor: what is in force, or `?from=` an older version (0: the built-in one) to go back to."""
    scope, about, way = _scope(request.user), *_named(situation, channel)
    rules.check_can_edit_texts(scope, by=request.user)
    start = _start(request, scope, about, way)
    form = TextForm(request.POST or None, channel=way, initial={"title": start.title, "body": start.body})
    if form.is_valid() and _saved(request, form, TextDraft(
        situation=about, channel=way, unit_code=scope, **form.cleaned_data
    )):  # fmt: skip
        return redirect("notifications:edit_text", situation, channel)
    context = {
        "form": form, "situation": about, "channel": way, "scope": scope, "places": places_of(about),
        "shown": _preview(request.user, about, way, form), "versions": texts.versions_of(scope, about, way),
    }  # fmt: skip
    return render(request, "notifications/edit_text.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def preview_text(request: HttpRequest, situation: str, channel: str) -> HttpResponse:
    """What goes out, drawn anew while somebody types."""
    about, way = _named(situation, channel)
    rules.check_can_edit_texts(_scope(request.user), by=request.user)
    form = TextForm(request.POST, channel=way)
    return render(request, "notifications/_preview.html", {"shown": _preview(request.user, about, way, form)})


def _preview(staff: Any, situation: Situation, channel: Channel, form: TextForm) -> texts.Preview:
    plain = sending.switches_of(office_of(staff).code).plain_sms
    title = form["title"].value() if "title" in form.fields else ""
    body = form["body"].value() or ""
    return texts.preview(situation, channel, (title or "")[:300], body[:LONGEST_TEXT], plain=plain)


def _saved(request: HttpRequest, form: TextForm, draft: TextDraft) -> bool:
    try:
        saved = actions.save_text(draft, by=request.user, at=timezone.now())
    except Refused as reason:
        form.add_error("body", str(reason))
        return False
    messages.success(request, _("Đã lưu phiên bản %(version)s của mẫu.") % {"version": saved.version})
    return True


def _start(request: HttpRequest, scope: str, situation: Situation, channel: Channel) -> texts.Text:
    wanted = request.GET.get("from", "")
    if wanted.isdecimal() and len(wanted) < 9:
        return texts.version_of(scope, situation, channel, int(wanted))
    return texts.text_in_force(scope, situation, channel)


def _named(situation: str, channel: str) -> tuple[Situation, Channel]:
    if situation not in Situation.values or channel not in Channel.values:
        raise Http404
    return Situation(situation), Channel(channel)


def _scope(staff: Any) -> str:
    """Whose texts this person edits: the administrator everyone's (""), others their unit's."""
    return "" if staff.is_superuser else str(office_of(staff).code)


@login_required
@idempotent
def channels(request: HttpRequest) -> HttpResponse:
    unit = office_of(request.user)
    rules.check_can_set_channels(unit.code, by=request.user)
    form = ChannelsForm(request.POST or None, initial=sending.choice_of(unit.code))
    if form.is_valid():
        try:
            actions.set_channels(unit.code, ChannelChoice(**form.cleaned_data), by=request.user, at=timezone.now())
            messages.success(request, _("Đã lưu kênh và giờ gửi tin."))
            return redirect("notifications:list")
        except Refused as reason:
            form.add_error(None, str(reason))
    context = {"form": form, "unit": unit, "ways": _ways(), "quiet": rules.default_quiet_hours()}
    return render(request, "notifications/channels.html", context, status=422 if form.errors else 200)


def _ways() -> list[dict[str, Any]]:
    """Each channel that needs a gateway, and whether there is one."""
    there = channels_by_phone()
    by_phone = (Channel.SMS, Channel.ZALO)
    return [{"channel": one, "is_there": one in there, "is_demonstration": is_demonstration(one)} for one in by_phone]
