"""Hostile requests to every page and form, as every office and as nobody: no fault, nothing foreign told or changed.

A part of it runs with the other tests; `make fuzz` sends 20,000 (SHELTERBELT_FUZZ, and SHELTERBELT_FUZZ_SEED for others).
"""

import sys
from collections import Counter
from random import Random

import pytest
from django.core.handlers.wsgi import WSGIHandler

from shelterbelt.access.scope import acting_as_system
from tests.attack.fuzzing import REQUESTS, SEED, is_full
from tests.attack.fuzzing.attacking import Attack, session_of
from tests.attack.fuzzing.guards import ForeignRows
from tests.attack.fuzzing.targets import Keys
from tests.attack.world import TODAY

FEW = ["principal", "district_coordinator", "responder", "state_office", "nobody"]
"""Enough to meet every page, where there is little time."""


@pytest.fixture
def attack(world, as_owner, quiet, one_transaction, settings):
    settings.DEMONSTRATION = True  # its entrance is attacked as well
    roles = [*world.people, "nobody"] if is_full() else FEW
    with acting_as_system("install", today=TODAY, reason="keys to try"):
        keys = Keys()
    sessions = {role: session_of(world.people[role]) for role in roles if role != "nobody"}
    dice = Random(SEED)  # noqa: S311  no secret is made of it
    run = Attack(WSGIHandler(), sessions, keys, ForeignRows(world, as_owner), settings.SESSION_COOKIE_NAME, dice)
    run.explore(roles, each=3 if is_full() else 1, tries=8 if is_full() else 1)
    return run


def told(run):
    """What was tried, for whoever runs it at full size."""
    by_status, by_route = Counter(), Counter()
    for (name, status), many in run.answers.items():
        by_status[status] += many
        by_route[name] += many
    lines = [
        f"{run.sent} requests with seed {SEED} over {len(by_route)} routes and {len(run.forms)} forms",
        "answers: " + ", ".join(f"{many} × {status}" for status, many in sorted(by_status.items())),
        *(
            f"  {way}: "
            + ", ".join(f"{many} × {status}" for (each, status), many in sorted(run.ways.items()) if each == way)
            for way in sorted({way for way, _ in run.ways})
        ),
        f"slowest: {run.slowest[0]:.2f} s, {run.slowest[1]}",
        f"wrong: {len(run.wrong)}",
    ]
    return "\n".join(lines)


def test_hostile_requests_to_pages_and_forms_do_no_harm(attack):
    # At full size looking at every page as every office takes more requests than that by itself.
    attack.attack(REQUESTS if is_full() else max(0, REQUESTS - attack.sent))
    print(told(attack), file=sys.stderr)
    unlike = {each.split("\n")[-1] or each.split("\n")[0]: each for each in attack.wrong}
    assert not attack.wrong, f"{told(attack)}\n\n" + "\n\n".join(list(unlike.values())[:25])
    assert {route.name for route in attack.routes} <= {name for name, _ in attack.answers}, "every route is attacked"
    assert len(attack.forms) > 25
