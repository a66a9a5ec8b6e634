"""What was open, closed and opened again stays open on its earlier days."""

import datetime
from typing import ClassVar

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

import shelterbelt.orgs.models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("orgs", "0002_finding_and_closing")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="FormerOpening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_on", models.DateField(default=datetime.date(1900, 1, 1))),
                ("closed_on", models.DateField(help_text="First day on which it no longer existed.")),
                (
                    "org",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="former_openings", to="orgs.org"
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("org", "="), (shelterbelt.orgs.models.DateRange("opened_on", "closed_on"), "&&")],
                        name="open_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed_on__gt", models.F("opened_on"))), name="a_former_opening_ends"
                    ),
                ],
            },
        ),
    ]
