"""Nobody confirms a domain that they claimed themselves; a claim names whoever makes it. One more reason to refuse."""

from typing import ClassVar

from django.db import migrations, models

# As 0009 made it, and: who claims and who confirms are two people, each the one who acts.
KEPT = """
create or replace function people_domain_kept() returns trigger language plpgsql
    set search_path = public, pg_temp as $$
declare
    decided boolean := case when TG_OP = 'INSERT' then new.confirmed_at is not null or new.confirmed_by_id is not null
        else (new.confirmed_at, new.confirmed_by_id) is distinct from (old.confirmed_at, old.confirmed_by_id) end;
begin
    if decided and not access_sees_all() then
        raise insufficient_privilege using message = 'The state confirms domains.';
    end if;
    {two_people}
    if TG_OP = 'UPDATE' and ((new.provider_id, new.org_id, new.domain) is distinct from
            (old.provider_id, old.org_id, old.domain)
            or (old.released_at is not null and new.released_at is null)) then
        raise insufficient_privilege using message = 'A claim stays what it was; make another.';
    end if;
    return new;
end $$;
"""
TWO_PEOPLE = """
    if not access_is_system() then
        if TG_OP = 'INSERT' and new.claimed_by_id is distinct from access_person() then
            raise insufficient_privilege using message = 'Whoever claims a domain does so in their own name.';
        end if;
        if TG_OP = 'UPDATE' and new.claimed_by_id is distinct from old.claimed_by_id then
            raise insufficient_privilege using message = 'A claim stays what it was; make another.';
        end if;
        if decided and (new.claimed_by_id = access_person() or new.confirmed_by_id is distinct from access_person()) then
            raise insufficient_privilege using message = 'Another than who claimed a domain confirms it.';
        end if;
    end if;
"""
REASONS = [
    ("no_subject", "It gave no lasting identifier for the person."),
    ("no_address", "It gave no e-mail address, which is needed the first time."),
    ("unverified", "It hasn't checked that the address belongs to the person."),
    ("other_subject", "The person is linked to another account of this provider."),
    ("other_address", "It gave another address than the one we know."),
    ("foreign_domain", "The address lies in a domain that it doesn't speak for."),
    ("not_ours", "Nobody with this address serves here, and only here."),
    ("own_keys", "No provider speaks for the state's office or tip analysts: they use keys of their own."),
    ("not_genuine", "What came back wasn't genuine: signature, issuer, addressee or time."),
    ("used", "It was used before."),
    ("silent", "It didn't answer as it should."),
    ("declined", "It declined."),
]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0009_walls_around_providers")]
    operations: ClassVar = [
        migrations.RunSQL(KEPT.format(two_people=TWO_PEOPLE), KEPT.format(two_people="")),
        migrations.AlterField("RefusedSignIn", "reason", models.CharField(choices=REASONS, max_length=16)),
    ]
