"""Where the database is: an embedded PostgreSQL under var/ by default, any PostgreSQL 16 or newer by DATABASE_URL.

Three logins share it. The owner makes and changes tables; the app serves people and can neither own tables nor pass
row security; the public login is for pages without sign-in. See docs/explanation/access.md.
"""

import os
from functools import cache
from pathlib import Path
from typing import Any, Literal

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from shelterbelt.core import environment

Login = Literal["owner", "app", "public"]
NAME = "shelterbelt"
ROLES: dict[Login, str] = {"owner": "shelterbelt_owner", "app": "shelterbelt_app", "public": "shelterbelt_public"}


class DatabaseError(Exception):
    """The database can't be used as it is. The message is one sentence for the person who runs it."""


@cache
def embedded(home: Path) -> str:
    """Start (or join) the embedded server whose data lie in `home`; the connection string of its administrator.

    Processes that the launcher starts are told its address, so that only the launcher holds the server.
    """
    address = os.environ.get("SHELTERBELT_EMBEDDED_AT", "")
    if address:
        return address
    # Imported here: with DATABASE_URL set the package isn't needed at all.
    from shelterbelt.core.embedded import serve

    return str(serve(home).get_uri())


def _url(login: Login | None = None) -> str:
    """The address of the database that was set, for all logins or for one; empty when none was."""
    urls: dict[Login | None, str] = {
        None: environment.text("DATABASE_URL", "", "A PostgreSQL 16 or newer to use instead of the embedded one.")
    }
    for each in ROLES:
        urls[each] = environment.text(f"DATABASE_{each.upper()}_URL", "", f"Another address for the {each} login.")
    return _understood(urls[login])


def own_address() -> str:
    """The address of a database of one's own; empty where the database is the embedded one."""
    return _url()


def is_own() -> bool:
    """Whether the database is one of the site's own."""
    return bool(own_address())


def settle_address() -> None:
    """Have an address that stands in a file known to all that follows, also to processes that are started."""
    if "DATABASE_URL_FILE" in os.environ:
        os.environ["DATABASE_URL"] = _url()


def address_for_backups() -> str:
    """How a backup reaches a database of one's own; empty where the database is the embedded one."""
    own = _url()
    other = environment.text("DATABASE_BACKUP_URL", "", "Another address for backups: a login that sees every row.")
    return _understood(other) or own if own else ""


def _understood(url: str) -> str:
    try:
        conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:  # the address itself may hold a password and is not repeated
        raise DatabaseError(
            "The database's address isn't understood; write it as postgresql://login:password@host:5432/name."
        ) from error
    return url


def django_settings(login: Login, *, home: Path, pool: bool) -> dict[str, Any]:
    """Django's DATABASES entry for one of the three logins."""
    url = _url()
    wanted = _url(login)
    parts: dict[str, Any] = conninfo_to_dict(wanted or url or embedded(home))
    options: dict[str, Any] = {}
    if not url and not wanted:
        parts |= {"user": ROLES[login], "dbname": NAME}
    elif not wanted and login != "owner":
        # One address for all: the session steps down to the login's role as it opens.
        options["options"] = f"-c role={ROLES[login]}"
    for key in set(parts) - {"host", "port", "user", "password", "dbname"}:
        options[key] = parts[key]
    if pool:
        options["pool"] = {"min_size": 1, "max_size": 12, "timeout": 30}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", NAME),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": not pool,
    }


def prepare(*, home: Path) -> None:
    """Make the three roles and, on the embedded server, the database. Done before Django connects; safe to repeat."""
    url = _url()
    with psycopg.connect(url or embedded(home), autocommit=True) as connection:
        version = connection.info.server_version // 10000
        if version < 16:
            raise DatabaseError(f"PostgreSQL 16 or newer is needed; this server is version {version}.")
        if url:
            _make_roles(connection, with_owner=False)
            return
    make_ready(embedded(home))


def make_ready(address: str) -> None:
    """The same for an embedded server by its address, which may be one that a backup is being brought back into."""
    with psycopg.connect(address, autocommit=True) as connection:
        # One at a time: processes start together, and PostgreSQL refuses two grants on one thing at once.
        connection.execute("select pg_advisory_lock(hashtext('shelterbelt make ready'))")
        _make_roles(connection, with_owner=True)
        _make_database(connection)
        with psycopg.connect(make_conninfo(address, dbname=NAME), autocommit=True) as inside:
            hide_queries(inside)


def hide_queries(connection: psycopg.Connection[Any]) -> None:
    """Keep what other connections ask, with the values in it, from the logins that serve people.

    Every login may otherwise read its own kind's queries in pg_stat_activity. Only the server's administrator can
    forbid it, in each database; docs/how-to/install.md has the line for a server of one's own.
    """
    for function in ("pg_stat_get_activity(integer)", "pg_stat_get_backend_activity(integer)"):
        connection.execute(sql.SQL("revoke execute on function {} from public").format(sql.SQL(function)))
        connection.execute(sql.SQL("grant execute on function {} to pg_monitor").format(sql.SQL(function)))


def has_tables(*, home: Path) -> bool:
    """Whether the tables were ever made; after prepare()."""
    url = _url()
    parts = conninfo_to_dict(url) if url else conninfo_to_dict(embedded(home)) | {"dbname": NAME}
    with psycopg.connect(make_conninfo("", **parts)) as connection:
        row = connection.execute("select to_regclass('public.access_auditentry') is not null").fetchone()
    return bool(row and row[0])


def _make_roles(connection: psycopg.Connection[Any], *, with_owner: bool) -> None:
    for login, role in ROLES.items():
        if login == "owner" and not with_owner:
            continue
        name = sql.Identifier(role)
        if connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone() is None:
            connection.execute(sql.SQL("create role {} login nosuperuser nobypassrls noinherit").format(name))
            if login == "owner":
                connection.execute(sql.SQL("alter role {} createdb inherit").format(name))
    member = sql.Identifier(ROLES["owner"]) if with_owner else sql.SQL("current_user")
    for login in ("app", "public"):
        connection.execute(sql.SQL("grant {} to {} with set true").format(sql.Identifier(ROLES[login]), member))


def _make_database(connection: psycopg.Connection[Any]) -> None:
    if connection.execute("select 1 from pg_database where datname = %s", [NAME]).fetchone() is None:
        connection.execute(
            sql.SQL(
                "create database {} owner {} template template0 encoding 'UTF8' "
                "locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'"
            ).format(sql.Identifier(NAME), sql.Identifier(ROLES["owner"]))
        )
