"""The components, as template tags. The gallery at /ui/ shows each in every state (docs/guides/design.md)."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from thanthien.core.idempotency import FIELD, new_key
from thanthien.core.navigation import entries_for
from thanthien.core.said import in_vietnamese, said
from thanthien.core.slots import contents_of
from thanthien.ui import words
from thanthien.ui.explained import calendar_of, weekday_heads

register = template.Library()

# The words and the icon of each state of a promise. Colour never stands alone.
STATES = {
    "ontime": {"icon": "check-circle", "text": gettext_lazy("Đang đúng hẹn")},
    "today": {"icon": "hourglass-split", "text": gettext_lazy("Hẹn hôm nay")},
    "soon": {"icon": "exclamation-triangle", "text": gettext_lazy("Sắp lỡ hẹn")},
    "late": {"icon": "exclamation-octagon", "text": gettext_lazy("Đã trễ hẹn")},
    "paused": {"icon": "pause-circle", "text": gettext_lazy("Đang chờ bổ sung")},
    "done": {"icon": "check2-all", "text": gettext_lazy("Đã trả kết quả")},
    "human": {"icon": "heart", "text": gettext_lazy("Lời thăm hỏi")},
    "plain": {"icon": "info-circle", "text": gettext_lazy("Thông tin")},
}
NOTICES = {
    "info": {"icon": "info-circle"},
    "success": {"icon": "check-circle"},
    "warning": {"icon": "exclamation-triangle"},
    "error": {"icon": "exclamation-octagon"},
    "human": {"icon": "heart"},
}
# After these entries of a story somebody waits: a tick would say that all is done.
STORY = {"supplement": "waiting", "financial_duty": "waiting", "other_agency": "waiting", "apology_owed": "late"}
MESSAGE_KINDS = {"debug": "info"}

for name in ("number", "money", "percent", "vndate", "vndatetime", "moment"):
    register.filter(name, getattr(words, name))
register.filter("said", said)
register.filter("vi", in_vietnamese)


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """A picture from the sprite; silent for screen readers unless it has a `label`. Sizes: "", large, huge."""
    return _drawn(name, str(label), size)


@lru_cache(maxsize=2048)
def _drawn(name: str, label: str, size: str) -> SafeString:
    """Kept: a page holds some twenty, the same ones on every page."""
    classes = f"icon icon-{size}" if size else "icon"
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="{}" {}><use href="{}#{}"></use></svg>', classes, said, static("vendor/icons.svg"), name
    )


def _attributes(values: Mapping[str, Any]) -> SafeString:
    """Keyword arguments as attributes: `data_x="…"` → `data-x="…"`; True stands alone; None, False and "" vanish."""
    kept = [(key.replace("_", "-"), value) for key, value in values.items() if value not in (None, False, "")]
    return format_html_join("", " {}{}", ((key, _value(value)) for key, value in kept))


def _value(value: Any) -> SafeString:
    if value is True:
        return mark_safe("")
    # Words written in a template count as safe, yet their quotes would end the attribute.
    return format_html('="{}"', mark_safe(conditional_escape(value).replace('"', "&quot;")))


@register.simple_tag
def button(label: str, kind: str = "primary", **more: Any) -> SafeString:
    """A button, or with an `href` a link that looks like one. Kinds: primary, outline, quiet, gold, human, danger.

    Also: icon, icon_only (the label is then only said), small, wide, shortcut (shows the key too), confirm (the
    question that is asked first) and any attribute: name, value, form, type, id, data_…
    """
    classes = ["btn", f"btn-{kind}", *(f"btn-{flag}" for flag in ("small", "wide", "icon_only") if more.get(flag))]
    lone = more.pop("icon_only", False)
    more = {key: value for key, value in more.items() if key not in ("small", "wide")}
    picture = icon(more.pop("icon")) if more.get("icon") else ""
    shortcut = more.pop("shortcut", "")
    words_shown = format_html('<span class="visually-hidden">{}</span>' if lone else "<span>{}</span>", label)
    hint = key(shortcut) if shortcut and not lone else ""
    more |= {"data_confirm": more.pop("confirm", None), "data_shortcut": shortcut.lower() or None}
    more["aria_keyshortcuts"] = shortcut.upper() or None
    tag = "a" if more.get("href") else "button"
    if tag == "button":
        more.setdefault("type", "submit")
    shape = '<{0} class="{1}"{2}>{3}{4}{5}</{0}>'
    return format_html(shape, tag, " ".join(classes).replace("_", "-"), _attributes(more), picture, words_shown, hint)


@register.simple_tag
def key(name: str) -> SafeString:
    """A key of the keyboard, as a hint for those who can see it."""
    return format_html('<kbd class="key" aria-hidden="true">{}</kbd>', name)


@register.simple_tag
def pill(state: str, text: str = "", **more: Any) -> SafeString:
    """A state in a few words, with its icon. States: ontime, today, soon, late, paused, done, human, plain."""
    known = STATES.get(state, STATES["plain"])
    kind = state if state in STATES else "plain"
    picture = icon(more.get("icon") or str(known["icon"]))
    return format_html('<span class="pill pill-{}">{}<span>{}</span></span>', kind, picture, text or known["text"])


@register.simple_block_tag
def card(content: str, title: str = "", kind: str = "", **more: Any) -> SafeString:
    """A thing on the page. Kinds: late, soon, human, quiet, flush (no inner space, for rows). Also: level, icon, id."""
    level = int(more.get("level", 2))
    picture = icon(more["icon"]) if more.get("icon") else ""
    named = in_vietnamese(title)
    heading = format_html('<h{0} class="card-title">{1}<span>{2}</span></h{0}>', level, picture, named) if title else ""
    classes = f"card card-{kind}" if kind else "card"
    return format_html(
        '<section class="{}"{}>{}{}</section>', classes, _attributes({"id": more.get("id")}), heading, content
    )


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> SafeString:
    """Words that must not be overlooked. Kinds: info, success, warning, error, human."""
    picture = icon(str(NOTICES.get(kind, NOTICES["info"])["icon"]))
    heading = format_html('<p class="notice-title">{}</p>', title) if title else ""
    shape = '<div class="notice notice-{}">{}<div class="notice-text">{}{}</div></div>'
    return format_html(shape, kind, picture, heading, content)


@register.inclusion_tag("ui/message.html")
def message(one: Any) -> dict[str, Any]:
    """A message of Django's, as a notice."""
    kind = MESSAGE_KINDS.get(one.level_tag, one.level_tag)
    return {"kind": kind, "text": str(one), "picture": NOTICES.get(kind, NOTICES["info"])["icon"]}


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """One field of a form with its label, hint and error."""
    return bound.as_field_group()


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """All errors of one or more forms at the top of the page, each a link to its field. Focus moves here. A form may be
    made of several (`.forms`)."""
    forms = tuple(part for form in forms for part in getattr(form, "forms", (form,)))
    lines = [line for form in forms if form is not None and form.is_bound for line in _error_lines(form)]
    for form in filter(None, forms):
        # The form then does not say its general errors a second time.
        form.is_summarised = True  # type: ignore[attr-defined]
    return {"lines": lines}


