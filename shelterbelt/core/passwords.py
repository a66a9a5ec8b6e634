"""New passwords for the database's logins, where a database of one's own asks for passwords."""

import os
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from shelterbelt.core import database, secrets
from shelterbelt.core.rotating import CannotRotate

SETTINGS = ("DATABASE_OWNER_URL", "DATABASE_APP_URL", "DATABASE_PUBLIC_URL", "DATABASE_BACKUP_URL", "DATABASE_URL")
_SET = "alter role {} password {}"


def rotate() -> None:
    """Give each login a new password, and write it into the file that its setting names."""
    if not database.is_own():
        raise CannotRotate(
            "The database that comes with Shelterbelt has no passwords: it listens on no network, and its socket is "
            "open to this account alone."
        )
    files = _files()
    if not files:
        raise CannotRotate("None of the database's addresses holds a password, so there is none to rotate.")
    with psycopg.connect(database.own_address(), autocommit=True) as connection:
        for setting, path in files.items():
            _renew(connection, setting, path)
    print("Start web and worker again now; a connection pooler's list of passwords has to be changed as well.")  # noqa: T201


def _files() -> dict[str, Path]:
    """The settings whose address holds a password, each with the file it stands in."""
    found = {}
    for setting in SETTINGS:
        named = os.environ.get(f"{setting}_FILE")
        address = Path(named).read_text(encoding="utf-8").strip() if named else os.environ.get(setting, "")
        if not address or not conninfo_to_dict(address).get("password"):
            continue
        if not named:
            raise CannotRotate(
                f"{setting} is set in the environment, which this command can't change. Put the address into a file, "
                f"name that in {setting}_FILE instead, and rotate again."
            )
        found[setting] = Path(named)
    return found


def _renew(connection: psycopg.Connection[Any], setting: str, path: Path) -> None:
    """Write the new address beside first, so that a password the server knows is never lost."""
    parts = conninfo_to_dict(path.read_text(encoding="utf-8").strip())
    login, password = str(parts["user"]), secrets.fresh()
    new = path.with_name(f"{path.name}.new")
    secrets.write(new, (make_conninfo("", **(parts | {"password": password})),), like=path)
    # The server is sent a digest (SCRAM), so that the password reaches none of its logs.
    digest = connection.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode()
    try:
        connection.execute(sql.SQL(_SET).format(sql.Identifier(login), sql.Literal(digest)))
    except psycopg.errors.InsufficientPrivilege as error:
        new.unlink()
        raise CannotRotate(
            f"The login of DATABASE_URL may not change {login}'s password: {error.diag.message_primary}."
        ) from error
    new.replace(path)
    print(f"{login} has a new password, written into {path} ({setting}).")  # noqa: T201
