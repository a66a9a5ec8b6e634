"""Plans that were brought in as files, behind both walls of their plan."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shelterbelt.access.operations import Audited, Scoped

OWN = "(select access_sees_all()) or org_id = any ((select access_my_district_orgs())::bigint[])"
WRITE = "(select access_is_system()) or org_id = any ((select access_my_district_orgs())::bigint[])"
_FITS = """(select access_is_system()) or (
    exists (select from plans_plan p where p.id = plans_incoming.plan_id and p.org_id = plans_incoming.org_id)
    and exists (select from documents_document d
                where d.id = plans_incoming.original_id and d.org_id = plans_incoming.org_id))"""
LINKS = f"""
create policy plans_incoming_fits_added on plans_incoming as restrictive for insert with check ({_FITS});
create policy plans_incoming_fits_changed on plans_incoming as restrictive for update using (true) with check ({_FITS});
"""
UNLINK = """
drop policy plans_incoming_fits_added on plans_incoming; drop policy plans_incoming_fits_changed on plans_incoming;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("orgs", "0003_former_openings"),
        ("documents", "0003_closed"),
        ("plans", "0008_evaluation_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Incoming",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("parts", models.JSONField(help_text=(
                    "In order: title, level, html (clean), section (the one it seems to be), "
                    "taken (the one it went to)."
                ))),
                ("lost", models.JSONField(
                    default=dict, help_text="What of the file doesn't come along, and how much of it."
                )),
                ("brought_at", models.DateTimeField()),
                ("brought_by", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                )),
                ("org", models.ForeignKey(
                    help_text="The plan's.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
                )),
                ("original", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                )),
                ("plan", models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="incoming", to="plans.plan"
                )),
            ],
        ),
        Scoped("plans.Incoming", read=OWN, write=WRITE, grants="select, insert, update"),
        migrations.RunSQL(LINKS, UNLINK),
        Audited("plans.Incoming", hide=["parts", "lost"], closed="true"),
    ]  # fmt: skip
