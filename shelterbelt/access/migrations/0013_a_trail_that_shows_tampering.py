"""The trail keeps rows in their shortest true form, by triggers of each table's own, and is sealed as it grows.

A row is kept as PostgreSQL writes it, `(17,fire,2026-03-03)`, which costs a third of the same in JSON, in time and in
room; its shape, the names of the columns, stands once in access_auditshape, under a number made from the names
themselves. Of a row that changed, what changed is kept. Entries from before keep their JSON. What seals are: docs/explanation/audit.md.
"""

from dataclasses import replace
from typing import Any, ClassVar

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from shelterbelt.access.audit.triggers import PINNED, Watch, columns_of

# What row security asked of the JSON, it asks of columns from now on.
TRAIL = """
drop policy if exists closed_invitations on access_auditentry;
alter policy audit_read on access_auditentry using (
    (select access_is_system())
    or case
        when closed then org_id = any ((select access_my_closed_orgs())::bigint[])
        when about is not null then
            about = (select access_person())
            or (((select access_sees_all()) or org_id is null or org_id = any ((select access_my_orgs())::bigint[]))
                and exists (select from people_appointment a where a.person_id = about))
        else (select access_sees_all()) or org_id = any ((select access_my_orgs())::bigint[])
             or (org_id is null and actor = 'person:' || (select access_person()))
    end);
create policy audit_for_seals on access_auditentry for select to current_user using (true);

update access_auditentry set closed = true
    where thing = 'people_appointment' and 'school_protection_officer' in (before ->> 'office', after ->> 'office');
update access_auditentry e set closed = true from people_appointment a
    where e.thing = 'people_invitation' and a.office = 'school_protection_officer'
      and a.id::text = coalesce(e.after, e.before) ->> 'appointment_id';
update access_auditentry set about = thing_id::bigint where thing = 'people_person';
update access_auditentry set about = (coalesce(after, before) ->> 'user_id')::bigint
    where thing in ('mfa_authenticator', 'account_emailaddress', 'socialaccount_socialaccount');
update access_auditentry set about = (coalesce(after, before) ->> 'person_id')::bigint where thing = 'people_signin';
update access_auditentry set about = coalesce(after ->> 'about_id', before ->> 'about_id')::bigint
    where thing = 'attestations_attestation' and coalesce(after ->> 'about_id', before ->> 'about_id') is not null;
"""

SHAPES = """
create function access_audit_shape(relation oid, named text, hidden text[]) returns bigint language plpgsql security definer
    set search_path = public, pg_temp as $$
declare
    said text := (
        select string_agg(attname || ':' || case when attname = any (hidden) then 0 else atttypid end, ',' order by attnum)
        from pg_attribute where attrelid = relation and attnum > 0 and not attisdropped);
    number bigint := (select s.id from access_auditshape s where s.thing = named and s.columns = said);
begin
    if number is null then
        number := ('x' || left(encode(sha256(convert_to(named || ' ' || said, 'UTF8')), 'hex'), 16))::bit(64)::bigint;
        insert into access_auditshape (id, thing, columns) values (number, named, said) on conflict do nothing;
    end if;
    return number;
end $$;
revoke execute on function access_audit_shape(oid, text, text[]) from public, shelterbelt_app;
grant select on access_auditshape to shelterbelt_app;
"""

READING = """
create or replace function access_note_reading(thing text, thing_id text, org bigint, why text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if access_actor() = '' then
        raise exception 'Reading is noted for somebody who acts; nobody does.';
    end if;
    if org is not null and not (access_sees_all() or org = any (access_my_orgs()) or org = any (access_served())) then
        raise exception 'Nobody reads about an organisation out of their reach.';
    end if;
    insert into access_auditentry (at, actor, acting_for, reason, request, verb, thing, thing_id, org_id, tx)
    values (clock_timestamp(), access_actor(), access_acting_for(),
            coalesce(nullif(why, ''), current_setting('shelterbelt.reason', true), ''),
            coalesce(current_setting('shelterbelt.request', true), ''), 'read', thing, thing_id, org,
            pg_current_xact_id()::text::bigint);
end $$;
"""

