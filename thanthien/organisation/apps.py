from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "thanthien.organisation"
    verbose_name = "Tổ chức"
