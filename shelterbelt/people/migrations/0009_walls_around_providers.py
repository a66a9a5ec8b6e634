"""Providers are seen by those who connect them and by the state; the state alone confirms whose domain it is."""

from typing import ClassVar

from django.db import migrations

from shelterbelt.access.operations import Audited, Scoped

# The same as people.federation.rules.CONNECTED_BY, which a test compares.
CONNECTS = """
create function people_connects() returns bigint[] language sql stable parallel safe
    set search_path = public, pg_temp as $$
    select coalesce(array_agg(h.org_id), '{}') from access_holdings() h join orgs_org o on o.id = h.org_id
    where (o.kind = 'district' and h.office in ('superintendent', 'district_coordinator'))
       or (o.kind = 'agency' and h.office = 'agency_lead')
       or (o.kind = 'state' and h.office = 'state_office')
$$;
"""
CONNECTS_UNDO = "drop function people_connects();"

MINE = "org_id = any ((select people_connects())::bigint[])"
SEEN = f"(select access_sees_all()) or {MINE}"
SYSTEM = "(select access_is_system())"
OF_THE_PROVIDER = "exists (select from people_identityprovider p where p.id = provider_id and p.org_id = {table}.org_id)"

# Whoever stands in for somebody connects nothing that would outlast it; the state connects for itself only.
NARROWER = f"""
alter policy people_identityprovider_add on people_identityprovider
    with check ({SYSTEM} or ((select access_stand_in()) is null and {MINE}));
alter policy people_claimeddomain_add on people_claimeddomain
    with check ({SYSTEM} or ((select access_stand_in()) is null and {MINE}
                             and {OF_THE_PROVIDER.format(table="people_claimeddomain")}));
"""

# Row security sees the old row or the new one, never both; what may not change is kept by these.
KEPT = """
create function people_provider_kept() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if new.org_id <> old.org_id or new.protocol <> old.protocol then
        raise insufficient_privilege using message = 'A provider stays with its organisation.';
    end if;
    return new;
end $$;
create trigger provider_kept before update on people_identityprovider
    for each row execute function people_provider_kept();

create function people_domain_kept() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
    decided boolean := case when TG_OP = 'INSERT' then new.confirmed_at is not null or new.confirmed_by_id is not null
        else (new.confirmed_at, new.confirmed_by_id) is distinct from (old.confirmed_at, old.confirmed_by_id) end;
begin
    if decided and not access_sees_all() then
        raise insufficient_privilege using message = 'The state confirms domains.';
    end if;
    if TG_OP = 'UPDATE' and ((new.provider_id, new.org_id, new.domain) is distinct from
            (old.provider_id, old.org_id, old.domain)
            or (old.released_at is not null and new.released_at is null)) then
        raise insufficient_privilege using message = 'A claim stays what it was; make another.';
    end if;
    return new;
end $$;
create trigger domain_kept before insert or update on people_claimeddomain
    for each row execute function people_domain_kept();
"""
KEPT_UNDO = """
drop trigger provider_kept on people_identityprovider;
drop function people_provider_kept();
drop trigger domain_kept on people_claimeddomain;
drop function people_domain_kept();
"""

# Which account at a provider is whose is written by signing in, not by whoever has signed in.
SIGN_IN = "(select access_actor()) = 'system:sign_in'"
OWN = f"user_id = (select access_person()) or {SIGN_IN}"
LINKS = """
alter policy socialaccount_socialaccount_add on socialaccount_socialaccount with check ({write});
alter policy socialaccount_socialaccount_change on socialaccount_socialaccount using ({write}) with check ({write});
alter policy socialaccount_socialaccount_remove on socialaccount_socialaccount using ({write});
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0008_identity_providers"), ("access", "0007_walls_around_sign_in")]
    operations: ClassVar = [
        migrations.RunSQL(CONNECTS, CONNECTS_UNDO),
        Scoped("people.IdentityProvider", read=SEEN, write=SEEN),
        Scoped("people.ClaimedDomain", read=SEEN, write=SEEN),
        Scoped("people.RefusedSignIn", read=SEEN, write=SYSTEM, grants="select, insert, delete"),
        Scoped("people.UsedAssertion", read=SYSTEM, write=SYSTEM, grants="select, insert, delete"),
        migrations.RunSQL(NARROWER, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT, KEPT_UNDO),
        migrations.RunSQL(LINKS.format(write=SIGN_IN), LINKS.format(write=OWN)),
        Audited("people.IdentityProvider", hide=["sealed_secret", "metadata"]),
        Audited("people.ClaimedDomain"),
        Audited("people.RefusedSignIn", hide=["address", "subject"]),
    ]
