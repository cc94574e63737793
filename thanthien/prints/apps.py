from django.apps import AppConfig


class PrintsConfig(AppConfig):
    name = "thanthien.prints"
    verbose_name = "Biểu mẫu và sổ"
