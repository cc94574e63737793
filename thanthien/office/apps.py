from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "thanthien.office"
    verbose_name = "Bàn làm việc"
