"""The SQL of a table's audit triggers. Each has a function of its own, so that its statements are planned once."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from shelterbelt.access.audit.shapes import CLOSED, Columns, number_of, said

# A row is kept as PostgreSQL writes it, and must read the same whatever the session's habits are.
PINNED = (
    "set search_path = public, pg_temp set timezone = 'UTC' set datestyle = 'ISO, YMD'"
    " set intervalstyle = 'postgres' set bytea_output = 'hex' set extra_float_digits = 1"
)
TRANSITIONS = {
    "insert": "referencing new table as added",
    "update": "referencing old table as removed new table as added",
    "delete": "referencing old table as removed",
}


@dataclass(frozen=True)
class Watch:
    """What the trail is told of a table's rows."""

    table: str
    key: str = "id"
    org: str = "org_id"
    """The column with the organisation; empty where there is none."""
    hide: Sequence[str] = ()
    """Columns that never appear in clear; the trail says only that they changed."""
    about: str = ""
    """The column with the person whom a row is about: who may not know of them reads no such entry."""
    closed: str = ""
    """A condition over `{row}` under which entries stay inside the district."""

    def sql(self, columns: Columns) -> str:
        """The function and the triggers that call it, in place of earlier ones; for a table with these columns."""
        function = _FUNCTION.format(
            table=self.table,
            key=self.key,
            pinned=PINNED,
            hidden=",".join(self.hide),
            shape=self._shape(columns),
            unsaid=self._unsaid(),
            differs=self._differs(columns),
            **self._told("new", "(added)"),
            **self._told("old", "(removed)"),
            **self._told("left", f"(old::{self.table})"),
            **self._told("come", f"(new::{self.table})"),
        )
        moves = self._moves()
        return (
            f"{function} revoke execute on function audit_{self.table}() from public, shelterbelt_app;"
            f" comment on function audit_{self.table}() is {_quoted(self._remembered(columns))};"
            + "".join(self._trigger(verb, f"after {verb}", rows) for verb, rows in TRANSITIONS.items())
            + self._trigger("truncate", "before truncate", "")
            + self._trigger("moved", f"after update of {', '.join(moves)}", _when(moves), level="row")
        )

    def _remembered(self, columns: Columns) -> str:
        """What is needed to write the function again when the table's columns have changed."""
        return json.dumps(asdict(self) | {"shape": self._shape(columns)})

    @classmethod
    def remembered(cls, comment: str) -> tuple[Self, int]:
        """From a function's comment: what it was written for, and the shape it knows."""
        given = json.loads(comment)
        shape = given.pop("shape")
        return cls(**given), shape

    def _shape(self, columns: Columns) -> int:
        return number_of(self.table, said(self._kept(columns)))

    def is_current(self, shape: int, columns: Columns) -> bool:
        """Whether a function that knows this shape knows the table's columns."""
        return shape == self._shape(columns)

    def _kept(self, columns: Columns) -> Columns:
        return tuple((name, CLOSED if name in self.hide else kind) for name, kind in columns)

    def _differs(self, columns: Columns) -> str:
        """The columns that changed, each `name=3:old>5:newer;` with the length of its values; `-` for none."""
        told = [_difference(name, kind) for name, kind in self._kept(columns) if kind != CLOSED]
        # No function takes more than a hundred arguments.
        return " || ".join(f"concat({', '.join(told[at : at + 90])})" for at in range(0, len(told), 90))

    def undo(self) -> str:
        """Take the triggers away."""
        triggers = " ".join(
            f"drop trigger if exists audit_{verb} on {self.table};" for verb in (*TRANSITIONS, "truncate", "moved")
        )
        return f"{triggers} drop function if exists audit_{self.table}();"

    def _trigger(self, name: str, event: str, clause: str, *, level: str = "statement") -> str:
        each = f"for each {level}"
        said = f"{each} {clause}" if level == "row" else f"{clause} {each}"
        return (
            f" create or replace trigger audit_{name} {event} on {self.table} {said}"
            f" execute function audit_{self.table}();"
        )

    def _moves(self) -> list[str]:
        """The columns by which entries are found: a row that changes in one of them is told of in both places."""
        return list(dict.fromkeys(column for column in (self.key, self.org, self.about) if column))

    def _told(self, name: str, row: str) -> dict[str, str]:
        """How each part of an entry is read from a row."""
        return {
            f"{name}_key": f"{row}.{self.key}::text",
            f"{name}_org": f"{row}.{self.org}" if self.org else "null::bigint",
            f"{name}_about": f"{row}.{self.about}" if self.about else "null::bigint",
            f"{name}_closed": f"coalesce({self.closed.format(row=row)}, false)" if self.closed else "false",
            f"{name}_row": self._text(row),
        }

    def _text(self, row: str) -> str:
        if not self.hide:
            return f"{row}::text"
        emptied = ", ".join(f'"{column}": null' for column in self.hide)
        return f"(jsonb_populate_record({row}, '{{{emptied}}}'))::text"

    def _unsaid(self) -> str:
        if not self.hide:
            return "null"
        changed = ", ".join(
            f"case when (removed).{column} is distinct from (added).{column} then '{column}' end"
            for column in self.hide
        )
        return f"nullif(concat_ws(',', {changed}), '')"


