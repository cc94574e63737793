from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "thanthien.procedures"
    verbose_name = "Thủ tục"
