"""What the pages of this room share: who may enter, and the page of one form."""

from dataclasses import dataclass

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@dataclass(frozen=True, kw_only=True)
class Words:
    """Of a page with one form: its heading, the words on the button, the way back, what to know before; the address
    that removes the thing."""

    title: str
    save: str
    back: str
    note: str = ""
    remove: str = ""


def show_form(
    request: HttpRequest, form: BaseForm, words: Words, template: str = "organisation/form.html"
) -> HttpResponse:
    context = {"form": form, "words": words}
    return render(request, template, context, status=422 if form.is_bound else 200)
