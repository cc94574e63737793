from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SatisfactionConfig(AppConfig):
    name = "thanthien.satisfaction"
    verbose_name = "Hài lòng"

    def ready(self) -> None:
        post_migrate.connect(_install, sender=self)


def _install(**facts: Any) -> None:
    """The built-in surveys are there as soon as their tables are."""
    from thanthien.satisfaction.actions import install_built_in_surveys  # noqa: PLC0415  (needs the loaded models)

    install_built_in_surveys()
