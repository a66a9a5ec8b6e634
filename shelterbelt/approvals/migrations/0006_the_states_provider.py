"""What the state's own identity provider is trusted with is changed by two people."""

from typing import ClassVar

from django.db import migrations

TWO = """
create function approvals_two_to_change() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as $$
begin
    if not exists (select from orgs_org where id in (old.org_id, new.org_id) and kind = 'state')
       or exists (
           select from approvals_approval a
           where a.decided_in = pg_current_xact_id()::text::bigint and a.decision = 'agreed'
             and a.verb = 'people.connect_provider' and a.offices::text[] <@ access_givers('state_office')
             and a.given @> jsonb_build_object('provider', new.id, 'unmarked_addresses', new.unmarked_addresses)
             and btrim(a.given ->> 'client_id') = new.client_id
             and coalesce(nullif(a.given -> 'second_factor_claims', 'null'), '[]')
                 = to_jsonb(new.second_factor_claims)) then
        return null;
    end if;
    raise insufficient_privilege using message = 'Two people are needed to change the state''s identity provider.';
end $$;
revoke execute on function approvals_two_to_change() from public, shelterbelt_app;
create constraint trigger two_to_change after update on people_identityprovider deferrable initially deferred
    for each row when (access_actor() <> '' and not access_is_system()
        and (old.org_id, old.issuer, old.client_id, old.metadata_url, old.metadata, old.second_factor_claims,
             old.unmarked_addresses)
            is distinct from (new.org_id, new.issuer, new.client_id, new.metadata_url, new.metadata,
                              new.second_factor_claims, new.unmarked_addresses))
    execute function approvals_two_to_change();
"""
UNDO = """
drop trigger two_to_change on people_identityprovider;
drop function approvals_two_to_change();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("approvals", "0005_supervisors_take_two"),
        ("people", "0010_two_people_confirm_domains"),
    ]
    operations: ClassVar = [migrations.RunSQL(TWO, UNDO)]
