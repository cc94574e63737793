import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table stays as it is: from now on it only has a name of its own, and the counter in it is protected."""

    dependencies = [("organisation", "0002_counter_hours_and_absences"), ("queue", "0006_counters_of_lines")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="LineCounter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "counter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.counter"
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="queue.line"
                            ),
                        ),
                    ],
                    options={"db_table": "queue_line_counters", "unique_together": {("line", "counter")}},
                ),
                migrations.AlterField(
                    model_name="line",
                    name="counters",
                    field=models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        through="queue.LineCounter",
                        to="organisation.counter",
                        verbose_name="quầy phục vụ",
                    ),
                ),
            ]
        )
    ]
