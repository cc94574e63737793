from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from thanthien.core import navigation, slots

DUE = datetime(2026, 11, 27, 10, tzinfo=UTC)


def show(source, request=None, **context):
    html = engines["django"].from_string(source).render(context, request)
    return " ".join(html.split())


def use(name):
    return f'<use href="/static/vendor/icons.svg#{name}"></use></svg>'


def icon(name):
    return f'<svg class="icon" aria-hidden="true">{use(name)}'


def test_icon_is_silent_unless_it_has_a_label():
    assert show("{% icon 'bell' %}") == icon("bell")
    assert show("{% icon 'bell' 'Tin mới' 'large' %}") == (
        f'<svg class="icon icon-large" role="img" aria-label="Tin mới">{use("bell")}'
    )


@pytest.mark.parametrize(
    ("state", "picture", "words"),
    [
        ("ontime", "check-circle", "Đang đúng hẹn"),
        ("today", "hourglass-split", "Hẹn hôm nay"),
        ("soon", "exclamation-triangle", "Sắp lỡ hẹn"),
        ("late", "exclamation-octagon", "Đã trễ hẹn"),
        ("paused", "pause-circle", "Đang chờ bổ sung"),
        ("done", "check2-all", "Đã trả kết quả"),
        ("plain", "info-circle", "Thông tin"),
    ],
)
def test_pill_always_has_an_icon_and_words(state, picture, words):
    assert show("{% pill state %}", state=state) == (
        f'<span class="pill pill-{state}">{icon(picture)}<span>{words}</span></span>'
    )


def test_pill_of_an_unknown_state_is_plain_and_its_own_words_are_escaped():
    assert show("{% pill 'x\"' text %}", text="<b>") == (
        f'<span class="pill pill-plain">{icon("info-circle")}<span>&lt;b&gt;</span></span>'
    )


def test_button_sends_and_says_its_key():
    html = show("{% button 'Lưu' icon='save' shortcut='n' name='do' value='keep' %}")

    assert html == (
        '<button class="btn btn-primary" name="do" value="keep" data-shortcut="n" aria-keyshortcuts="N" type="submit">'
        f'{icon("save")}<span>Lưu</span><kbd class="key" aria-hidden="true">n</kbd></button>'
    )


def test_button_with_an_address_is_a_link():
    assert (
        show("{% button 'Mở' kind='outline' href='/x/' %}")
        == '<a class="btn btn-outline" href="/x/"><span>Mở</span></a>'
    )


def test_button_asks_first_and_may_be_a_picture_alone():
    html = show("{% button 'Xóa' kind='danger' icon='trash' icon_only=True confirm='Xóa \"tờ\" này?' type='button' %}")

    assert html == (
        '<button class="btn btn-danger btn-icon-only" type="button" data-confirm="Xóa &quot;tờ&quot; này?">'
        f'{icon("trash")}<span class="visually-hidden">Xóa</span></button>'
    )


def test_card_has_its_title_at_the_asked_level():
    assert show("{% card 'Hồ sơ' kind='late' level=3 id='d' %}<p>x</p>{% endcard %}") == (
        '<section class="card card-late" id="d"><h3 class="card-title"><span>Hồ sơ</span></h3><p>x</p></section>'
    )


def test_figure_shows_its_n_and_opens_the_records_behind_it():
    assert show("{% stat 1774 'hồ sơ' '12 tháng' href='/x/' kind='late' %}") == (
        '<div class="stat stat-late"> <span class="stat-value">1.774</span> '
        '<span class="stat-label"><a class="stretched" href="/x/">hồ sơ</a></span> '
        '<span class="stat-n">12 tháng</span> </div>'
    )


def test_steps_tell_what_is_done_and_where_we_are():
    html = show("{% steps items current=2 %}", items=["Nhận", "Ký", "Trả"])

    assert [html.count(f"step-{state}") for state in ("done", "current", "todo")] == [1, 1, 1]
    assert html.count('aria-current="step"') == 1
    assert "(đã xong)" in html


def test_timeline_for_citizens_shows_only_public_words_and_no_names():
    entries = [
        SimpleNamespace(text="Thu phí", public_text="", actor="Lê Thị Mai", at=DUE),
        SimpleNamespace(text="Nhận tại quầy 2", public_text="Đã nhận hồ sơ", actor="Lê Thị Mai", at=DUE),
    ]

    html = show("{% timeline entries public=True %}", entries=entries)

    assert html.count("timeline-item") == 1
    assert '<p class="timeline-text">Đã nhận hồ sơ</p>' in html
    assert "Mai" not in html


@pytest.mark.parametrize(
    ("kind", "state", "picture"),
    [("supplement", "waiting", "pause"), ("apology_owed", "late", "exclamation"), ("received", "done", "check")],
)
def test_timeline_ticks_nothing_that_is_waited_for(kind, state, picture):
    html = show("{% timeline entries %}", entries=[{"text": "Chờ", "at": DUE, "kind": kind}])

    assert (f"timeline-{state}" in html, f"#{picture}" in html) == (True, True)


def test_timeline_for_officers_names_who_did_it():
    html = show("{% timeline entries %}", entries=[{"text": "Đã ký", "at": DUE, "actor": "Hà", "note": "quầy 2"}])

    assert '<time datetime="2026-11-27T17:00:00+07:00">' in html
    assert "</time> · Hà · quầy 2</p>" in html


