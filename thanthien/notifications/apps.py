from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "thanthien.notifications"
    verbose_name = "Tin báo"
