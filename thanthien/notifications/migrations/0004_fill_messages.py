"""Messages of before: each has its name, its channel, and is an occasion of its own."""

import uuid

from django.db import migrations


def fill(apps, schema_editor):
    message = apps.get_model("notifications", "Message")
    for one in message.objects.filter(uuid=None).iterator(500):
        one.uuid, one.occasion, one.email, one.channel = uuid.uuid4(), str(one.pk), one.address, "email"
        one.next_try_at = one.created_at if one.state == "waiting" else None
        one.save(update_fields=["uuid", "occasion", "email", "channel", "next_try_at"])


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_channels_texts_codes")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
