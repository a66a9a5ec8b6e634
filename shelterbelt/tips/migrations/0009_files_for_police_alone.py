"""Sexual files are law enforcement's alone, not dispatch's; no hash of a link's code lies in the database."""

from typing import ClassVar

from django.db import migrations, models

from shelterbelt.access.operations import Audited

READ = """
alter policy tips_attachment_read on tips_attachment using (
    (select access_is_system()) or org_id = any ((select tips_desk())::bigint[])
    or exists (select from tips_referral r where r.tip_id = tips_attachment.tip_id
        and r.state <> 'withdrawn' and r.org_id = any ((select tips_receives())::bigint[])
        and (not is_sexual {police})));
"""
POLICE = """or (r."to" = 'law_enforcement' and exists (
            select from orgs_org o where o.id = r.org_id and o.service = 'law_enforcement'))"""
BEFORE = """or r."to" = 'law_enforcement'"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("tips", "0008_counts_are_noted")]
    operations: ClassVar = [
        migrations.RunSQL(READ.format(police=POLICE), READ.format(police=BEFORE)),
        migrations.RemoveField("referral", "code_hash"),
        Audited("tips.Referral", org="state_org_id", hide=["words", "link_hash"]),
        migrations.AlterField(
            "alarm",
            "because",
            models.CharField(
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
    ]
