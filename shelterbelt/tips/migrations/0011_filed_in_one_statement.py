"""The line adds a tip by one statement, without telling its code first: to read it, the code must be given as ever."""

from typing import ClassVar

from django.db import migrations

ADD = """
alter policy line_add on tips_tip with check (
    {receipt} and channel in ('web', 'app') and kind = 'real' and state = 'received'
    and owner_id is null and entered_by_id is null and taken_in_at is null and closed_at is null
    and octet_length(key_for_desk) = 0 and octet_length(key_at_door) > 0);
"""
OF_ANY_CODE, OF_THE_TOLD = "receipt is not null", "receipt = (select tips_receipt())"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("tips", "0010_counts_for_few")]
    operations: ClassVar = [migrations.RunSQL(ADD.format(receipt=OF_ANY_CODE), ADD.format(receipt=OF_THE_TOLD))]
