from django.apps import AppConfig


class DeclarationsConfig(AppConfig):
    name = "thanthien.declarations"
    verbose_name = "Tờ khai"
