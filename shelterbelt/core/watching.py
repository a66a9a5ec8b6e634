"""Work that must begin within a second: done whenever the database says that there is some, and every little while.

A room declares it in its `tasks.py`. The process `python -m shelterbelt watch` does it, on as many hosts as one likes:
what is declared must claim its rows (for update skip locked) and be safe to repeat.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg
from django.db import close_old_connections, connection
from django.db.utils import DatabaseError
from django.utils.module_loading import autodiscover_modules

from shelterbelt.core import log_lines, metrics
from shelterbelt.core.apart import apart

Work = Callable[[], None]
log = log_lines.logger("shelterbelt.watch")
PAUSE_AFTER_FAILURE = 1.0
"""Seconds until something that failed is tried again."""


@dataclass
class Watch:
    """Something to do when a channel calls, or when nothing called for `every` seconds."""

    name: str
    channel: str
    every: float
    work: Work
    called: threading.Event = field(default_factory=threading.Event)


WATCHES: dict[str, Watch] = {}
_ending = threading.Event()


def end() -> None:
    """Have this process's work come to its end: what is being done is finished, nothing new begins."""
    _ending.set()


def is_ending() -> bool:
    """Whether it was told to end. Work that does many things one after another looks here between two of them."""
    return _ending.is_set()


def watch(name: str, *, channel: str, every: float) -> Callable[[Work], Work]:
    """Declare work under `room.verb_noun`, for a channel that triggers or actions notify, and for every so often.

    Notifications may be lost (a pooler, a lost connection): `every` is what is promised, the channel is quicker.
    """

    def declare(work: Work) -> Work:
        WATCHES[name] = Watch(name, channel, every, work)
        return work

    return declare


def call(channel: str) -> None:
    """Have a channel's work begin once the current transaction has committed."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, '')", [channel])


def run(stop: threading.Event | None = None) -> None:
    """Do all that was declared until told to stop.

    What fails for another reason than the database ends it all:
    whoever started this process starts it again and tells somebody.
    """
    stop = stop or _ending
    autodiscover_modules("tasks")
    threads = [threading.Thread(target=_keep, args=(each, stop), daemon=True) for each in WATCHES.values()]
    for thread in threads:
        thread.start()
    while not stop.is_set():
        try:
            _listen(stop)
        except psycopg.OperationalError:
            log.warning("listening ended; trying again")
            stop.wait(PAUSE_AFTER_FAILURE)
    for thread in threads:
        thread.join(timeout=5)


def _listen(stop: threading.Event) -> None:
    """Pass calls on. All work is called once at first: there may have been calls while nobody listened."""
    with apart() as listening:
        for channel in {each.channel for each in WATCHES.values()}:
            listening.execute(psycopg.sql.SQL("listen {}").format(psycopg.sql.Identifier(channel)))
        for each in WATCHES.values():
            each.called.set()
        while not stop.is_set():
            for call in listening.notifies(timeout=0.5):
                for each in WATCHES.values():
                    if each.channel == call.channel:
                        each.called.set()


def _keep(each: Watch, stop: threading.Event) -> None:
    try:
        while not stop.is_set():
            each.called.wait(each.every)
            each.called.clear()
            if not stop.is_set() and not once(each):
                stop.wait(PAUSE_AFTER_FAILURE)
    finally:
        stop.set()  # one that ended by itself takes the others along


def once(each: Watch) -> bool:
    """Do it once and say how that went; whether it went well."""
    started, outcome = time.perf_counter(), "failed"
    close_old_connections()
    try:
        each.work()
        outcome = "done"
    except DatabaseError:
        # The database is away or refuses; what was begun is undone, and is tried again.
        log.exception("watch", watch=each.name, outcome=outcome)
    finally:
        metrics.count_job(task=each.name, outcome=outcome, seconds=time.perf_counter() - started)
        close_old_connections()
    return outcome == "done"
