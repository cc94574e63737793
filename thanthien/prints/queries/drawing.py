"""Papers that are printed as things stand now, and kept by nobody: the control sheet, lists, books."""

import logging
from datetime import datetime

from django.utils.timezone import localtime

from thanthien.core.documents import TemplateFault, render
from thanthien.core.documents.data import Form
from thanthien.core.documents.kinds import KINDS
from thanthien.core.documents.templates import current_template

logger = logging.getLogger(__name__)


def drawn_now(kind: str, unit_code: str, data: Form, *, at: datetime) -> bytes:
    """The PDF by the unit's template in force; by the built-in one when an edited template fails on these data."""
    template, moment = current_template(kind, unit_code, on=localtime(at).date()), localtime(at)
    try:
        return render(template.source, data.as_data(), timestamp=moment)
    except TemplateFault:
        if template.source == KINDS[kind].source:
            raise
        logger.exception("template %s version %s failed, the built-in one was used", kind, template.version)
        return render(KINDS[kind].source, data.as_data(), timestamp=moment)
