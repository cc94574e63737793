from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "thanthien.core"
    verbose_name = "Nền móng"

    def ready(self) -> None:
        # Rooms plug themselves in: what they answer to and what they add to the pages of rooms below.
        autodiscover_modules("listeners", "slots")
        autodiscover_modules("operations.checks", "operations.chores")
