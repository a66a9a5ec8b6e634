"""How every test runs: on its own PostgreSQL database, as the app login, which row security binds."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("SHELTERBELT_HOME", str(Path(__file__).parent / "var/test"))
os.environ["SHELTERBELT_LOGIN"] = "owner"
os.environ["DJANGO_SETTINGS_MODULE"] = "shelterbelt.settings"

import django
from django.conf import settings as django_settings
from django.contrib.auth.signals import user_logged_in
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.utils import timezone, translation
from hypothesis import settings as hypothesis_settings

from shelterbelt.core import database

django.setup()  # conftests beside the code import models
if django_settings.LOGIN != "owner":
    pytest.exit("The settings were read before the tests chose their login: unset DJANGO_SETTINGS_MODULE.", 1)

# A busy machine is no fault of the code: speed is measured by make bench.
hypothesis_settings.register_profile("unhurried", deadline=None)
hypothesis_settings.load_profile("unhurried")


def _shows_second_factor(request: Any, **_: Any) -> None:
    """Whom a test lets in by force_login came in as their office asks, just now. Its request comes from no browser."""
    if "REQUEST_METHOD" not in request.META:
        request.session["second_factor"] = "force_login"
        request.session.reauthenticated_at = timezone.now()


user_logged_in.connect(_shows_second_factor, dispatch_uid="conftest.shows_second_factor")

APP = database.ROLES["app"]
AsOwner = Callable[[], AbstractContextManager[None]]


def pytest_configure(config: pytest.Config) -> None:
    """Name this process's database and folders before Django looks at them."""
    if config.option.help or config.option.version:
        return
    files = Path(tempfile.mkdtemp(prefix="shelterbelt-test-"))
    config.add_cleanup(lambda: shutil.rmtree(files, ignore_errors=True))
    django_settings.FILES = files
    django_settings.TIP_FILES = files / "tips"
    connection.settings_dict["TEST"]["NAME"] = f"test_shelterbelt_{os.getpid()}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Have this run's database copied from the migrated template."""
    from tests import databases

    try:
        database.prepare(home=databases.home() / "postgres")
        databases.drop_left_over()
        connection.settings_dict["TEST"]["TEMPLATE"] = databases.template()
    except subprocess.CalledProcessError:
        pytest.exit("The test database could not be migrated; the lines above say why.", 1)


def _take_app_role(**_: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"set role {APP}")


@contextmanager
def _as_app() -> Iterator[None]:
    """Queries run as the app login, also on connections opened meanwhile."""
    connection_created.connect(_take_app_role)
    try:
        if connection.connection is not None:
            _take_app_role()
        yield
    finally:
        connection_created.disconnect(_take_app_role)
        # After an error inside a transaction its rollback takes the role back.
        if connection.connection is not None and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("reset role")


def _uses_database(request: pytest.FixtureRequest) -> bool:
    return bool(request.node.get_closest_marker("django_db")) or bool(
        {"db", "transactional_db", "_django_db_helper", "live_server"} & set(request.fixturenames)
    )


@pytest.fixture(autouse=True)
def as_app_login(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that uses the database does so as the app login; migrating and clearing up stay with the owner."""
    if not _uses_database(request):
        yield
        return
    request.getfixturevalue("_django_db_helper")  # set up before us, so taken down after us
    with _as_app():
        yield


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page shown in another language leaves the thread speaking it; each test starts in English again."""
    with translation.override(django_settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def as_owner(db: None) -> AsOwner:
    """A way to become the owner of the tables for a moment, in the few tests that need it."""

    @contextmanager
    def become_owner() -> Iterator[None]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local role none")
            yield
            cursor.execute(f"set local role {APP}")

    return become_owner
