from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "thanthien.letters"
    label = "letters"
