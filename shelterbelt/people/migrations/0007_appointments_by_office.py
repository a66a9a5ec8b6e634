"""Who holds an office on a day is found in an index alone; figures that count people ask for it."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0006_sign_in_records")]
    operations: ClassVar = [
        migrations.AddIndex(
            "appointment",
            models.Index(
                fields=["office"], include=["person", "org", "from_on", "until_on"], name="appointment_by_office"
            ),
        ),
    ]
