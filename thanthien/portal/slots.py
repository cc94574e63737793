"""Whose house it is, for the public pages of other rooms (signing in, errors)."""

from django.http import HttpRequest
from django.utils.html import conditional_escape, escape

from thanthien.core.said import in_vietnamese
from thanthien.core.slots import fills
from thanthien.organisation.queries import front_unit


@fills("site.unit")
def name_of_the_house(request: HttpRequest, subject: object) -> str:
    unit = front_unit()
    return conditional_escape(in_vietnamese(unit.name)) if unit else ""


@fills("site.hotline")
def hotline_of_the_house(request: HttpRequest, subject: object) -> str:
    unit = front_unit()
    return escape(unit.hotline) if unit else ""
