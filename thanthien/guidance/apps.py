from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "thanthien.guidance"
    verbose_name = "Hướng dẫn chọn thủ tục"