def _difference(name: str, kind: int) -> str:
    old, new = f"(removed).{name}", f"(added).{name}"
    as_text = "::text" if kind in _WITHOUT_EQUALITY else ""

    def told(value: str) -> str:
        return f"coalesce(length({value}::text) || ':' || {value}::text, '-')"

    differs = f"{old}{as_text} is distinct from {new}{as_text}"
    return f"case when {differs} then '{name}=' || {told(old)} || '>' || {told(new)} || ';' end"


def columns_of(cursor: Any, table: str) -> Columns:
    """A table's columns now."""
    cursor.execute(
        "select attname, atttypid::int from pg_attribute where attrelid = to_regclass(%s) and attnum > 0"
        " and not attisdropped order by attnum",
        [table],
    )
    return tuple((name, kind) for name, kind in cursor.fetchall())


def renew(cursor: Any) -> list[str]:
    """Write the functions again of tables whose columns have changed since; their names. For the tables' owner."""
    cursor.execute(
        "select obj_description(oid, 'pg_proc') from pg_proc where pronamespace = 'public'::regnamespace"
        " and proname like 'audit\\_%' and prorettype = 'trigger'::regtype"
    )
    remembered = [Watch.remembered(comment) for (comment,) in cursor.fetchall() if comment]
    renewed = []
    for watch, shape in remembered:
        columns = columns_of(cursor, watch.table)
        if columns and not watch.is_current(shape, columns):
            cursor.execute(watch.sql(columns))
            renewed.append(watch.table)
    return renewed


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_WITHOUT_EQUALITY = frozenset({114, 142, 600})
"""Types that can't be compared as such: json, xml, point."""


def _when(columns: Sequence[str]) -> str:
    differs = " or ".join(f"old.{column} is distinct from new.{column}" for column in columns)
    return f"when ({differs})"


# Of a row that changed, what changed is told; the rest stands in earlier entries. What moved, to another key,
# organisation or person, is told of as a whole by the trigger for single rows, in both places.
_FUNCTION = """
create or replace function audit_{table}() returns trigger language plpgsql security definer {pinned} as $body$
#variable_conflict use_variable
declare
    by_whom text := coalesce(nullif(access_actor(), ''), left('login:' || session_user, 60));
    in_stead bigint := case when coalesce(current_setting('shelterbelt.stand_in', true), '') <> ''
                            then access_acting_for() end;
    why text := coalesce(current_setting('shelterbelt.reason', true), '');
    asked text := coalesce(current_setting('shelterbelt.request', true), '');
    names bigint := access_audit_shape(TG_RELID, TG_TABLE_NAME, '{{{hidden}}}');
    within bigint := pg_current_xact_id()::text::bigint;
begin
    if TG_OP = 'INSERT' then
        insert into access_auditentry (at, actor, acting_for, reason, request, verb, thing, thing_id, org_id, about,
                                       closed, shape, became, tx)
        select clock_timestamp(), by_whom, in_stead, why, asked, 'insert', '{table}', {new_key}, {new_org}, {new_about},
               {new_closed}, names, {new_row}, within
        from added;
    elsif TG_OP = 'DELETE' then
        insert into access_auditentry (at, actor, acting_for, reason, request, verb, thing, thing_id, org_id, about,
                                       closed, shape, was, tx)
        select clock_timestamp(), by_whom, in_stead, why, asked, 'delete', '{table}', {old_key}, {old_org}, {old_about},
               {old_closed}, names, {old_row}, within
        from removed;
    elsif TG_OP = 'TRUNCATE' then
        insert into access_auditentry (at, actor, acting_for, reason, request, verb, thing, thing_id, shape, tx)
        values (clock_timestamp(), by_whom, in_stead, why, asked, 'truncate', '{table}', '', names, within);
    elsif TG_LEVEL = 'ROW' then
        insert into access_auditentry (at, actor, acting_for, reason, request, verb, thing, thing_id, org_id, about,
                                       closed, shape, was, became, tx)
        select clock_timestamp(), by_whom, in_stead, why, asked, 'update', '{table}', told.key, told.org, told.about,
               {left_closed} or {come_closed}, names, {left_row}, {come_row}, within
        from (values ({left_key}, {left_org}, {left_about}, true),
                     ({come_key}, {come_org}, {come_about}, {left_key} <> {come_key}))
             as told (key, org, about, apart)
        where told.apart;
    elsif names = {shape} then
        insert into access_auditentry (at, actor, acting_for, reason, request, verb, thing, thing_id, org_id, about,
                                       closed, unsaid, shape, changed, tx)
        select clock_timestamp(), by_whom, in_stead, why, asked, 'update', '{table}', pair.key, pair.org, pair.about,
               pair.closed, pair.unsaid, names, pair.changed, within
        from (
            select {new_key} as key, {new_org} as org, {new_about} as about, {old_closed} or {new_closed} as closed,
                   {unsaid} as unsaid, {differs} as changed
            from removed join added on (added).{key} = (removed).{key} offset 0
        ) as pair
        where pair.changed <> '' or pair.unsaid is not null;
    else  -- the table has other columns than when this was written
        insert into access_auditentry (at, actor, acting_for, reason, request, verb, thing, thing_id, org_id, about,
                                       closed, unsaid, shape, was, became, tx)
        select clock_timestamp(), by_whom, in_stead, why, asked, 'update', '{table}', {new_key}, {new_org}, {new_about},
               {old_closed} or {new_closed}, {unsaid}, names, {old_row}, {new_row}, within
        from removed join added on (added).{key} = (removed).{key}
        where removed *<> added;
    end if;
    return null;
end $body$;
"""