# A seal takes the entries of transactions that are over: no later one can add to them. Where transaction numbers
# begin anew (a copy restored into another server) an epoch begins: what no seal holds yet is taken, while nobody
# writes, and from then on only what has a higher number.
SEALS = f"""
alter table access_auditseal alter column digests set storage external;
alter table access_auditseal enable row level security;
alter table access_auditseal force row level security;
create policy seals_made on access_auditseal to current_user using (true) with check (true);
create policy seals_read on access_auditseal for select using ((select access_sees_all()));
grant select on access_auditseal to shelterbelt_app;

create function access_seal_audit(zone text) returns bigint language plpgsql security definer {PINNED} as $$
declare
    last access_auditseal;
    new access_auditseal;
    anew boolean;
    piece record;
    sealed bigint := 0;
begin
    if not pg_try_advisory_xact_lock(hashtext('access_seal_audit')) then
        return null;  -- somebody seals already
    end if;
    select * into last from access_auditseal order by seq desc limit 1;
    new.cluster := (select system_identifier::text from pg_control_system());
    new.until_tx := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
    anew := last.seq is null or last.cluster <> new.cluster or new.until_tx < last.until_tx;
    if anew then
        if exists (select from access_auditentry where tx = pg_current_xact_id_if_assigned()::text::bigint) then
            return null;  -- what this transaction wrote isn't over; a later call begins the epoch
        end if;
        lock table access_auditentry in share row exclusive mode;
        new.until_tx := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
    end if;
    new.seq := coalesce(last.seq, 0);
    new.link := coalesce(last.link, '');
    new.from_tx := case when anew then 0 else last.until_tx end;
    new.next_tx := pg_snapshot_xmax(pg_current_snapshot())::text::bigint;
    new.after_id := case when anew then coalesce((select max(id) from access_auditentry), 0) else last.after_id end;
    new.sealed_at := clock_timestamp();
    new.day := greatest((new.sealed_at at time zone zone)::date, last.day);
    for piece in execute format($entries$
        select coalesce(array_agg(id order by id), '{{}}') as ids,
               coalesce(string_agg(digest, '' order by id), '') as digests, count(*)::int as many
        from (
            select e.id, (row_number() over (order by e.id) - 1) / 50000 as part,
                   substr(sha256(convert_to(row(e.id, e.at, e.actor, e.acting_for, e.reason, e.request, e.verb, e.thing,
                       e.thing_id, e.org_id, e.about, e.closed, e.unsaid, e.shape, e.was, e.became, e.changed, e.before,
                       e.after, e.tx)::text, 'UTF8')), 1, 16) as digest
            from access_auditentry e where %s
        ) as entries
        group by part order by part $entries$,
        case when anew
            then 'not exists (select from (select unnest(ids) as id from access_auditseal) as held'
                 ' where held.id = e.id)'
            else format('e.tx >= %s and e.tx < %s and e.id > %s', new.from_tx, new.until_tx, new.after_id)
        end)
    loop
        new.ids := piece.ids;
        new.digests := piece.digests;
        new.count := piece.many;
        new := access_seal_linked(new);
        sealed := sealed + new.count;
    end loop;
    if anew and sealed = 0 then  -- the epoch begins with nothing to seal
        new.ids := '{{}}';
        new.digests := '';
        new.count := 0;
        perform access_seal_linked(new);
    end if;
    return sealed;
end $$;

-- Chain a seal to the one before it, whose number and link it comes with.
create function access_seal_linked(seal access_auditseal) returns access_auditseal language plpgsql {PINNED} as $$
begin
    seal.seq := seal.seq + 1;
    seal.previous := seal.link;
    seal.link := sha256(seal.previous
        || convert_to(concat_ws('|', seal.seq, seal.day, seal.sealed_at, seal.cluster, seal.from_tx, seal.until_tx,
                                seal.next_tx, seal.after_id, seal.count), 'UTF8')
        || sha256(convert_to(seal.ids::text, 'UTF8')) || sha256(seal.digests));
    insert into access_auditseal (seq, day, sealed_at, cluster, from_tx, until_tx, next_tx, after_id, count, ids,
                                  digests, previous, link)
    values (seal.seq, seal.day, seal.sealed_at, seal.cluster, seal.from_tx, seal.until_tx, seal.next_tx, seal.after_id,
            seal.count, seal.ids, seal.digests, seal.previous, seal.link);
    return seal;
end $$;
revoke execute on function access_seal_linked(access_auditseal) from public, shelterbelt_app;
"""

