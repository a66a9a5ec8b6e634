"""What was done in somebody's stead, and what is about somebody, is found by index too. Few entries are either."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0015_no_office_outlasts_its_end")]
    operations: ClassVar = [
        migrations.AddIndex(
            "auditentry",
            models.Index(
                fields=["acting_for", "id"], name="audit_by_stead", condition=models.Q(("acting_for__isnull", False))
            ),
        ),
        migrations.AddIndex(
            "auditentry",
            models.Index(fields=["about", "id"], name="audit_by_about", condition=models.Q(("about__isnull", False))),
        ),
    ]
