"""Every component in every state, at /ui/: for those who build pages, and for the test that looks at them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery/index.html")


def page(request: HttpRequest, page: str) -> HttpResponse:
    return render(request, "ui/gallery/index.html")
