"""The API's own description, turned against it: schemathesis makes what fits it and what doesn't, as several offices.

Every answer must be one that the description names, in the shape that it names; what doesn't fit must be refused, and
nobody gets anything without signing in. `make fuzz` sends thousands.
"""

import copy
import sys
from collections import Counter
from dataclasses import dataclass, field

import hypothesis
import pytest
import schemathesis
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from hypothesis import HealthCheck, Phase
from schemathesis import GenerationMode, checks
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi import checks as of_openapi

from shelterbelt.access.scope import acting_as_system
from shelterbelt.api.describing import described
from tests.attack.fuzzing import REQUESTS, SEED, guards
from tests.attack.fuzzing.attacking import TOKEN, session_of
from tests.attack.fuzzing.raw import Answer, Sent
from tests.attack.fuzzing.targets import Keys
from tests.attack.world import TODAY

ROLES = ("principal", "district_coordinator", "responder", "state_office", "nobody")
EXAMPLES = max(5, REQUESTS // 300)
"""For each operation, office and kind of example."""
# The other checks of schemathesis guess: that what fits the description is always accepted (a day without figures
# fits it, too), or what an operation does with methods and headers that it doesn't name (see test_refusals.py).
CHECKS = [
    checks.not_a_server_error,
    of_openapi.status_code_conformance,
    of_openapi.content_type_conformance,
    of_openapi.response_headers_conformance,
    of_openapi.response_schema_conformance,
    of_openapi.negative_data_rejection,
]


@dataclass
class Run:
    """The operations, who asks, and what came of it."""

    schema: schemathesis.BaseSchema
    keys: Keys
    sessions: dict[str, str]
    foreign: guards.ForeignRows
    answers: Counter[int] = field(default_factory=Counter)

    def ask(self, case: schemathesis.Case, role: str) -> None:
        """Send one example as somebody, hold the answer against the description, and undo what it did."""
        self._put_keys(case)
        before = self.foreign.digest() if case.method != "GET" else {}
        cookies = {"csrftoken": TOKEN}
        if role in self.sessions:
            cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        with transaction.atomic():
            answer = case.call(cookies=cookies, headers={"X-CSRFToken": TOKEN})
            self.answers[answer.status_code] += 1
            found = guards.faults(
                Sent(case.method, case.formatted_path),
                Answer(answer.status_code, _first(answer.headers), answer.content),
                role,
            )
            if role == "nobody" and answer.status_code < 400:
                found.append("answers somebody who hasn't signed in")
            if before and role not in guards.SEES_ALL and self.foreign.digest() != before:
                found.append("changes rows of the foreign district")
            transaction.set_rollback(True)
        assert not found, f"{'; '.join(found)}: {case.as_curl_command()} as {role}: {answer.content[:500]!r}"
        case.validate_response(answer, checks=CHECKS)

    def _put_keys(self, case: schemathesis.Case) -> None:
        """Three times of four, what stands in the address is a key of something that is there; unless it is the fault."""
        if case.meta is not None and case.meta.is_negative_at(ParameterLocation.PATH):
            return
        for name, value in (case.path_parameters or {}).items():
            fitting = self.keys.fitting(name)
            # From the example itself, so that the same example asks the same again.
            number = sum(repr(value).encode()) + len(repr(case.query)) + len(repr(case.body))
            if number % 4 and fitting:
                case.path_parameters[name] = fitting[number % len(fitting)]


def _first(headers: dict[str, list[str]]) -> dict[str, str]:
    return {name: values[0] for name, values in headers.items()}


@pytest.fixture
def run(world, as_owner, quiet, one_transaction):
    with acting_as_system("install", today=TODAY, reason="keys to try"):
        keys = Keys()
    sessions = {role: session_of(world.people[role]) for role in ROLES if role != "nobody"}
    schema = schemathesis.openapi.from_dict(_without_signing_in(described()))
    schema.app = WSGIHandler()
    return Run(schema, keys, sessions, guards.ForeignRows(world, as_owner))


def _without_signing_in(told):
    """The run signs in itself; else the cookie would be one more thing to leave out and wonder at."""
    told = copy.deepcopy(told)
    del told["components"]["securitySchemes"]
    for methods in told["paths"].values():
        for operation in methods.values():
            operation.pop("security", None)
    return told


def test_every_operation_answers_as_it_is_described_whatever_is_sent(run):
    for number, found in enumerate(run.schema.get_all_operations()):
        for role in ROLES:
            for mode in GenerationMode:
                _examples(run, found.ok(), role, mode, SEED + number)
    print(f"{sum(run.answers.values())} requests to the API: {dict(sorted(run.answers.items()))}", file=sys.stderr)
    assert {200, 401, 403, 404, 422} <= set(run.answers)


def _examples(run, operation, role, mode, seed):
    if mode == GenerationMode.NEGATIVE and not list(operation.iter_parameters()) and not operation.body:
        return  # nothing is sent, so nothing can be wrong

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(mode))
    def ask(case):
        run.ask(case, role)

    ask()
