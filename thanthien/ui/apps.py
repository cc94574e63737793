from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "thanthien.ui"
    verbose_name = "Giao diện"
