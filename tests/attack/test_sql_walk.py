"""Hand-written SQL through the app's login, as each office here.

Nothing of the foreign district can be read, counted, guessed from an error, changed or taken along. What the walk tries follows from the catalogue, so that a table made tomorrow is walked tomorrow.
"""

import uuid
from contextlib import contextmanager

import psycopg
import pytest
from django.db import Error, connection, transaction
from psycopg import sql
from psycopg.types.json import Jsonb

from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.core.database import ROLES
from tests.attack.world import PLACE_OF_OFFICE, SECRET, TODAY

# These see every district by right: the walls around them are about verbs, and about what the law keeps closed.
SEES_ALL = {"state_office"}
OFFICES = sorted(set(PLACE_OF_OFFICE) - SEES_ALL)
CALLED_BY_THE_DESK = {(office, table) for office in ("tip_analyst", "tip_supervisor")
                      for table in ("contacts_contact", "contacts_asking", "tips_tip", "tips_agencynotice")}  # fmt: skip
"""The desk sees whom every school of the state has called, and every tip and notice of the state."""
ORG_COLUMNS = ("org_id", "school_id", "agency_id", "state_id")


def run(statement, values=(), *, rows=True):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if rows else cursor.rowcount


def name(*parts):
    return sql.SQL(".").join(sql.Identifier(part) for part in parts).as_string(None)


@contextmanager
def as_office(world, office):
    with acting_as(world.people[office].pk, today=TODAY):
        yield


@contextmanager
def undone():
    """A step whose doings are taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def refusal(statement, values=()):
    """The sentence with which the database refuses, or None and how many rows were met."""
    try:
        with undone():
            return None, run(statement, values, rows=False)
    except Error as error:
        return str(error), 0


def relations(privilege):
    return [
        row[0]
        for row in run(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')"
            " and has_any_column_privilege(oid, %s) order by 1",
            [privilege],
        )
    ]


def columns(table):
    return [row[0] for row in run(
        "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped"
        " and attgenerated = '' order by attnum", [table])]  # fmt: skip


def walked():
    """The tables that belong to organisations, each with the column that says so."""
    found = []
    for table in relations("select"):
        belongs = [column for column in ORG_COLUMNS if column in columns(table)]
        if belongs and row_security(table):
            found.append((table, belongs[0]))
    return found


def row_security(table):
    return run("select relrowsecurity and relforcerowsecurity from pg_class where oid = %s::regclass", [table])[0][0]


DIRECTORY = {"orgs_org", "orgs_identifier", "orgs_enrolment", "orgs_jurisdiction", "orgs_formername", "orgs_formeropening", "orgs_membership"}  # fmt: skip
"""Public to read (decision 0004), written by the state alone."""


@pytest.fixture
def foreign(world):
    return [things.org.pk for things in world.foreign()]


@pytest.fixture
def foreign_rows(world, foreign):
    """What there is of the foreign district, as nobody here may see it: table, column, rows."""
    with acting_as_system("install", today=TODAY, reason="look before the attack"):
        found = [
            (table, column, run(f"select * from {name(table)} where {name(column)} = any (%s)", [foreign]))
            for table, column in walked()
        ]
    return [(table, column, rows) for table, column, rows in found if rows and table not in DIRECTORY]


def test_the_walk_meets_every_kind_of_record(foreign_rows):
    met = {table for table, _, _ in foreign_rows}
    assert met >= {
        "drills_drill", "drills_invitation", "drills_correctiveaction", "drills_attachment", "documents_document",
        "attestations_attestation", "attestations_designation", "attestations_progress", "attestations_reminder",
        "people_appointment", "people_standin", "access_auditentry",
    }  # fmt: skip
    with_org = {table for table, _ in walked()}
    assert sorted(with_org - met - DIRECTORY - set(EMPTY)) == [], (
        "give tests/attack/world.py a row of each, or say why not"
    )


EMPTY = {
    "assessments_publishedtemplate": "belongs to the state, never to a district; what schools are asked is no secret",
    "orgs_directoryimport": "belongs to the state, never to a district",
    "contacts_schoolhours": "when school is in session is public",
    "contacts_break": "when school is in session is public",
} | dict.fromkeys(
    [
        "tips_alarm", "tips_attachment", "tips_browser", "tips_clock", "tips_disposalbatch", "tips_disposed",
        "tips_disposition", "tips_done", "tips_hold", "tips_inboundsource", "tips_link", "tips_message",
        "tips_referral", "tips_savedfilter", "tips_shift", "tips_statfact", "tips_tip", "tips_unmaskrequest",
    ],
    "belongs to the state's desk, never to a district; tips/tests/test_desk_walls.py and its neighbours try its walls",
)  # fmt: skip
"""Tables of organisations of which the world has no foreign row, each with its reason."""

SHARED_WITH_ALL = {
    "assessments_sharedevaluation": "a district's copy of how it judged a product, made for all districts of the state",
}
"""Tables whose foreign rows whoever is signed in may read, each with its reason; nobody changes or removes them.

