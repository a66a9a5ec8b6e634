"""The functions that pass the walls read our tables and no temporary ones of the same names.

PostgreSQL looks into a session's temporary tables first unless search_path says where they stand. Without this,
somebody with the app's login could put a table of offices, keys or audit entries of their own in front of ours.
"""

from typing import ClassVar

from django.db import migrations

LAST = """
do $$
declare each regprocedure;
begin
    for each in
        select oid from pg_proc
        where pronamespace = 'public'::regnamespace and prokind = 'f'
          and (prosecdef or proname = 'access_sees_person')
          and pg_has_role(current_user, proowner, 'usage')
    loop
        execute format('alter function %s set search_path = public, pg_temp', each);
    end loop;
end $$;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("access", "0008_no_record_hangs_on_a_foreign_one"),
        ("attestations", "0003_people_kept_closed"),
        ("drills", "0005_seendrill"),
    ]
    operations: ClassVar = [migrations.RunSQL(LAST, migrations.RunSQL.noop)]
