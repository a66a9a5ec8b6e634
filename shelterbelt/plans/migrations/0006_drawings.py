"""Drawings and their marks, behind both walls of their plan."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shelterbelt.access.operations import Audited, Scoped

OWN = "(select access_sees_all()) or org_id = any ((select access_my_district_orgs())::bigint[])"
WRITE = "(select access_is_system()) or org_id = any ((select access_my_district_orgs())::bigint[])"
ALL_RIGHTS = "select, insert, update, delete"
FITTING = {"plans_drawing": ("plans_plan", "plan_id"), "plans_mark": ("plans_drawing", "drawing_id")}
"""No record hangs on a foreign one: the parent of each is of the same organisation."""
MARKS = (
    ("exit", "Exit or numbered door"), ("shut_off", "Shut-off: gas, water, power, ventilation"), ("aed", "AED"),
    ("bleeding_kit", "Bleeding control kit"), ("extinguisher", "Fire extinguisher or standpipe"),
    ("alarm_panel", "Alarm panel"), ("key_box", "Key box"), ("camera", "Camera"), ("refuge", "Area of refuge"),
    ("shelter", "Severe weather shelter"), ("assembly", "Assembly point"), ("reunification", "Reunification site"),
    ("command_post", "Command post"), ("staging", "Staging area for responders"),
    ("hazard", "Something dangerous, such as chemicals or gas"), ("other", "Other"),
)  # fmt: skip


def _links() -> str:
    fits = "(select access_is_system()) or exists (select from {1} p where p.id = {0}.{2} and p.org_id = {0}.org_id)"
    return "".join(
        f"""
        create policy {table}_fits_added on {table} as restrictive for insert
            with check ({fits.format(table, parent, column)});
        create policy {table}_fits_changed on {table} as restrictive for update using (true)
            with check ({fits.format(table, parent, column)});
        """
        for table, (parent, column) in FITTING.items()
    )


def _unlinks() -> str:
    return "".join(
        f"drop policy {table}_fits_added on {table}; drop policy {table}_fits_changed on {table};" for table in FITTING
    )


def _id() -> "tuple[str, models.BigAutoField[int, int]]":
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def _org() -> "tuple[str, models.ForeignKey[object, object]]":
    return (
        "org",
        models.ForeignKey(
            help_text="The plan's.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
        ),
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("orgs", "0003_former_openings"),
        ("plans", "0005_sharing_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Drawing",
            fields=[
                _id(),
                ("kind", models.CharField(
                    choices=[("floor_plan", "Floor plan"), ("site_map", "Site map")], max_length=10
                )),
                ("title", models.CharField(help_text="Such as: Main building, first floor", max_length=120)),
                ("alt", models.CharField(help_text="What it shows, for whoever can't see it.", max_length=400)),
                ("sha256", models.CharField(max_length=64)),
                ("width", models.PositiveIntegerField(help_text="pixels")),
                ("height", models.PositiveIntegerField(help_text="pixels")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("added_at", models.DateTimeField()),
                ("added_by", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                )),
                _org(),
                ("plan", models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="drawings", to="plans.plan"
                )),
            ],
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                _id(),
                ("kind", models.CharField(choices=list(MARKS), max_length=16)),
                ("number", models.PositiveSmallIntegerField(
                    help_text="Counts the marks of one kind on one drawing."
                )),
                ("label", models.CharField(blank=True, help_text="Such as: Door 4, gas main", max_length=120)),
                ("x", models.PositiveSmallIntegerField()),
                ("y", models.PositiveSmallIntegerField()),
                ("drawing", models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="plans.drawing"
                )),
                _org(),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("drawing", "kind", "number"), name="marks_of_a_kind_are_numbered"),
                    models.CheckConstraint(
                        condition=models.Q(("x__lte", 1000), ("y__lte", 1000)), name="a_mark_is_on_its_drawing"
                    ),
                ],
            },
        ),
        Scoped("plans.Drawing", read=OWN, write=WRITE, grants=ALL_RIGHTS),
        Scoped("plans.Mark", read=OWN, write=WRITE, grants=ALL_RIGHTS),
        migrations.RunSQL(_links(), _unlinks()),
        Audited("plans.Drawing", hide=["alt"]),
        Audited("plans.Mark", hide=["label", "x", "y"]),
    ]  # fmt: skip