def test_explained_date_marks_every_day_and_says_why():
    days = [
        {"date": "2026-11-25", "counted": 0, "kind": "received", "note": "ngày nhận"},
        {"date": "2026-11-26", "counted": 8, "kind": "counted", "note": "Ngày làm việc thứ 1"},
        {"date": "2026-11-27", "counted": 8, "kind": "due", "note": "hạn trả 17:00"},
    ]

    html = show(
        "{% explained_date deadline %}", deadline=SimpleNamespace(due=DUE, explanation=days, sentences=["Một câu."])
    )

    assert "Vì sao là ngày 27/11?" in html
    assert '<p class="explained-sentence">Một câu.</p>' in html
    assert "thứ Năm, 26/11/2026: được tính, Ngày làm việc thứ 1" in html
    assert [html.count(f'<td class="day day-{kind}"') for kind in ("start", "counted", "due", "outside")] == [
        1,
        1,
        1,
        4,
    ]
    assert "<li><b>25/11</b> ngày nhận</li>" in html
    assert "<li><b>26/11</b>" not in html


def test_explained_date_joins_days_that_share_a_reason():
    days = [{"date": date(2026, 11, day), "counted": 0, "kind": "paused", "note": "chờ bản vẽ"} for day in (23, 24, 25)]

    html = show("{% explained_date deadline %}", deadline=SimpleNamespace(due_at=DUE, explanation=days))

    assert "<li><b>23/11–25/11</b> chờ bản vẽ</li>" in html


def test_date_without_explanation_shows_nothing():
    assert show("{% explained_date deadline %}", deadline=SimpleNamespace(due=None, explanation=())) == ""


def test_promise_shows_state_and_date():
    html = show("{% promise due 'late' %}", due=DUE)

    assert html.index("Đã trễ hẹn") < html.index("thứ Sáu, 27/11/2026, 17:00")


def test_pagination_keeps_the_filter():
    request = RequestFactory().get("/?q=lan&page=2")
    page = Paginator(range(100), 10).page(2)

    html = show("{% pagination page %}", request, page=page)

    assert '<a rel="prev" href="?q=lan&amp;page=1">' in html
    assert '<span aria-current="page">2</span>' in html
    assert "11–20 trong 100" in html


def test_single_page_has_no_pagination():
    assert show("{% pagination page %}", page=Paginator([1], 10).page(1)) == ""


@pytest.mark.parametrize(
    ("now", "said", "link"),
    [("", "", "?sort=name"), ("name", "ascending", "?sort=-name"), ("-name", "descending", "?sort=name")],
)
def test_sort_header_says_its_order_and_turns_it(now, said, link):
    html = show("{% sort_header 'Tên' 'name' %}", RequestFactory().get("/", {"sort": now} if now else {}))

    assert f'<a class="sort" href="{link}">Tên' in html
    assert ('aria-sort="' in html, f'aria-sort="{said}"' in html) == (bool(said), bool(said))


def test_table_names_itself_and_can_be_scrolled_by_keyboard():
    html = show("{% table 'Hồ sơ' %}<tbody></tbody>{% endtable %}")

    assert html == (
        '<div class="table-frame" role="region" aria-label="Hồ sơ" tabindex="0">'
        '<table class="table"><caption class="visually-hidden">Hồ sơ</caption><tbody></tbody></table></div>'
    )


def test_error_summary_links_each_error_to_its_field():
    class Form(forms.Form):
        name = forms.CharField(label="Họ tên")

        def clean(self):
            raise forms.ValidationError("Thiếu một điều.")

    html = show("{% error_summary form none %}{{ form }}", form=Form({}), none=None)

    assert "Còn 2 chỗ cần sửa" in html
    assert '<a href="#id_name">Họ tên: Chỗ này còn trống, xin điền giúp.</a>' in html
    assert html.count("Thiếu một điều.") == 1


def test_form_without_errors_has_no_summary():
    assert show("{% error_summary form %}", form=forms.Form({})) == ""


def test_slot_shows_what_other_rooms_fill_in_and_nothing_without_a_request(monkeypatch):
    monkeypatch.setitem(slots._fillers, "test.page", [lambda request, subject: f"<b>{subject}</b>"])

    assert show("{% slot 'test.page' 7 %}", RequestFactory().get("/")) == "<b>7</b>"
    assert show("{% slot 'test.page' 7 %}") == ""


def test_menu_groups_entries_and_leaves_out_rooms_without_an_address(monkeypatch):
    entry = navigation.Entry
    entries = [
        entry(label="Bộ mẫu", url_name="ui:gallery", icon="house", group="Khác", count=lambda staff: 3),
        entry(label="Chưa xây", url_name="nowhere:at-all", icon="house"),
    ]
    monkeypatch.setattr(navigation, "_entries", entries)
    request = RequestFactory().get("/ui/")
    request.user = AnonymousUser()

    html = show("{% office_menu as menu %}{% include 'ui/menu_groups.html' with groups=menu %}", request)

    assert '<h2 class="side-group" id="side-group-1">Khác</h2>' in html
    assert '<a href="/ui/" aria-current="page">' in html
    assert "Chưa xây" not in html


@pytest.mark.parametrize(
    ("roles", "superuser", "seen"),
    [
        (["reception"], False, ["quầy"]),
        (["inspector"], False, []),
        ([], True, ["sổ"]),
        (["reception"], True, ["quầy", "sổ"]),
    ],
)
def test_menu_offers_an_administrator_no_counter_of_their_own(monkeypatch, roles, superuser, seen):
    entries = [
        navigation.Entry(label="quầy", url_name="a", icon="house", roles=frozenset({"reception"}), hands_on=True),
        navigation.Entry(label="sổ", url_name="b", icon="house", roles=frozenset({"clerk"})),
    ]
    monkeypatch.setattr(navigation, "_entries", entries)
    staff = SimpleNamespace(roles=roles, is_superuser=superuser)

    assert [entry.label for entry in navigation.entries_for(staff)] == seen