Of what was taken back no word may be read: the world has such a row, with the secret word in it.
"""


@pytest.mark.parametrize("office", OFFICES)
def test_no_word_of_the_foreign_district_can_be_read(world, office):
    with as_office(world, office):
        for relation in relations("select"):
            if (office, relation) in CALLED_BY_THE_DESK:
                continue
            readable = [
                c
                for c in columns(relation)
                if run("select has_column_privilege(%s, %s, 'select')", [relation, c])[0][0]
            ]
            listed = ", ".join(name(column) for column in readable)
            leaks = run(
                f"select count(*) from (select {listed} from {name(relation)}) as t where t::text ilike %s",
                [f"%{SECRET}%"],
            )
            assert leaks == [(0,)], f"{office} reads of the foreign district in {relation}"


@pytest.mark.parametrize("office", OFFICES)
def test_nothing_of_a_stranger_can_be_found(world, office):
    strangers = [person.pk for person in world.strangers.values()]
    with as_office(world, office):
        for table in relations("select"):
            for column in {"person_id", "user_id"} & set(columns(table)):
                found = f"select count(*) from {name(table)} where {name(column)} = any (%s)"
                assert run(found, [strangers]) == [(0,)], f"{office} finds strangers in {table}"


@pytest.mark.parametrize("office", OFFICES)
def test_no_foreign_row_can_be_counted_changed_or_removed(world, office, foreign, foreign_rows):
    with as_office(world, office):
        for table, column, _ in foreign_rows:
            if (office, table) in CALLED_BY_THE_DESK:
                continue
            its = f"{name(column)} = any (%s)"
            if table not in SHARED_WITH_ALL:
                assert run(f"select count(*) from {name(table)} where {its}", [foreign]) == [(0,)], table
            for statement in (
                f"update {name(table)} set {name(column)} = {name(column)} where {its}",
                f"delete from {name(table)} where {its}",
            ):
                sentence, met = refusal(statement, [foreign])
                assert sentence is not None or met == 0, f"{office}: {statement} met {met} rows"


@pytest.mark.parametrize("office", OFFICES)
def test_no_row_can_be_put_into_the_foreign_district_or_taken_from_it(world, office, foreign_rows, foreign):
    own = world.people[office].appointments.model.objects
    with as_office(world, office):
        mine = own.filter(person=world.people[office]).values_list("org_id", flat=True)[0]
        for table, column, rows in foreign_rows:
            if table not in relations("insert") or (office, table) in CALLED_BY_THE_DESK:
                continue
            sentence, _ = refusal(_insert(table, rows[0]), _fresh(table, rows[0]))
            assert sentence is not None, f"{office} puts a row into {table} of the foreign district"
            assert "duplicate key" not in sentence, f"{table} tells {office} that a foreign row exists: {sentence}"
            sentence, met = refusal(
                f"update {name(table)} set {name(column)} = %s where {name(column)} = any (%s)", [mine, foreign]
            )
            assert sentence is not None or met == 0


def _insert(table, row):
    places = ", ".join(["%s"] * len(row))
    return f"insert into {name(table)} ({', '.join(name(c) for c in columns(table))}) values ({places})"


def _fresh(table, row):
    """The row's values under a key of its own."""
    values = dict(zip(columns(table), row, strict=True))
    if "id" in values:
        values["id"] = uuid.uuid4() if isinstance(values["id"], uuid.UUID) else 9_000_000_000
    return [_plain(value) for value in values.values()]


def _plain(value):
    return Jsonb(value) if isinstance(value, dict | list) else value


