from thanthien.declarations.views.editing import (
    act,
    add_field,
    add_group,
    add_rule,
    begin,
    change_field,
    change_group,
    change_rule,
    edit,
    frame,
    kinds,
    rule_list,
    test_list,
)
from thanthien.declarations.views.published import export, forms, load, preview
from thanthien.declarations.views.trying import publish, try_out

__all__ = [
    "act",
    "add_field",
    "add_group",
    "add_rule",
    "begin",
    "change_field",
    "change_group",
    "change_rule",
    "edit",
    "export",
    "forms",
    "frame",
    "kinds",
    "load",
    "preview",
    "publish",
    "rule_list",
    "test_list",
    "try_out",
]
