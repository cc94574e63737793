"""A PDF in the browser, to be printed."""

import logging
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from thanthien.core.documents import issuing
from thanthien.core.views import PDF_HEADERS

if TYPE_CHECKING:
    from thanthien.core.models import IssuedDocument

logger = logging.getLogger(__name__)


def show_pdf(content: bytes, name: str) -> HttpResponse:
    headers = PDF_HEADERS | {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def show_issued(request: HttpRequest, issued: "IssuedDocument", name: str) -> HttpResponse:
    """The stored paper, byte for byte; 410 with the reason when its file is damaged."""
    try:
        return show_pdf(issuing.read(issued), name)
    except issuing.DocumentDamaged as damage:
        logger.error("document %s: %s", issued.pk, damage)
        return render(request, "ui/refused.html", {"reason": str(damage)}, status=410)
