"""What the clock calls is given the moment it was due, whatever it names it."""

from types import SimpleNamespace

import procrastinate

from shelterbelt.core import jobs


def test_a_job_of_the_clock_is_given_the_moment_it_was_due(monkeypatch):
    tasks = procrastinate.Blueprint()
    monkeypatch.setattr(jobs, "_TASKS", tasks)
    given = []

    def look(_due):
        given.append(_due)

    jobs.every("17 * * * *", "core.look")(look)
    context = SimpleNamespace(job=SimpleNamespace(id=1, attempts=0))
    tasks.tasks["core.look"].func(context, timestamp=1_795_000_000)
    assert given == [1_795_000_000]
