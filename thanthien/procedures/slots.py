"""The room's door in the menu of the office."""

from django.utils.translation import gettext_lazy as _

from thanthien.core.navigation import Entry, add

add(Entry(label=_("Thủ tục"), url_name="procedures:list", icon="journal-text", group=_("Danh mục"), order=310))
