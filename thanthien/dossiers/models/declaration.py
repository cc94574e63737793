from django.db import models

from thanthien.dossiers.models.dossier import Dossier


class Declaration(models.Model):
    """Tờ khai of a dossier: what was stated under one version of the form, which never changes.

    `answers` as docs/declarations.md says; `accepted` holds the warnings that were told and accepted ("KS-02
    child.birth_date"). Copies of names and numbers stand here as they were stated on that day.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="declaration")
    version = models.ForeignKey("declarations.DeclarationVersion", on_delete=models.PROTECT, related_name="dossiers")
    answers = models.JSONField(default=dict)
    accepted = models.JSONField(default=list)
    declared_by = models.CharField(max_length=200)
    declared_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.version_id}"
