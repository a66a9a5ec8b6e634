"""Migration operations that put a table under row security, audit and change notes."""

from collections.abc import Sequence
from typing import Any

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from shelterbelt.access.audit.triggers import TRANSITIONS, Watch, columns_of

_SEEN = "(select access_sees_all()) or {column} = any ((select access_my_orgs())::bigint[])"


class _TableOperation(Operation):
    """Runs SQL written for one model's table; the state of models is unchanged."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, model: str) -> None:
        self.model = model

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Models stay as they are."""

    def database_forwards(
        self, _app: str, schema_editor: BaseDatabaseSchemaEditor, _from_state: ProjectState, to_state: ProjectState
    ) -> None:
        schema_editor.execute(self.sql(self._table(to_state.apps)))

    def database_backwards(
        self, _app: str, schema_editor: BaseDatabaseSchemaEditor, _from_state: ProjectState, to_state: ProjectState
    ) -> None:
        schema_editor.execute(self.undo(self._table(to_state.apps)))

    def _table(self, apps: Apps) -> str:
        return str(apps.get_model(self.model)._meta.db_table)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return (self.__class__.__name__, [self.model], {})

    def describe(self) -> str:
        return f"{self.__class__.__name__} {self.model}"

    def sql(self, table: str) -> str:
        """What to run."""
        raise NotImplementedError

    def undo(self, table: str) -> str:
        """What undoes it."""
        raise NotImplementedError


class Scoped(_TableOperation):
    """Row security, forced: a row exists for those whose appointments reach the organisation in `column`.

    `read` and `write` are SQL conditions that replace the usual one where a table has a rule of its own. Whoever may
    only read a row can't change it, not even into one of their own.
    Everybody may be granted less than this, never more: the app login gets `grants`. `to` names the logins meant, where
    the public login has a rule of its own.
    """

    def __init__(
        self,
        model: str,
        *,
        column: str = "org_id",
        read: str = "",
        write: str = "",
        grants: str = "select, insert, update",
        to: str = "public",
    ) -> None:
        super().__init__(model)
        self.column, self.read, self.write, self.grants, self.to = column, read, write, grants, to

    def sql(self, table: str) -> str:
        """What to run."""
        usual = _SEEN.format(column=self.column)
        read, write = self.read or usual, self.write or usual
        return f"""
            alter table {table} enable row level security;
            alter table {table} force row level security;
            create policy {table}_read on {table} for select to {self.to} using ({read});
            create policy {table}_add on {table} for insert to {self.to} with check ({write});
            create policy {table}_change on {table} for update to {self.to} using ({write}) with check ({write});
            create policy {table}_remove on {table} for delete to {self.to} using ({write});
            grant {self.grants} on {table} to shelterbelt_app;
        """

    def undo(self, table: str) -> str:
        """What undoes it."""
        names = " ".join(f"drop policy {table}_{verb} on {table};" for verb in ("read", "add", "change", "remove"))
        return (
            f"{names} alter table {table} no force row level security; alter table {table} disable row level security;"
        )


class Audited(_TableOperation):
    """Every insert, update and delete leaves an audit entry, one trigger per statement.

    `org` names the column with the organisation; columns in `hide` never appear in clear. `about` names the column with
    a person, where whoever may not know of that person reads no such entry. `closed` is a condition over `{row}` under
    which entries stay inside the district. Said again for a table, it replaces what was said before.
    """

    def __init__(
        self,
        model: str,
        *,
        org: str = "org_id",
        key: str = "id",
        hide: Sequence[str] = (),
        about: str = "",
        closed: str = "",
    ) -> None:
        super().__init__(model)
        self.org, self.key, self.hide, self.about, self.closed = org, key, tuple(hide), about, closed

    def database_forwards(
        self, _app: str, schema_editor: BaseDatabaseSchemaEditor, _from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """The triggers of today, or those of the first version where the trail doesn't know today's yet."""
        table = self._table(to_state.apps)
        if not _knows_shapes(schema_editor):
            schema_editor.execute(self._first_sql(table))
            return
        watch = Watch(table, self.key, self.org, self.hide, self.about, self.closed)
        with schema_editor.connection.cursor() as cursor:
            columns = columns_of(cursor, table)
        schema_editor.execute(watch.sql(columns), params=None)

    def _first_sql(self, table: str) -> str:
        """What to run before access.0013, which puts every table found like this under the triggers of today."""
        arguments = ", ".join(f"'{word}'" for word in (self.key, self.org, *self.hide))
        return "".join(
            f"create trigger audit_{verb} after {verb} on {table} {transitions}"
            f" for each statement execute function access_audit({arguments});"
            for verb, transitions in TRANSITIONS.items()
        )

    def undo(self, table: str) -> str:
        """What undoes it."""
        return Watch(table).undo()


def _knows_shapes(schema_editor: BaseDatabaseSchemaEditor) -> bool:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("select to_regproc('access_audit_shape') is not null")
        return bool(cursor.fetchone()[0])


class Noted(_TableOperation):
    """Every change of the table is noted under a topic and school year, so that kept figures know they are old.

    `topic` and `year` are SQL expressions over the row's columns.
    """

    def __init__(self, model: str, *, topic: str, year: str = "null::smallint") -> None:
        super().__init__(model)
        self.topic, self.year = topic, year

    def sql(self, table: str) -> str:
        """What to run."""
        note = "insert into core_change (topic, year) select distinct {topic}, {year} from {rows}"
        both = "(select * from removed union all select * from added) as both_rows"
        bodies = {
            verb: note.format(topic=self.topic, year=self.year, rows=rows)
            for verb, rows in {"insert": "added", "update": both, "delete": "removed"}.items()
        }
        tables = {
            "insert": "new table as added",
            "update": "old table as removed new table as added",
            "delete": "old table as removed",
        }
        return "".join(
            f"""
            create function {table}_note_{verb}() returns trigger language plpgsql security definer
                set search_path = public, pg_temp as $$ begin {body}; return null; end $$;
            create trigger note_{verb} after {verb} on {table} referencing {tables[verb]}
                for each statement execute function {table}_note_{verb}();
            """
            for verb, body in bodies.items()
        )

    def undo(self, table: str) -> str:
        """What undoes it."""
        return " ".join(
            f"drop trigger note_{verb} on {table}; drop function {table}_note_{verb}();"
            for verb in ("insert", "update", "delete")
        )