# Signatures are made where the key is; the database takes them from the clock's work and checks what they are for.
HEADS = """
alter table access_audithead enable row level security;
alter table access_audithead force row level security;
create policy heads_made on access_audithead to current_user using (true) with check (true);
create policy heads_read on access_audithead for select using ((select access_sees_all()));
alter table access_auditkey enable row level security;
alter table access_auditkey force row level security;
create policy keys_made on access_auditkey to current_user using (true) with check (true);
create policy keys_read on access_auditkey for select using ((select access_sees_all()));
grant select on access_audithead, access_auditkey to shelterbelt_app;

create function access_keep_audit_head(sealed bigint, said_link bytea, said_entries bigint, said_key text,
                                       signed bytea, moment timestamptz) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not access_is_system() then
        raise insufficient_privilege using message = 'Heads are signed by the system itself.';
    end if;
    insert into access_audithead (day, seal, link, entries, key, signature, signed_at)
    select s.day, s.seq, s.link, said_entries, said_key, signed, moment
    from access_auditseal s where s.seq = sealed and s.link = said_link
    on conflict do nothing;
end $$;

create function access_keep_audit_key(said_key text, said_public bytea, voucher text, signed bytea) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not access_is_system() then
        raise insufficient_privilege using message = 'Keys are vouched for by the system itself.';
    end if;
    insert into access_auditkey (key, public, vouched_by, signature) values (said_key, said_public, voucher, signed)
    on conflict do nothing;
end $$;
"""

# A function that triggers call must be nobody's own: hung on a temporary table it would write what it is given.
TRIGGERS = """
do $$
declare each regprocedure;
begin
    for each in
        select oid from pg_proc where pronamespace = 'public'::regnamespace and prorettype = 'trigger'::regtype
          and pg_has_role(current_user, proowner, 'usage')
    loop
        execute format('revoke execute on function %s from public, shelterbelt_app', each);
    end loop;
end $$;
"""

OF_PROTECTION_OFFICERS = "{row}.office = 'school_protection_officer'"
TO_PROTECTION_OFFICERS = """exists (select from people_appointment a
    where a.id = {row}.appointment_id and a.office = 'school_protection_officer')"""
KEPT_CLOSER: dict[str, dict[str, str]] = {
    "people_person": {"about": "id"},
    "people_appointment": {"closed": OF_PROTECTION_OFFICERS},
    "people_invitation": {"closed": TO_PROTECTION_OFFICERS},
    "people_signin": {"about": "person_id"},
    "mfa_authenticator": {"about": "user_id"},
    "account_emailaddress": {"about": "user_id"},
    "socialaccount_socialaccount": {"about": "user_id"},
    "attestations_attestation": {"about": "about_id"},
}


