"""A record belongs together with what it points at, and a foreign key tells nobody what exists elsewhere.

PostgreSQL checks foreign keys past row security. Without this, SQL through the app's login could hang a record of one's
own on a drill or file of another district, and learn from the error whether it exists. Now both are the same refusal.
"""

from typing import ClassVar

from django.db import migrations

# They look past row security, as the tables' owner; what they say is one word about a key somebody already has.
FITS = """
create policy drill_for_scope on drills_drill for select to current_user using (true);
create policy document_for_scope on documents_document for select to current_user using (true);

-- Whether a drill is this school's.
create function access_drill_fits(drill uuid, school bigint) returns boolean language sql stable security definer
    set search_path = public as $$ select exists (select from drills_drill d where d.id = drill and d.school_id = school) $$;

-- Whether a file is kept at this organisation or at one above it: a district shows one file for all its schools.
create function access_document_fits(document uuid, org bigint) returns boolean language sql stable security definer
    set search_path = public as $$
    select document is null or exists (
        select from documents_document d
        where d.id = document and (d.org_id = org or d.org_id = any (access_above(org, access_today()))))
$$;

create function access_reason() returns text language sql stable parallel safe
    as $$ select case when access_actor() <> '' then current_setting('shelterbelt.reason', true) end $$;
"""

FITTING = [
    ("drills_correctiveaction", "access_drill_fits(drill_id, school_id)"),
    ("drills_invitation", "access_drill_fits(drill_id, school_id)"),
    (
        "drills_attachment",
        "access_drill_fits(drill_id, school_id) and access_document_fits(document_id, school_id)",
    ),
    ("attestations_attestation", "access_document_fits(document_id, org_id)"),
    ("attestations_designation", "access_document_fits(document_id, org_id)"),
    ("attestations_progress", "access_document_fits(document_id, org_id)"),
]
LINKS = "".join(
    f"""
    create policy {table}_fits_added on {table} as restrictive for insert
        with check ((select access_is_system()) or ({fits}));
    create policy {table}_fits_changed on {table} as restrictive for update using (true)
        with check ((select access_is_system()) or ({fits}));
    """
    for table, fits in FITTING
)

# Whoever is appointed becomes known to those who see the office. By SQL alone nobody makes a stranger known to
# themselves: the verb names the person in the sealed reason, after their name and address were found to fit.
INTRODUCED = """
-- With the asker's own eyes; a function, because policies may not look in circles.
create function access_sees_person(person bigint) returns boolean language plpgsql stable
    as $$ begin return exists (select from people_person p where p.id = person); end $$;

create policy appointed_are_introduced on people_appointment as restrictive for insert
    with check ((select access_is_system())
                or access_sees_person(person_id)
                or (select access_reason()) = 'appoint person:' || person_id);
revoke update on people_appointment from shelterbelt_app;
grant update (until_on) on people_appointment to shelterbelt_app;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0007_walls_around_sign_in")]
    operations: ClassVar = [
        migrations.RunSQL(FITS, migrations.RunSQL.noop),
        migrations.RunSQL(LINKS, migrations.RunSQL.noop),
        migrations.RunSQL(INTRODUCED, migrations.RunSQL.noop),
    ]
