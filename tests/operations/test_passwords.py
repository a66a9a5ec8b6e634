"""New passwords reach the server and the file together, and nothing of them reaches the server's logs in clear."""

import hashlib
import hmac
import os
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from shelterbelt.core import database
from tests import databases
from tests.operations.homes import Home, run_sql

pytestmark = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="Makes logins on the server of the tests.")
LOGIN = f"shelterbelt_try_{os.getpid()}"


@pytest.fixture
def administrator() -> Iterator[str]:
    database.prepare(home=databases.home() / "postgres")
    address = make_conninfo("", **databases.administrator())
    run_sql(address, f"create role {LOGIN} login password 'the first one'")
    yield address
    run_sql(address, f"drop role {LOGIN}")


def is_its(password: str, verifier: str) -> bool:
    """Whether a password is the one behind PostgreSQL's SCRAM-SHA-256 verifier (RFC 5803)."""
    rounds, salt, stored = verifier.removeprefix("SCRAM-SHA-256$").replace("$", ":").split(":")[:3]
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), b64decode(salt), int(rounds))
    client = hmac.digest(salted, b"Client Key", "sha256")
    return hashlib.sha256(client).digest() == b64decode(stored)


def test_a_new_password_stands_in_the_file_and_is_the_servers(administrator: str, tmp_path: Path) -> None:
    kept = tmp_path / "app-url"
    kept.write_text(make_conninfo("", **(databases.administrator() | {"user": LOGIN, "password": "the first one"})))
    kept.chmod(0o640)
    home = Home(tmp_path / "home", (("DATABASE_URL", administrator), ("DATABASE_APP_URL_FILE", str(kept))))

    said = home.does("rotate", "database_passwords")

    password = str(conninfo_to_dict(kept.read_text().strip())["password"])
    with psycopg.connect(administrator) as connection:
        row = connection.execute("select rolpassword from pg_authid where rolname = %s", [LOGIN]).fetchone()
    assert row
    assert is_its(password, row[0])
    assert not is_its("the first one", row[0])
    assert password not in said
    assert kept.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["app-url"]


def test_an_address_in_the_environment_is_left_to_whoever_set_it(administrator: str, tmp_path: Path) -> None:
    url = make_conninfo("", **(databases.administrator() | {"user": LOGIN, "password": "the first one"}))
    home = Home(tmp_path / "home", (("DATABASE_URL", administrator), ("DATABASE_APP_URL", url)))
    assert "DATABASE_APP_URL is set in the environment" in home.refuses("rotate", "database_passwords")
