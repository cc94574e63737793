from django.apps import AppConfig
from django.db.models.signals import pre_save

# What is written into the history of configuration, and the fields that are not (secrets, and what is computed).
HISTORY = {
    "Unit": ["path", "calendar_version"],
    "UnitSuccession": [],
    "Staff": ["password", "must_change_password", "last_login", "joined_at"],
    "Post": [],
    "Counter": [],
    "Neighbourhood": [],
    "OpeningHours": [],
    "Holiday": [],
    "Absence": ["entered_by", "agreed_by", "cancelled_by"],
}


class OrganisationConfig(AppConfig):
    name = "thanthien.organisation"
    verbose_name = "Tổ chức"

    def ready(self) -> None:
        # These import models, which are not there before this moment.
        from auditlog.registry import auditlog  # noqa: PLC0415

        from thanthien.organisation import outside  # noqa: PLC0415

        for name, left_out in HISTORY.items():
            model = self.get_model(name)
            kept = [field.name for field in model._meta.concrete_fields if field.name not in ("id", *left_out)]
            auditlog.register(model, include_fields=kept)
        pre_save.connect(outside.stamp_history, sender="auditlog.LogEntry", dispatch_uid="organisation.stamp_history")
