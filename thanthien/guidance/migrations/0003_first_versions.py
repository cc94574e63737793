from django.db import migrations


def keep_what_is_in_use(apps, schema_editor):
    """Flows that were in use before versions were kept begin with the first one."""
    flow_model, version_model = apps.get_model("guidance", "Flow"), apps.get_model("guidance", "FlowVersion")
    for flow in flow_model.objects.exclude(content={}).filter(versions=None):
        version_model.objects.create(
            flow=flow, number=1, content=flow.content, published_by=flow.changed_by, published_at=flow.changed_at
        )


class Migration(migrations.Migration):
    dependencies = [("guidance", "0002_flow_versions")]

    operations = [migrations.RunPython(keep_what_is_in_use, migrations.RunPython.noop)]
