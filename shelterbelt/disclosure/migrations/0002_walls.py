"""Both walls around closed and open records: the district's own people and the state office read them.

A school reads its district's determinations too, for they close its records.
"""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Audited, Scoped

OWN = "(select access_sees_all()) or org_id = any ((select access_my_district_orgs())::bigint[])"
WRITE = "(select access_is_system()) or org_id = any ((select access_my_district_orgs())::bigint[])"
INHERITED = f"{OWN} or org_id = any ((select access_my_chain())::bigint[])"
# Once written, a determination only ends.
ENDED = "update (until_on, ended_because, ended_by_id)"
ANSWERED = "update (delayed_until, delay_because, status, answer, closed_by_id, closed_at, package_sha256, package_size)"

# What was answered stays, also for SQL; and no record hangs on a foreign one.
STANDS = """
create function disclosure_answer_stands() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if old.status <> 'received' then
        raise exception 'an answered request does not change' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger stands before update on disclosure_recordsrequest
    for each row execute function disclosure_answer_stands();
create policy disclosure_requestedrecord_fits_added on disclosure_requestedrecord as restrictive for insert
    with check ((select access_is_system()) or (
        exists (select from disclosure_recordsrequest r
                where r.id = request_id and r.org_id = disclosure_requestedrecord.org_id and r.status = 'received')
        and (determination_id is null
             or exists (select from disclosure_closuredetermination d where d.id = determination_id))
        and (document_id is null or exists (select from documents_document d
             where d.id = document_id and d.org_id = disclosure_requestedrecord.org_id))));
create policy disclosure_requestedrecord_fits_removed on disclosure_requestedrecord as restrictive for delete
    using ((select access_is_system()) or exists (
        select from disclosure_recordsrequest r where r.id = request_id and r.status = 'received'));
"""
UNDO = """
drop policy disclosure_requestedrecord_fits_removed on disclosure_requestedrecord;
drop policy disclosure_requestedrecord_fits_added on disclosure_requestedrecord;
drop trigger stands on disclosure_recordsrequest;
drop function disclosure_answer_stands();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("disclosure", "0001_initial"), ("access", "0018_who_supervises_the_desk")]
    operations: ClassVar = [
        Scoped(
            "disclosure.ClosureDetermination", read=INHERITED, write=WRITE, grants=f"select, insert, {ENDED}"
        ),
        Scoped("disclosure.RecordsRequest", read=OWN, write=WRITE, grants=f"select, insert, {ANSWERED}"),
        Scoped("disclosure.RequestedRecord", read=OWN, write=WRITE, grants="select, insert, delete"),
        migrations.RunSQL(STANDS, UNDO),
        Audited("disclosure.ClosureDetermination"),
        Audited("disclosure.RecordsRequest", hide=["requester", "contact"]),
        Audited("disclosure.RequestedRecord"),
    ]
