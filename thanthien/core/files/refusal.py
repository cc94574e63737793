from django.core.exceptions import ValidationError


class FileRefused(ValidationError):
    """A file that is not taken in. Its text says what is wrong and how to mend it; a form shows it beside the field."""

    def __str__(self) -> str:
        return str(self.message)
