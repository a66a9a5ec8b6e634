"""Messages belong to the system: it alone writes them, and who may look stands in each message's `readers`."""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Audited, Scoped

POSTS = """
-- The posts whoever acts holds today, as delivery_message.readers names them.
create function delivery_my_posts() returns text[] language sql stable parallel safe
    as $$ select coalesce(array_agg(office || '@' || org_id), '{}') from access_holdings() $$;
"""
SYSTEM = "(select access_is_system())"
SEEN = f"""
    {SYSTEM}
    or readers::text[] && (select delivery_my_posts())::text[]
    or ('*' = any (readers)
        and ((select access_sees_all()) or org_id = any ((select access_my_orgs())::bigint[])))
"""
# Asked for each row, or once for all messages: the planner takes what costs less.
OF_A_MESSAGE_SEEN = f"{SYSTEM} or exists (select from delivery_message m where m.id = message_id)"
DELETES = "grant delete on delivery_message, delivery_recipient, delivery_attempt to shelterbelt_app;"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("delivery", "0001_initial"), ("access", "0016_acts_found_by_person")]
    operations: ClassVar = [
        migrations.RunSQL(POSTS, "drop function delivery_my_posts();"),
        Scoped("delivery.Message", read=SEEN, write=SYSTEM),
        Scoped("delivery.Recipient", read=OF_A_MESSAGE_SEEN, write=SYSTEM),
        Scoped("delivery.Attempt", read=OF_A_MESSAGE_SEEN, write=SYSTEM),
        Scoped("delivery.Pause", read=SYSTEM, write=SYSTEM),
        migrations.RunSQL(DELETES, migrations.RunSQL.noop),
        # No organisation: that a school was written to about something may be secret inside it.
        Audited("delivery.Message", org="", hide=["about", "key", "words", "link", "readers", "org_id"]),
        Audited("delivery.Recipient", org="", hide=["ref", "name", "addresses", "link", "reason"]),
    ]
