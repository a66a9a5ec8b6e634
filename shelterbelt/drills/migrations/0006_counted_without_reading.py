"""Drills are counted from an index alone: it holds all that figures ask of them."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies: ClassVar = [("drills", "0005_seendrill")]
    operations: ClassVar = [
        migrations.AddIndex(
            "drill",
            models.Index(
                fields=["held_on"],
                include=["school", "nature", "completed_on", "plan_part"],
                condition=Q(status="held", nature="drill"),
                name="drill_counted",
            ),
        ),
    ]