def _error_lines(form: BaseForm) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = [{"text": error, "target": "", "label": ""} for error in form.non_field_errors()]
    for bound in form:
        target = "" if bound.is_hidden else bound.id_for_label or bound.auto_id
        lines += [{"text": error, "target": target, "label": bound.label} for error in bound.errors]
    return lines


@register.inclusion_tag("ui/stat.html")
def stat(value: Any, label: str, n: str = "", **more: Any) -> dict[str, Any]:
    """A figure with what it counts and on how many. Also: href (the records behind it), kind, icon."""
    shown = words.number(value) if isinstance(value, int | float) else value
    return {"value": shown, "label": label, "n": n, **more}


@register.inclusion_tag("ui/empty.html")
def empty(title: str, text: str = "", href: str = "", action: str = "", **more: Any) -> dict[str, Any]:
    """Something kind for an empty list, and what to do next. Also: icon. In a `for` loop only after its own `empty`."""
    return {"title": title, "text": text, "href": href, "action": action, "picture": more.get("icon", "flower1")}


@register.inclusion_tag("ui/tile.html")
def tile(title: str, text: str = "", *, href: str, icon: str) -> dict[str, Any]:
    """A door to a thing, with its picture: life events, sectors."""
    return {"title": title, "text": text, "href": href, "picture": icon}


