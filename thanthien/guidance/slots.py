from django.utils.translation import gettext_lazy as _

from thanthien.core.navigation import Entry, add
from thanthien.organisation.enums import Role

add(
    Entry(
        label=_("Hướng dẫn chọn thủ tục"), url_name="guidance:manage", icon="signpost-split", group=_("Danh mục"),
        order=330, roles=frozenset({Role.PROVINCE_ADMIN}),
    )
)  # fmt: skip