# Keys of foreign records, as somebody might have seen them in an old mail. A record here must not hang on one there.
LINKS = [
    ("principal", "drills_correctiveaction", "drill_id", "drill"),
    ("principal", "drills_attachment", "document_id", "document"),
    ("principal", "drills_attachment", "drill_id", "drill"),
    ("principal", "drills_invitation", "drill_id", "drill"),
    ("principal", "attestations_attestation", "document_id", "document"),
    ("superintendent", "attestations_designation", "document_id", "document"),
    ("superintendent", "attestations_progress", "document_id", "document"),
]


@pytest.mark.parametrize(("office", "table", "column", "kind"), LINKS)
def test_no_record_here_can_hang_on_a_foreign_one(world, office, table, column, kind):
    place = {"principal": world.linden, "superintendent": world.cedar}[office].org.pk
    with as_office(world, office):
        there = getattr(world.willow, kind).pk
        sentence, met = refusal(f"update {name(table)} set {name(column)} = %s", [there])
        absent, absent_met = refusal(f"update {name(table)} set {name(column)} = %s", [uuid.uuid4()])
        assert run(f"select count(*) from {name(table)}")[0][0] > 0, f"nothing to hang, at {place}"
        assert sentence is not None, f"{met} rows of {table} hang on the foreign {kind}"
        assert bool(absent) == bool(sentence)
        assert absent_met == met
        assert _kind_of(sentence) == _kind_of(absent), f"the error tells whether a foreign {kind} exists"


def _kind_of(sentence):
    return "row-level security" in sentence, "foreign key" in sentence


LEAKY = [
    "select 1 / (case when strengths = '{secret}' then 0 else 1 end) from drills_drill",
    "select case when strengths = '{secret}' then strengths::int end from drills_drill",
    "select * from drills_drill where school_id = {willow} and 1 / (case when strengths > '' then 0 else 1 end) = 1",
    "select * from attestations_attestation where org_id = {willow} and (statement || '')::date > now()",
]


@pytest.mark.parametrize("statement", LEAKY)
@pytest.mark.parametrize("office", ["principal", "responder", "staff"])
def test_no_error_is_raised_by_a_row_one_may_not_see(world, office, statement):
    with as_office(world, office):
        run(statement.format(secret=SECRET, willow=world.willow.org.pk))


@pytest.fixture
def app_login(db):
    """A connection of the app's own login, not of an owner who took its role."""
    parts = connection.get_connection_params() | {"user": ROLES["app"]}
    known = {key: parts[key] for key in ("host", "port", "dbname", "user") if parts.get(key)}
    with psycopg.connect(**known, autocommit=True) as own:
        yield own


FORBIDDEN = [
    "set row_security = off; select count(*) from drills_drill",
    "set role shelterbelt_owner",
    "set session authorization shelterbelt_owner",
    "alter role shelterbelt_app superuser",
    "alter table drills_drill no force row level security",
    "create function public.f() returns int language sql as 'select 1'",
    "create function pg_temp.f() returns int language c as 'libc', 'system'",
    "create schema mine",
    "create policy mine on drills_drill using (true)",
    "create rule mine as on select to drills_drill do instead select 1",
    "create trigger mine after insert on drills_drill execute function audit_drills_drill()",
    "create extension dblink",
    "create publication everything for all tables",
    "create event trigger mine on ddl_command_start execute function audit_drills_drill()",
    "copy drills_drill to program 'cat'",
    "copy drills_drill to '/tmp/taken'",
    "select pg_read_file('/etc/passwd')",
    "select lo_import('/etc/passwd')",
    "select pg_ls_dir('.')",
    "select * from pg_authid",
    "select * from pg_statistic",
    "select * from pg_hba_file_rules",
    "select pg_reload_conf()",
    "select * from access_scopekey",
    "select audit_drills_drill()",
    "truncate access_auditentry",
    "insert into access_auditentry select * from access_auditentry",
    "alter system set log_statement = 'all'",
    "set session_replication_role = replica",
    "select query from pg_stat_activity",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_app_login_is_refused(app_login, statement):
    with pytest.raises(psycopg.Error, match=REFUSED):
        app_login.execute(statement)


REFUSED = (
    "permission denied|must be (owner|superuser)|row-level security policy|can only be called as triggers|"
    "non-superusers|Only roles"
)


def test_statistics_of_walled_tables_are_kept_from_the_app_login(world, as_owner):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("analyze drills_drill")
    with as_office(world, "principal"):
        assert run("select * from pg_stats where tablename in ('drills_drill', 'people_person')") == []
