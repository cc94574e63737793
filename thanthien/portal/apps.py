from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "thanthien.portal"
    verbose_name = "Cửa của người dân"
