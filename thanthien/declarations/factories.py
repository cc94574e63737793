"""Forms of declarations, for tests of every room. People are invented."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from thanthien.declarations.models import DeclarationForm, DeclarationVersion
from thanthien.declarations.rules import as_json, content_from, fingerprint_of
from thanthien.procedures.factories import ProcedureFactory

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def small_content(**more: Any) -> dict[str, Any]:
    """Two groups: a choice that opens a question, a person, a table."""
    return {
        "title": "Tờ khai thử",
        "groups": [
            {"code": "first", "title": "Việc", "fields": [
                {"code": "way", "kind": "choice", "label": "Cách nhận", "need": "required",
                 "choices": [{"code": "home", "label": "tại nhà"}, {"code": "desk", "label": "tại quầy"}]},
                {"code": "place", "kind": "text", "label": "Nơi mang đến", "need": "required",
                 "shown_if": {"clauses": [{"field": "way", "op": "is", "value": "home"}]}},
                {"code": "amount", "kind": "number", "label": "Số bản", "whole": True, "least": 1, "most": 9},
            ]},
            {"code": "second", "title": "Người", "fields": [
                {"code": "person", "kind": "person", "label": "Người yêu cầu", "role": "requester", "need": "required",
                 "parts": [{"code": "full_name", "need": "required"}, {"code": "personal_id", "need": "recommended"},
                           {"code": "birth_date"}, {"code": "sex"}, {"code": "address"}, {"code": "phone"}]},
                {"code": "papers", "kind": "table", "label": "Giấy tờ",
                 "columns": [{"code": "name", "label": "Tên", "need": "required"},
                             {"code": "count", "label": "Số tờ", "kind": "number"}]},
            ]},
        ],
    } | more  # fmt: skip


A_RULE = {
    "code": "QT-01", "field": "amount", "message": "Nhiều bản quá.", "remedy": "Xin ghi ít hơn.",
    "must": {"clauses": [{"field": "amount", "op": "most", "value": "5"}]},
}  # fmt: skip


class DeclarationFormFactory(DjangoModelFactory):
    class Meta:
        model = DeclarationForm

    procedure = factory.SubFactory(ProcedureFactory)


class DeclarationVersionFactory(DjangoModelFactory):
    """The small form, in force."""

    class Meta:
        model = DeclarationVersion

    form = factory.SubFactory(DeclarationFormFactory)
    number = 1
    valid_from = date(2025, 7, 1)
    content = factory.LazyFunction(lambda: as_json(content_from(small_content())))
    fingerprint = factory.LazyAttribute(lambda version: fingerprint_of(content_from(version.content)))
    published_by = "quản trị"
    published_at = datetime(2026, 1, 5, 8, 0, tzinfo=ZONE)
