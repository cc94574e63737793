"""What this room adds to the pages of the house."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from thanthien.core import navigation
from thanthien.core.slots import fills
from thanthien.organisation.queries import needs_second_factor

ADMINISTRATION = _("Quản trị")

navigation.add(
    navigation.Entry(
        label=_("Tổ chức, cán bộ"), url_name="organisation:units", icon="diagram-3", group=ADMINISTRATION, order=810
    )
)


@fills("office.top")
def ask_for_second_factor(request: HttpRequest, subject: Any) -> str:
    """Who administrates is asked, on every page, to protect the account with more than a password."""
    if not (request.user.is_authenticated and needs_second_factor(request.user)):
        return ""
    return render_to_string("organisation/_second_factor.html", request=request)
