from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "thanthien.people"
    verbose_name = "Người dân"
