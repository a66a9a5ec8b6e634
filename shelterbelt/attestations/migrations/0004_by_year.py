"""A year's attestations are found together, for figures read them all at once."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("attestations", "0003_people_kept_closed")]
    operations: ClassVar = [
        migrations.AddIndex("attestation", models.Index(fields=["year", "output"], name="attestation_by_year")),
        migrations.RemoveIndex("attestation", "attestation_by_output"),
    ]
