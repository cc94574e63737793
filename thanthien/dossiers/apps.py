from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "thanthien.dossiers"
    verbose_name = "Hồ sơ"