def watch_all(_apps: Any, schema_editor: Any) -> None:
    """Put every audited table under a function of its own, and take the one they shared away."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "select tgrelid::regclass::text, encode(tgargs, 'escape') from pg_trigger"
            " where tgfoid = to_regproc('access_audit') and tgname = 'audit_insert'"
        )
        watched = cursor.fetchall()
    for table, given in watched:
        key, org, *hidden = given.removesuffix("\\000").split("\\000")
        watch = replace(Watch(table, key, org, tuple(hidden)), **KEPT_CLOSER.get(table, {}))
        with schema_editor.connection.cursor() as cursor:
            columns = columns_of(cursor, table)
        schema_editor.execute(watch.sql(columns), params=None)
    schema_editor.execute("drop function access_audit() cascade")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("access", "0012_few_offices_each"),
        ("approvals", "0002_walls"),
        ("people", "0006_sign_in_records"),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("seal", models.BigIntegerField()),
                ("link", models.BinaryField()),
                ("entries", models.BigIntegerField(help_text="All that are sealed up to here.")),
                ("key", models.CharField(max_length=16)),
                ("signature", models.BinaryField()),
                ("signed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("seal", "key"), name="a_seal_is_signed_once_by_a_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=16)),
                ("public", models.BinaryField()),
                ("vouched_by", models.CharField(max_length=16)),
                ("signature", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "vouched_by"), name="a_key_is_vouched_for_once_by_another")
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("sealed_at", models.DateTimeField()),
                ("cluster", models.TextField(help_text="The server's own number: transactions are counted by each server.")),
                ("from_tx", models.BigIntegerField()),
                ("until_tx", models.BigIntegerField(help_text="Every transaction before it is over.")),
                ("next_tx", models.BigIntegerField(help_text="No transaction from here on had begun.")),
                ("after_id", models.BigIntegerField(help_text="Entries up to it belong to earlier epochs.")),
                ("count", models.IntegerField()),
                ("ids", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("digests", models.BinaryField(help_text="16 bytes of SHA-256 for each entry.")),
                ("previous", models.BinaryField()),
                ("link", models.BinaryField()),
            ],
            options={"indexes": [models.Index(fields=["day", "seq"], name="seal_by_day")]},
        ),
        migrations.CreateModel(
            name="AuditShape",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("thing", models.CharField(max_length=63)),
                ("columns", models.TextField(help_text="name:type, in order.")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("thing", "columns"), name="one_shape_for_columns")
                ],
            },
        ),
        migrations.RemoveIndex(model_name="auditentry", name="audit_by_actor"),
        migrations.RemoveIndex(model_name="auditentry", name="audit_by_thing"),
        migrations.AlterField(
            "auditentry",
            "before",
            models.JSONField(db_column="before", help_text="As entries of the first version hold it.", null=True),
        ),
        migrations.RenameField("auditentry", "before", "before_json"),
        migrations.AlterField("auditentry", "after", models.JSONField(db_column="after", null=True)),
        migrations.RenameField("auditentry", "after", "after_json"),
        migrations.AddField(
            "auditentry",
            "about",
            models.BigIntegerField(help_text="The person whom the row is about, where others may not know.", null=True),
        ),
        migrations.AddField(
            "auditentry",
            "acting_for",
            models.BigIntegerField(help_text="The person in whose stead they acted.", null=True),
        ),
        migrations.AddField(
            "auditentry", "became", models.TextField(help_text="The row afterwards.", null=True)
        ),
        migrations.AddField(
            "auditentry",
            "changed",
            models.TextField(help_text="What changed: name=3:old>5:newer; with the lengths of values.", null=True),
        ),
        migrations.AddField(
            "auditentry", "closed", models.BooleanField(db_default=False, help_text="Stays inside the district.")
        ),
        migrations.AddField(
            "auditentry",
            "shape",
            models.BigIntegerField(help_text="Which columns `was` and `became` hold.", null=True),
        ),
        migrations.AddField(
            "auditentry", "tx", models.BigIntegerField(help_text="The transaction that wrote it.", null=True)
        ),
        migrations.AddField(
            "auditentry", "unsaid", models.TextField(help_text="Closed columns that changed.", null=True)
        ),
        migrations.AddField(
            "auditentry", "was", models.TextField(help_text="The row before, as PostgreSQL writes it.", null=True)
        ),
        migrations.AlterField(
            "auditentry",
            "actor",
            models.CharField(help_text="person:<id>, system:<actor>, or login:<database login>", max_length=60),
        ),
        migrations.AlterField(
            "auditentry",
            "thing",
            models.CharField(help_text="Name of the table, or kind of what was read.", max_length=63),
        ),
        migrations.AlterField("auditentry", "verb", models.CharField(max_length=8)),
        migrations.AddIndex("auditentry", models.Index(fields=["org_id", "id"], name="audit_by_org")),
        migrations.AddIndex(
            "auditentry",
            models.Index(
                fields=["actor", "id"], name="audit_by_person", condition=models.Q(("actor__startswith", "person:"))
            ),
        ),
        migrations.AddIndex(
            "auditentry",
            models.Index(
                fields=["verb", "id"],
                name="audit_rare_verbs",
                condition=models.Q(("verb__in", ["delete", "read", "truncate"])),
            ),
        ),
        migrations.AddIndex(
            "auditentry",
            django.contrib.postgres.indexes.BrinIndex(
                fields=["at", "tx", "thing", "thing_id"],
                name="audit_by_block",
                opclasses=[
                    "timestamptz_minmax_ops",
                    "int8_minmax_ops",
                    "text_bloom_ops(n_distinct_per_range=16)",
                    "text_bloom_ops(false_positive_rate=0.005)",
                ],
                pages_per_range=32,
                autosummarize=True,
            ),
        ),
        migrations.RunSQL(TRAIL, migrations.RunSQL.noop),
        migrations.RunSQL(SHAPES, migrations.RunSQL.noop),
        migrations.RunSQL(READING, migrations.RunSQL.noop),
        migrations.RunSQL(SEALS, migrations.RunSQL.noop),
        migrations.RunSQL(HEADS, migrations.RunSQL.noop),
        migrations.RunPython(watch_all, migrations.RunPython.noop),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
    ]
