"""What this room adds to the pages of the house."""

from django.utils.translation import gettext_lazy as _

from thanthien.core import navigation

navigation.add(navigation.Entry(label=_("Người dân"), url_name="people:people", icon="people", order=400))
