"""SQL of every kind leaves entries, and none changes what was left: the trail can't be walked around or written by hand."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from shelterbelt.access.audit import triggers
from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.attestations.models import Attestation
from shelterbelt.demo import factories
from shelterbelt.orgs.models import Org

TODAY = date(2026, 11, 2)
ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))
COLUMNS = "id, org_id, output, output_version, year, answers, statement, level, made_on"
AS_ITS_COPY = "org_id, 'B-O3', output_version, year, answers, statement, level, made_on from attestations_attestation"


def _by_sql(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _told() -> list[tuple[str, str]]:
    """What was done to which report after the first was made."""
    found = AuditEntry.objects.filter(thing="attestations_attestation").order_by("id")
    return [(entry.verb, entry.thing_id) for entry in found][1:]


@pytest.fixture
def linden(db: None) -> Iterator[Org]:
    """A school with one report; whatever follows is done as the import."""
    with acting_as_system("import", today=TODAY, reason="test"):
        school = factories.a_school("Linden")
        Attestation.objects.create(id=ONE, org=school, output="B-O2", year=2026, answers={}, made_on=TODAY)
        _by_sql("set constraints all immediate")  # what is still to be checked keeps the table from being altered
        yield school


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (f"insert into attestations_attestation ({COLUMNS}) select '{TWO}', {AS_ITS_COPY}", [("insert", TWO)]),
        (
            (
                f"with made as (insert into attestations_attestation ({COLUMNS}) select '{TWO}', {AS_ITS_COPY}"
                f" returning id) update attestations_attestation a set statement = 'x' from made where a.id = '{ONE}'"
            ),
            [("insert", TWO), ("update", ONE)],
        ),
        (
            (
                f"insert into attestations_attestation ({COLUMNS}) select id, {AS_ITS_COPY}"
                " on conflict (id) do update set statement = 'y'"
            ),
            [("update", ONE)],
        ),
        (f"insert into attestations_attestation ({COLUMNS}) select id, {AS_ITS_COPY} on conflict do nothing", []),
        (
            (
                f"merge into attestations_attestation a using (values ('{ONE}'::uuid), ('{TWO}')) as v (id) on a.id = v.id"
                f" when matched then update set statement = 'z' when not matched then insert ({COLUMNS}) values"
                f" (v.id, (select org_id from attestations_attestation where id = '{ONE}'), 'B-O3', 1, 2026, '{{}}', '', 1,"
                f" '{TODAY}')"
            ),
            [("insert", TWO), ("update", ONE)],
        ),
    ],
    ids=["select", "with", "on conflict", "nothing", "merge"],
)
def test_every_way_of_writing_is_on_record(linden: Org, statement: str, told: list[tuple[str, UUID]]) -> None:
    _by_sql(statement)
    assert sorted(_told()) == sorted((verb, str(key)) for verb, key in told)


def test_rows_that_arrive_by_copy_are_on_record(linden: Org) -> None:
    _by_sql("create temporary table arriving as select * from attestations_attestation")
    with connection.cursor() as cursor, cursor.copy(f"copy arriving ({COLUMNS}) from stdin") as rows:
        rows.write_row((TWO, linden.pk, "B-O3", 1, 2026, "{}", "", 1, TODAY))
    _by_sql("insert into attestations_attestation select * from arriving where output = 'B-O3'")
    assert _told() == [("insert", str(TWO))]


def test_what_is_deleted_is_kept_as_it_was(linden: Org, as_owner) -> None:
    with as_owner():
        _by_sql("alter table attestations_attestation no force row level security")
        _by_sql("delete from attestations_attestation")
    entry = AuditEntry.objects.get(thing="attestations_attestation", verb="delete")
    assert (entry.before["output"], entry.before["year"], entry.after) == ("B-O2", 2026, None)


def test_a_row_that_gets_another_key_is_told_of_under_both(linden: Org) -> None:
    _by_sql(f"update attestations_attestation set id = '{TWO}'")
    assert sorted(_told()) == [("update", str(ONE)), ("update", str(TWO))]
    entry = AuditEntry.objects.filter(verb="update", thing="attestations_attestation").first()
    assert (entry.before["id"], entry.after["id"]) == (str(ONE), str(TWO))


def test_rows_that_swap_their_keys_are_all_told_of(linden: Org) -> None:
    _by_sql(
        f"insert into attestations_attestation ({COLUMNS}) select '{TWO}', {AS_ITS_COPY}",
        "set constraints all immediate",
    )
    before = len(_told())
    _by_sql(
        f"update attestations_attestation set id = '{THREE}' where id = '{ONE}'",
        f"update attestations_attestation set id = '{ONE}' where id = '{TWO}'",
    )
    assert {key for _verb, key in _told()[before:]} == {str(ONE), str(TWO), str(THREE)}


def test_a_row_that_changes_hands_is_told_of_in_both_places(linden: Org) -> None:
    ash = factories.a_school("Willow", district=factories.a_district("Ash Grove R-IV"))
    _by_sql(f"update attestations_attestation set org_id = {ash.pk}")
    found = AuditEntry.objects.filter(thing="attestations_attestation", verb="update")
    assert set(found.values_list("org_id", flat=True)) == {linden.pk, ash.pk}


def test_entries_read_as_their_columns_were_after_the_table_changed(linden: Org, as_owner) -> None:
    with as_owner():
        _by_sql(
            "alter table attestations_attestation add column mood text default 'calm'",
            "alter table attestations_attestation drop column statement",
            "alter table attestations_attestation no force row level security",
            """update attestations_attestation set mood = 'a, "b" \\ (c)'""",  # the triggers know other columns yet
        )
        with connection.cursor() as cursor:
            assert triggers.renew(cursor) == ["attestations_attestation"]
            assert triggers.renew(cursor) == []
        _by_sql("update attestations_attestation set mood = 'x=1:y>2:z;', answers = '[]'")
    first, second, third = AuditEntry.objects.filter(thing="attestations_attestation").order_by("id")
    then, now = first.after or {}, second.after or {}
    assert "statement" in then
    assert "mood" not in then
    assert (second.before["mood"], now["mood"]) == ("calm", 'a, "b" \\ (c)')
    assert "statement" not in now
    assert third.before == {"mood": 'a, "b" \\ (c)', "answers": {}}
    assert third.after == {"mood": "x=1:y>2:z;", "answers": []}


def test_emptying_a_table_is_on_record(linden: Org, as_owner) -> None:
    with as_owner():
        _by_sql("truncate attestations_reminder")
    entry = AuditEntry.objects.get(thing="attestations_reminder")
    assert (entry.verb, entry.actor) == ("truncate", "system:import")


def test_what_nobody_of_ours_does_bears_the_name_of_the_login(linden: Org, as_owner) -> None:
    with as_owner():
        _by_sql("select set_config('shelterbelt.actor', '', true)")
        _by_sql("alter table attestations_attestation no force row level security")
        _by_sql("alter table attestations_attestation disable row level security")
        _by_sql("update attestations_attestation set statement = 'by hand'")
    with acting_as_system("install", today=TODAY, reason="test"):
        entry = AuditEntry.objects.get(thing="attestations_attestation", verb="update")
    assert entry.actor.startswith("login:")


BY_HAND = (
    "insert into access_auditentry (actor) values ('person:1')",
    "update access_auditentry set actor = 'person:1'",
    "delete from access_auditentry",
    "truncate access_auditentry",
    "truncate attestations_attestation",
    "alter table access_auditentry disable row level security",
    "alter table attestations_attestation disable trigger audit_update",
    "drop trigger audit_insert on attestations_attestation",
    "drop table access_auditseal",
    "set session_replication_role = replica",
    "insert into access_auditseal (seq) values (7)",
    "update access_auditseal set day = day - 1",
    "delete from access_auditseal",
    "insert into access_auditshape values (1, 'x', 'y:25')",
    "update access_auditshape set columns = 'y:25'",
    "insert into access_audithead (seal) values (1)",
    "delete from access_audithead",
    "insert into access_auditkey (key, public, vouched_by, signature) values ('', '', '', '')",
    "select access_seal_linked(null)",
    "select access_audit_shape(0, 'x', '{}')",
    "select audit_attestations_attestation()",
    "select setval('access_auditentry_id_seq', 1)",
    "select access_keep_audit_head(1, '', 1, '', '', now())",
    "select access_keep_audit_key('', '', '', '')",
)


@pytest.mark.parametrize("statement", BY_HAND)
def test_the_app_login_writes_nothing_of_the_trail_by_hand(linden: Org, statement: str) -> None:
    cora = factories.a_person("Cora", office="principal", at=linden)
    refused = "permission denied|must be owner|only be called as triggers|by the system itself"
    with acting_as(cora.pk, today=TODAY), pytest.raises(DatabaseError, match=refused), transaction.atomic():
        _by_sql(statement)


def test_a_trigger_of_ours_hangs_on_nothing_of_theirs(linden: Org) -> None:
    """On a temporary table of the same name it would tell of reports that never were."""
    _by_sql("create temporary table attestations_attestation as select * from public.attestations_attestation")
    for function in ("audit_attestations_attestation", "attestations_attestation_note_insert"):
        with pytest.raises(DatabaseError, match="permission denied for function"), transaction.atomic():
            _by_sql(
                "create trigger mine after insert on pg_temp.attestations_attestation"
                f" referencing new table as added for each statement execute function {function}()"
            )


SECRET = ("password", "secret", "token", "key", "sealed", "code", "seed", "private")


def _columns() -> Iterator[tuple[str, str, bool]]:
    """Every audited table's columns, and whether the trail keeps them closed."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select c.relname, a.attname, pg_get_functiondef(t.tgfoid) ~ ('access_audit_shape\\([^)]*[{,]' || a.attname || '[,}]')
            from pg_trigger t join pg_class c on c.oid = t.tgrelid
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where t.tgname = 'audit_insert'
            """
        )
        yield from cursor.fetchall()


IN_CLEAR = {
    ("assessments_procurementclause", "key"): "which clause of the library it was copied from",
    ("assessments_publishedtemplate", "key"): "the name of a template",
    ("orgs_org", "postal_code"): "an address",
    ("plans_hazard", "key"): "which hazard, as data/hazards.yaml names it",
    ("plans_icsrole", "key"): "which role, as data/roles.yaml names it",
    ("plans_section", "key"): "which section, as the outline names it",
    ("tips_tip", "code_is_spoken"): "whether the desk read a code out",
}
"""Columns whose names sound like secrets and that hold none, each with what it holds."""


def test_no_secret_stands_in_the_trail(db: None) -> None:
    open_ones = {
        (table, column)
        for table, column, is_closed in _columns()
        if not is_closed and any(word in column for word in SECRET)
    }
    assert open_ones == set(IN_CLEAR), "add the column to `hide` of Audited(...), or say here what it holds"
