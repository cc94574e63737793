from django.db import models

from thanthien.queue.models.hall import Hall


class StaffingAdvice(models.Model):
    """How many counters should be open at which hour, as it was worked out last."""

    hall = models.OneToOneField(Hall, on_delete=models.CASCADE, related_name="advice")
    made_at = models.DateTimeField()
    data = models.JSONField()

    def __str__(self) -> str:
        return f"{self.hall_id} {self.made_at:%d/%m/%Y}"
