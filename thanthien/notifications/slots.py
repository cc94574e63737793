from django.utils.translation import gettext_lazy as _

from thanthien.core.navigation import Entry, add

add(
    Entry(
        label=_("Tin báo cho dân"), url_name="notifications:list", icon="envelope", group=_("Lời hứa với dân"), order=60
    )
)
