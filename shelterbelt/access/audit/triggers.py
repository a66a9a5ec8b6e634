"""The SQL of a table's audit triggers. Each has a function of its own, so that its statements are planned once."""

from collections.abc import Sequence
from dataclasses import dataclass

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

    def sql(self) -> str:
        """The function and the triggers that call it, in place of earlier ones."""
        function = _FUNCTION.format(
            table=self.table,
            key=self.key,
            pinned=PINNED,
            hidden=",".join(self.hide),
            unsaid=self._unsaid(),
            **self._told("new", "(added)"),
            **self._told("old", "(removed)"),
            **self._told("left", f"(old::{self.table})"),
            **self._told("come", f"(new::{self.table})"),
        )
        moves = self._moves()
        return (
            f"{function} revoke execute on function audit_{self.table}() from public, shelterbelt_app;"
            + "".join(self._trigger(verb, f"after {verb}", rows) for verb, rows in TRANSITIONS.items())
            + self._trigger("truncate", "before truncate", "")
            + self._trigger("moved", f"after update of {', '.join(moves)}", _when(moves), level="row")
        )

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


def _when(columns: Sequence[str]) -> str:
    differs = " or ".join(f"old.{column} is distinct from new.{column}" for column in columns)
    return f"when ({differs})"


# Rows are compared as they are stored (*<>), which knows every type and costs little. What moved, to another key,
# organisation or person, is told of by the trigger for single rows, in both places.
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
    else
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