@register.inclusion_tag("ui/steps.html")
def steps(items: Iterable[Any], current: int = 0, label: str = "") -> dict[str, Any]:
    """The way ahead. `items`: words, or label, note and state (done, current, todo); `current` counts from 1."""
    return {
        "items": [_step(item, place, current) for place, item in enumerate(items, 1)],
        "label": label or _("Các bước"),
    }


def _step(item: Any, place: int, current: int) -> dict[str, Any]:
    state = "done" if place < current else "current" if place == current else "todo"
    if isinstance(item, Mapping):
        return {"place": place, "state": state, **item}
    if hasattr(item, "label"):
        return {
            "place": place,
            "state": getattr(item, "state", state),
            "label": item.label,
            "note": getattr(item, "note", ""),
        }
    return {"place": place, "state": state, "label": item}


@register.inclusion_tag("ui/timeline.html")
def timeline(entries: Iterable[Any], public: bool = False) -> dict[str, Any]:
    """The story so far. Entries of `core.timeline`, or text, at, actor, note, state (done, next, waiting, late).

    `public` shows only the words meant for the citizen, and no names.
    """
    lines = [_line(entry, public) for entry in entries]
    return {"lines": [line for line in lines if line["text"]]}


def _line(entry: Any, public: bool) -> dict[str, Any]:
    get = entry.get if isinstance(entry, Mapping) else lambda name, otherwise="": getattr(entry, name, otherwise)
    text = get("public_text", "") if public and get("public_text", None) is not None else get("text", "")
    state = get("state", "") or STORY.get(get("kind", ""), "done")
    pictures = {"done": "check", "next": "three-dots", "waiting": "pause", "late": "exclamation"}
    by = "" if public else get("actor", "")
    return {
        "text": said(text),
        "at": get("at", None),
        "by": by,
        "note": get("note", ""),
        "state": state,
        "picture": pictures.get(state, "check"),
    }


@register.inclusion_tag("ui/explained_date.html")
def explained_date(deadline: Any, **more: Any) -> dict[str, Any]:
    """Why this date: a small calendar and sentences. A core `Deadline` or `Promise`: `due` or `due_at`, `explanation`.

    Also: sentences (list of text, see `core.working_time.summary`), open (True to show at once), title.
    """
    due = getattr(deadline, "due_at", None) or getattr(deadline, "due", None)
    calendar = calendar_of(due, getattr(deadline, "explanation", None) or [])
    sentences = more.get("sentences") or getattr(deadline, "sentences", None) or []
    sentences = sentences() if callable(sentences) else sentences
    heads = weekday_heads(get_language() or "")
    return {"calendar": calendar, "heads": heads, **more, "sentences": sentences}


@register.inclusion_tag("ui/promise.html")
def promise(due_at: Any, state: str, **more: Any) -> dict[str, Any]:
    """The promise first: its state, then the date, large. Also: label, text (words of the pill), note, kept_at."""
    return {"due_at": due_at, "state": state, "label": _("Hẹn trả kết quả"), **more}


@register.inclusion_tag("ui/band.html")
def band(state: str, title: str = "", count: str = "", **more: Any) -> dict[str, Any]:
    """The heading over rows that share one urgency. `count` in words: "4 hồ sơ". Also: id, level, icon."""
    return {"state": state, "title": title, "count": count, "level": 2, **more}


@register.inclusion_tag("ui/progress.html")
def progress(value: Any, label: str, maximum: Any = 100, state: str = "") -> dict[str, Any]:
    """How far something is; the words stand above the bar. States as of `pill`."""
    return {"value": value, "label": label, "maximum": maximum, "state": state}


