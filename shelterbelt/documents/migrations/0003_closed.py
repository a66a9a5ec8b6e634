"""Documents of closed records stay with their organisation, its district and the state office."""

from typing import ClassVar

from django.db import migrations, models

from shelterbelt.access.operations import Audited

CLOSED = """
create policy documents_document_closed on documents_document as restrictive for select using (
    not is_closed or (select access_sees_all()) or org_id = any ((select access_my_district_orgs())::bigint[]));
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("documents", "0002_walls"), ("access", "0018_who_supervises_the_desk")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="document",
            name="is_closed",
            field=models.BooleanField(
                default=False,
                help_text=(
                    "Part of a closed record, such as an emergency plan: nobody above or beside the district opens it."
                ),
            ),
        ),
        migrations.RunSQL(CLOSED, "drop policy documents_document_closed on documents_document;"),
        Audited("documents.Document", closed="{row}.is_closed"),
    ]
