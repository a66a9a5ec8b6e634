"""Work for later: enqueued by name inside the transaction that needs it, so that it exists only if that commits."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

import procrastinate
from procrastinate.contrib.django import app as current_app

from shelterbelt.core import log_lines, metrics

log = log_lines.logger("shelterbelt.jobs")
_TASKS = procrastinate.Blueprint()


def task(name: str, **options: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a task under its queue name (`room.verb_noun`). It must be safe to run twice."""

    def declare(function: Callable[..., None]) -> Callable[..., None]:
        register: Any = _TASKS.task(name=name, pass_context=True, **options)
        register(_told(name, function))
        return function

    return declare


def every(cron: str, name: str) -> Callable[[Callable[[int], None]], Callable[[int], None]]:
    """Declare a task that the clock calls, with a cron line; it is given the moment it was due (Unix seconds)."""

    def declare(function: Callable[[int], None]) -> Callable[[int], None]:
        # The queue names the moment; whoever is called may name it otherwise.
        def when_due(timestamp: int) -> None:
            function(timestamp)

        register: Any = _TASKS.task(name=name, pass_context=True)
        _TASKS.periodic(cron=cron)(register(_told(name, when_due)))
        return function

    return declare


def _told(name: str, function: Callable[..., None]) -> Callable[..., None]:
    """Do it, then say in one line how long it took and how it ended; what it was given isn't said."""

    @wraps(function)
    def run(context: procrastinate.JobContext, *args: Any, **values: Any) -> None:
        started, outcome = time.perf_counter(), "failed"
        with log_lines.within(job=context.job.id):
            try:
                function(*args, **values)
                outcome = "done"
            finally:
                seconds = time.perf_counter() - started
                metrics.count_job(task=name, outcome=outcome, seconds=seconds)
                say = log.info if outcome == "done" else log.error
                say("job", task=name, outcome=outcome, attempt=context.job.attempts + 1, ms=round(seconds * 1000, 1))

    return run


def enqueue(name: str, *, lock: str | None = None, **values: str | int | None) -> None:
    """Ask for a task by name, in the current transaction, with plain values only.

    `lock` names the thing worked on: two tasks with one lock never run at once.
    """
    current_app.configure_task(f"shelterbelt:{name}", allow_unknown=False, lock=lock).defer(**values)


def on_app_ready(app: procrastinate.App) -> None:
    """Give procrastinate our tasks."""
    app.add_tasks_from(_TASKS, namespace="shelterbelt")
