"""Browsers that are notified when their person is called. Each person's are their own."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shelterbelt.access.operations import Audited, Scoped

OWN = "(select access_is_system()) or person_id = access_person()"


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("orgs", "0003_former_openings"),
        ("tips", "0005_other_channels"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Browser",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "address",
                    models.JSONField(help_text="What the browser's PushManager gave: endpoint, keys, and our key."),
                ),
                ("endpoint_digest", models.CharField(help_text="SHA-256 of its endpoint.", max_length=64)),
                ("device", models.CharField(help_text="Browser and system in words.", max_length=60)),
                ("added_at", models.DateTimeField()),
                (
                    "org",
                    models.ForeignKey(
                        help_text="The state.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.org",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="called_browsers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="browser",
            constraint=models.UniqueConstraint(fields=("person", "endpoint_digest"), name="a_browser_is_called_once"),
        ),
        Scoped(
            "tips.Browser",
            read=OWN,
            write=OWN,
            grants="select, insert, update, delete",
            to="shelterbelt_app, current_user",
        ),
        Audited("tips.Browser", hide=["address", "endpoint_digest"]),
    ]
