"""Tips on the phone and through services: a code that is changed at its first use, and who may hand tips in."""

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shelterbelt.access.operations import Audited, Scoped

STAFF = "shelterbelt_app, current_user"
KEEPERS = "(select access_is_system()) or (select access_sees_all()) or org_id = any ((select tips_desk())::bigint[])"
LINE = """
-- The receipt of the code that takes an old one's place: a row that is changed must be seen before and after.
create function tips_next_receipt() returns bytea language sql stable parallel safe set search_path = public, pg_temp
    as $$ select decode(nullif(current_setting('shelterbelt.next_receipt', true), ''), 'hex') $$;
revoke execute on function tips_next_receipt() from public;
grant execute on function tips_next_receipt() to shelterbelt_app, shelterbelt_public;
create policy line_read_next on tips_tip for select to shelterbelt_public
    using (receipt = (select tips_next_receipt()));
grant select (code_is_spoken), update (receipt, key_for_code, code_is_spoken) on tips_tip to shelterbelt_public;
create policy line_exchange on tips_tip for update to shelterbelt_public
    using (receipt = (select tips_receipt()) and code_is_spoken)
    with check (receipt = (select tips_next_receipt()) and not code_is_spoken);
"""
LINE_UNDO = """
drop policy line_exchange on tips_tip;
drop policy line_read_next on tips_tip;
drop function tips_next_receipt();
revoke update (receipt, key_for_code, code_is_spoken), select (code_is_spoken) on tips_tip from shelterbelt_public;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("tips", "0004_shifts_and_clocks"),
        ("orgs", "0003_former_openings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.AddField(
            "tip",
            "code_is_spoken",
            models.BooleanField(
                default=False,
                help_text="The desk read the code out: at its first use it is changed for one nobody heard.",
            ),
        ),
        migrations.CreateModel(
            "InboundSource",
            [
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                (
                    "channel",
                    models.CharField(
                        choices=[("text", "Text message"), ("email", "E-mail"), ("app", "App")], max_length=8
                    ),
                ),
                ("secret", models.TextField(help_text="Sealed by the site's sealing key.")),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("last_used_on", models.DateField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tip_sources",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "org",
                    models.ForeignKey(
                        help_text="The state.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.org",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("org", "name"), name="a_source_has_a_name")],
            },
        ),
        Scoped("tips.InboundSource", read=KEEPERS, write=KEEPERS, to=STAFF),
        Audited("tips.InboundSource", hide=["secret"]),
        migrations.RunSQL(LINE, LINE_UNDO),
    ]
