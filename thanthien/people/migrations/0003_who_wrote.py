"""Dossiers that were taken down without being accepted wrote "None" where the name of who wrote belongs."""

from django.db import migrations


def forget_nobody(apps, schema_editor):
    apps.get_model("people", "Person").objects.filter(updated_by="None").update(updated_by="")


class Migration(migrations.Migration):
    dependencies = [("people", "0002_merged_index")]

    operations = [migrations.RunPython(forget_nobody, migrations.RunPython.noop)]