@register.simple_tag
def facts(pairs: Iterable[tuple[Any, Any]]) -> SafeString:
    """Pairs of name and value, read as a list. Empty values show a dash."""
    said_pairs = ((in_vietnamese(name), in_vietnamese(value) or "–") for name, value in pairs)
    rows = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", said_pairs)
    return format_html('<dl class="facts">{}</dl>', rows)


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Any, name: str = "page") -> dict[str, Any]:
    """Leaves through the pages of a Django `Page`, keeping the filter in the address."""
    pages = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "pages": [(n, _address(context, name, n)) for n in pages],
        "before": _before(context, page, name),
        "after": _after(context, page, name),
    }


def _before(context: template.Context, page: Any, name: str) -> str:
    return _address(context, name, page.previous_page_number()) if page.has_previous() else ""


def _after(context: template.Context, page: Any, name: str) -> str:
    return _address(context, name, page.next_page_number()) if page.has_next() else ""


def _address(context: template.Context, name: str, value: Any) -> str:
    """This page's query with one value changed; empty for what is no page (the "…" between)."""
    if not str(value).lstrip("-").replace("_", "").isalnum():
        return ""
    request = context.get("request")
    query = request.GET.copy() if request else None
    if query is None:
        return f"?{name}={value}"
    query[name] = value
    return f"?{query.urlencode()}"


@register.simple_block_tag
def table(content: str, caption: str, **more: Any) -> SafeString:
    """A table to compare in: give the `thead` and `tbody`. It scrolls by itself where the screen is narrow.

    Also: kind ("cards": rows become cards on a phone, cells then need `data-label`), show_caption.
    """
    kind = f" table-{more['kind']}" if more.get("kind") else ""
    hidden = mark_safe("") if more.get("show_caption") else mark_safe(' class="visually-hidden"')
    shape = (
        '<div class="table-frame{0}" role="region" aria-label="{1}" tabindex="0">'
        '<table class="table{0}"><caption{2}>{1}</caption>{3}</table></div>'
    )
    return format_html(shape, kind, caption, hidden, content)


@register.simple_tag(takes_context=True)
def sort_header(context: template.Context, label: str, by: str, name: str = "sort") -> SafeString:
    """A column head that sorts: first click up, second down. The order stands in the address."""
    request = context.get("request")
    now = request.GET.get(name, "") if request else ""
    order = {by: "ascending", f"-{by}": "descending"}.get(now, "")
    picture = icon({"ascending": "sort-up", "descending": "sort-down"}.get(order, "arrow-down-up"))
    said = format_html(' aria-sort="{}"', order) if order else mark_safe("")
    address = _address(context, name, f"-{by}" if now == by else by)
    return format_html('<th scope="col"{}><a class="sort" href="{}">{}{}</a></th>', said, address, label, picture)


@register.simple_tag
def idempotency_key() -> SafeString:
    """The hidden field that lets a form count once, however often it is sent (`core.idempotency`)."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_key())


@register.simple_tag(takes_context=True)
def slot(context: template.Context, name: str, subject: Any = None) -> SafeString:
    """What rooms above add at this place (`core.slots`)."""
    request = context.get("request")
    parts = contents_of(name, request, subject) if request else []
    return mark_safe("".join(parts))


@register.simple_tag(takes_context=True)
def office_menu(context: template.Context) -> list[dict[str, Any]]:
    """The menu of this person as groups: `{"title": …, "entries": [{label, url, icon, count, current}]}`."""
    request = context["request"]
    groups: dict[str, list[dict[str, Any]]] = {}
    for entry in entries_for(request.user):
        if url := _url(entry.url_name):
            count = entry.count(request.user) if entry.count else 0
            groups.setdefault(str(entry.group), []).append(
                {"label": entry.label, "url": url, "icon": entry.icon, "count": count, "current": request.path == url}
            )
    return [{"title": title, "entries": entries} for title, entries in groups.items()]


def _url(name: str) -> str:
    """The address, or nothing while its room is not built."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
