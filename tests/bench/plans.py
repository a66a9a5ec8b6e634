"""A plan of 60 sections: opened in force, opened to be written, and saved while somebody types.

In this process, with Django's own client: what the server spends, without the network. The limit beside is the empty
page of the same person, signed in: what middleware, session and scope cost before a plan is even looked for.
"""

import logging
import os
from collections.abc import Callable
from itertools import count
from typing import Any

import django

from tests.bench.entering import Entered, enter
from tests.bench.state import TODAY
from tests.bench.timing import line, median_seconds

SECTIONS = 60
OPENED_WITHIN, SAVED_WITHIN = 0.1, 0.05
RUNS = 21
WORDS = (
    "<h3>Before</h3><p>The team looks at routes, doors and radios each month and writes down what it found, so that "
    "whoever comes next knows. Substitutes get a card on their first day.</p><ul><li>Doors: custodian.</li><li>Radios: "
    "front office.</li></ul><h3>During</h3><p>Whoever sees danger calls it out in plain words. Everybody acts at once "
    "and counts who is there.</p><table><tbody><tr><th>Who</th><th>Does</th></tr><tr><td>Teacher</td><td>Leads the class."
    "</td></tr><tr><td>Nurse</td><td>Brings the kit.</td></tr></tbody></table><h3>After</h3><p>Families are told.</p>"
) * 3
"""About half a printed page, so that the plan has some 40 pages of text."""


def main() -> int:
    """Print the figures; how many aims were missed."""
    django.setup()
    logging.disable(logging.CRITICAL)
    principal = _principal()
    client, told = _browser(principal), _written(principal)
    limit = median_seconds(lambda: client.get("/plans/"), runs=RUNS)
    numbers = count(told["revision"])

    def save() -> Any:
        number = next(numbers)
        text = {"body_html": f"{WORDS}<p>{number}</p>", "revision": number}
        return client.post(f"/plans/sections/{told['section']}/save/", text)

    missed = [
        _told("a plan of 60 sections in force, opened", OPENED_WITHIN, _open(client, told["version"]), limit),
        _told("the same as it is written now, whole", OPENED_WITHIN, _open(client, told["draft"]), limit),
        _told("one of its sections, opened to be written", OPENED_WITHIN, _open(client, told["writing"]), limit),
        _told("a section saved while somebody types", SAVED_WITHIN, save, limit),
    ]
    for name in ("version", "draft", "writing"):
        print(f"{'statements for ' + told[name]:<66}{_statements(client, told[name]):>9}")
    return sum(missed)


def _principal() -> Entered:
    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.people.models import Appointment

    with acting_as_system("measures", today=TODAY, reason="bench"):
        current = Appointment.objects.current(TODAY).select_related("person", "org").order_by("pk")
        return enter(current.filter(office="principal", org__kind="school", org__closed_on=None)[0])


def _browser(entered: Entered) -> Any:
    from django.test import Client

    return Client(headers={"cookie": entered.cookie, "host": "localhost"})


def _written(principal: Entered) -> dict[str, Any]:
    """The plan of the principal's school, with 60 sections, one version of them in force, and the next being written."""
    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.core import clock
    from shelterbelt.plans.models import Plan, Section, SectionRevision, Version
    from shelterbelt.plans.queries import compose, draft_of
    from shelterbelt.plans.rules import freezing

    now = clock.now()
    with acting_as_system("demonstration", today=TODAY, reason="bench"):
        plan, _is_new = Plan.objects.get_or_create(org_id=principal.org, defaults={"begun_at": now})
        rows = [
            Section(plan=plan, org_id=plan.org_id, key=f"own-{number}", kind="functional", title=f"Annex {number}",
                    position=number, body=WORDS, state="ready", revision=1, changed_at=now)
            for number in range(SECTIONS - plan.sections.count())
        ]  # fmt: skip
        Section.objects.bulk_create(rows)
        SectionRevision.objects.bulk_create(
            SectionRevision(section=row, org_id=row.org_id, number=1, body=row.body, saved_at=now) for row in rows
        )
        Version.objects.filter(plan=plan, state="in_force").update(state="superseded", until_on=TODAY)
        last = Version.objects.filter(plan=plan).order_by("-number").first()
        number = last.number if last else 0
        if last is None or last.state != "draft":
            Version.objects.create(plan=plan, org_id=plan.org_id, number=number + 2, begun_on=TODAY)
        else:
            Version.objects.filter(pk=last.pk).update(number=number + 1)
        parts = compose(plan)
        version = Version.objects.create(
            plan=plan, org_id=plan.org_id, number=number + (last is None or last.state != "draft"), state="in_force",
            begun_on=TODAY, content=parts, sha256=freezing.digest(parts), frozen_at=now, adopted_on=TODAY, meeting="Bench",
            from_on=TODAY,
        )  # fmt: skip
        section = plan.sections.order_by("-position")[0]
        draft_of(plan)
    return {
        "version": f"/plans/versions/{version.pk}/",
        "draft": f"/plans/{plan.pk}/draft/",
        "writing": f"/plans/sections/{section.pk}/",
        "section": section.pk,
        "revision": section.revision,
    }


def _open(client: Any, address: str) -> Callable[[], Any]:
    return lambda: client.get(address)


def _told(what: str, aim: float, work: Callable[[], Any], limit: float) -> bool:
    answer = work()
    if answer.status_code != 200:
        raise RuntimeError(f"{what}: answered {answer.status_code}")
    seconds = median_seconds(work, runs=RUNS)
    print(line(what, seconds, aim=aim, limit=limit), flush=True)
    return seconds > aim


def _statements(client: Any, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shelterbelt.settings")
    raise SystemExit(1 if main() else 0)
