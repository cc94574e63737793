from django.apps import AppConfig


class QueueConfig(AppConfig):
    name = "thanthien.queue"
    verbose_name = "Xếp hàng"
