"""The processes that do the work, and the one that prepares their tables. Several hosts may run many of them."""

import os
import signal
from typing import Any

from django.dispatch import Signal

from shelterbelt.core import log_lines, metrics_place, processes, running, secrets

HEADERS_WITHIN = 10_000
"""Milliseconds that a request's headers may take to arrive; bodies are the proxy's to wait for."""
LARGEST_HEADERS = 64 * 1024

prepared = Signal()
"""Sent as the owner of the tables whenever they are up to date, before anything is loaded or served."""


def web(*, host: str, port: int, workers: int, threads: int = running.THREADS) -> None:
    """Serve pages until told to end. What is missing is said at once, before anybody is answered."""
    processes.end_with_parent()
    running.require_private_debugging(host)
    _begin()
    from django.urls import get_resolver

    _ = get_resolver().url_patterns  # loaded once, before the processes part
    secrets.require_all()
    _serve("shelterbelt.wsgi:application", host=host, port=port, workers=workers, threads=threads)


def tip_line(*, host: str, port: int, workers: int, threads: int = running.THREADS) -> None:
    """Serve the tip line's pages until told to end: as the login that reads by code alone, with one secret."""
    processes.end_with_parent()
    running.require_private_debugging(host)
    _require_key_of_the_line()
    _begin()
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    _serve("shelterbelt.tips.line_wsgi:application", host=host, port=port, workers=workers, threads=threads)


def _require_key_of_the_line() -> None:
    """A key of its own making would give codes that open nothing once the desk's is found."""
    if not secrets.is_given("TIP_LINE_KEY") and not secrets.kept_at("TIP_LINE_KEY").exists():
        raise running.CannotRun(
            "SHELTERBELT_TIP_LINE_KEY is missing. Set it, or SHELTERBELT_TIP_LINE_KEY_FILE, to the value that "
            "`shelterbelt prepare` keeps in HOME/secrets/tip_line_key."
        )


def _serve(application: str, *, host: str, port: int, workers: int, threads: int) -> None:
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    processes.parent_of_all_that_follow()
    Granian(
        application,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        backpressure=256,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN, max_buffer_size=LARGEST_HEADERS),
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=settings.LOGGING,
        respawn_failed_workers=True,
        workers_kill_timeout=3,
    ).serve()


def worker(*, at_once: int) -> None:
    """Do queued work until told to end."""
    processes.end_with_parent()
    _begin()
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params

    app.perform_import_paths()  # type: ignore[no-untyped-call]
    secrets.require_all()
    # An app of its own for fetching work: what tasks enqueue themselves stays in their Django transaction.
    fetching = app.with_connector(PsycopgConnector(kwargs=connector_params()))
    fetching.run_worker(concurrency=at_once, shutdown_graceful_timeout=3, delete_jobs="successful")


def watch() -> None:
    """Do what must begin within a second, until told to end."""
    processes.end_with_parent()
    _begin()
    from shelterbelt.core import watching

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: watching.end())
    secrets.require_all()
    watching.run()


def metrics() -> None:
    """Serve the figures of this machine's processes to operators until told to end."""
    if not metrics_place.port():
        raise running.CannotRun("Say where the figures are to be served: set SHELTERBELT_METRICS_PORT, such as 9464.")
    processes.end_with_parent()
    _begin()
    from shelterbelt.core import metrics_page
    from shelterbelt.core.keeping import watching  # noqa: F401  it adds its figures to the page

    metrics_page.serve(host=metrics_place.host(), port=metrics_place.port(), folder=metrics_place.folder())


def _begin() -> None:
    """Set up a process that serves: nothing of what it holds reaches a log, a terminal or a dump."""
    metrics_place.keep_figures()
    _set_up_django()
    log_lines.say_nothing_of_data()
    processes.leave_no_dump()


def prepare() -> None:
    """Bring the tables up to date and, in demonstration mode, load the invented state. Quick when all is there."""
    processes.end_with_parent()
    _set_up_django()
    from django.conf import settings
    from django.core.management import CommandError, call_command, get_commands
    from django.db import connection

    if _migrations_are_missing(connection):
        print("Bringing the database up to date", flush=True)
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    prepared.send(sender=None)
    if settings.DEMONSTRATION and "load_demonstration" in get_commands():
        try:
            call_command("load_demonstration", "--if-missing")
        except CommandError as error:
            raise running.CannotRun(str(error)) from error


def _migrations_are_missing(connection: Any) -> bool:
    """Whether the files know a migration that the database doesn't."""
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    return bool(set(loader.graph.nodes) - set(loader.applied_migrations))


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shelterbelt.settings")
    import django

    django.setup()
