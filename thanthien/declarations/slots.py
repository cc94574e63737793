from django.utils.translation import gettext_lazy as _

from thanthien.core.navigation import Entry, add
from thanthien.organisation.enums import Role

add(
    Entry(
        label=_("Tờ khai"), url_name="declarations:list", icon="file-earmark-text", group=_("Danh mục"), order=320,
        roles=frozenset({Role.PROVINCE_ADMIN}),
    )
)  # fmt: skip
