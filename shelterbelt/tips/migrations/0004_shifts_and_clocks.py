"""Who is on duty, clocks that stand still, and alarms that are passed on."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shelterbelt.access.operations import Audited, Scoped

DESK = "(select access_is_system()) or org_id = any ((select tips_desk())::bigint[])"
# Who was on the site lately: sessions themselves are for the sign-in alone.
SEEN = """
create function tips_seen_since(moment timestamptz) returns bigint[] language plpgsql stable security definer
    set search_path = public, pg_temp as $$
begin
    if not access_is_system() then
        return '{}';
    end if;
    return (select coalesce(array_agg(distinct s.person_id), '{}') from people_session s
            where s.seen_at >= moment and s.person_id is not null);
end $$;
revoke execute on function tips_seen_since(timestamptz) from public;
grant execute on function tips_seen_since(timestamptz) to shelterbelt_app;
"""
SEEN_UNDO = "drop function tips_seen_since(timestamptz);"


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("orgs", "0003_former_openings"),
        ("tips", "0003_only_the_system_removes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("from_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(help_text="When it is over by itself.")),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="alarm",
            name="called_off_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Who took it; empty where what it called for was done.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="alarm",
            name="passed_on_at",
            field=models.DateTimeField(
                blank=True, help_text="When others were called because nobody answered.", null=True
            ),
        ),
        migrations.AddField(
            model_name="clock",
            name="paused_at",
            field=models.DateTimeField(blank=True, help_text="Since when it stands still.", null=True),
        ),
        migrations.AlterField(
            model_name="alarm",
            name="because",
            field=models.CharField(
                choices=[
                    ("life_safety", "Life safety"),
                    ("late_claim", "Nobody has taken it"),
                    ("late_dispatch", "It has not been sent out in time"),
                    ("late_acknowledge", "A recipient has not acknowledged it"),
                    ("late_chain", "Nobody in a call chain has acknowledged it"),
                    ("late_outcome", "An outcome has not been reported"),
                    ("late_reply", "The reporter waits for an answer"),
                    ("reporter_wrote", "The reporter wrote"),
                    ("recipient_wrote", "A recipient wrote, or can't open their link"),
                    ("returned", "A recipient gave it back"),
                    ("unreached", "A recipient can't be reached"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("breached_at", None), ("ended_at", None), ("paused_at", None)),
                fields=["due_at"],
                name="clock_to_act_on",
            ),
        ),
        migrations.AddField(
            model_name="shift",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="shift",
            name="org",
            field=models.ForeignKey(
                help_text="The state.", on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.org"
            ),
        ),
        migrations.AddField(
            model_name="shift",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="shifts", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("org", "person"), name="one_shift_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("from_at"))), name="a_shift_ends_after_it_begins"
            ),
        ),
        Scoped("tips.Shift", read=DESK, write=DESK, to="shelterbelt_app, current_user"),
        Audited("tips.Shift"),
        Audited("tips.Alarm"),
        Audited("tips.Clock"),
        migrations.RunSQL(SEEN, SEEN_UNDO),
    ]
