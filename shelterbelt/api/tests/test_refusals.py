"""How the API refuses: always as a problem in JSON, with a sentence, and with nothing written."""

import json
from contextlib import ExitStack

import pytest
from django.test import Client

from shelterbelt.access.answering import TOGETHER
from shelterbelt.access.limits import GATES
from shelterbelt.access.scope import acting_as_system
from shelterbelt.api.operations import operations
from shelterbelt.core.gates import PATIENCE
from shelterbelt.core.problems import MEDIA_TYPE
from shelterbelt.demo import factories as a
from shelterbelt.drills.tests.conftest import TODAY
from shelterbelt.drills.tests.test_api import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def cora(monkeypatch):
    monkeypatch.setattr("shelterbelt.core.clock.today", lambda: TODAY)
    with acting_as_system("install", today=TODAY, reason="test"):
        a.a_state()
        cora = a.a_person(
            "Cora", office="principal", at=a.a_school("Linden Creek", district=a.a_district("Cedar Fork"))
        )
    client = Client(enforce_csrf_checks=True)
    client.force_login(cora)
    return client


def problem(answer):
    assert answer["Content-Type"] == MEDIA_TYPE
    told = answer.json()
    assert told["status"] == answer.status_code
    return answer.status_code, told["detail"]


@pytest.mark.parametrize("each", list(operations()), ids=lambda each: f"{each.method} {each.address}")
def test_nobody_gets_further_than_a_401(each):
    address = each.address
    for step, value in (("{int:org_id}", "1"), ("{int:school_id}", "1"), ("{output_id}", "D-O5")):
        address = address.replace(step, value)
    address = "/".join(
        "00000000-0000-4000-8000-000000000000" if "{uuid" in step else step for step in address.split("/")
    )
    answer = Client().generic(each.method, f"{address}?limit=no", "{", "application/json")
    assert problem(answer) == (401, "Sign in first.")


def test_what_is_sent_needs_the_token_of_the_session(cora):
    def record(**headers):
        return cora.post("/api/v1/schools/1/drills", json.dumps(sent()), "application/json", headers=headers)

    assert problem(record()) == (403, "Send the value of the cookie csrftoken in the header X-CSRFToken.")
    assert cora.get("/api/v1/me").status_code == 200
    assert problem(record(X_CSRFToken=cora.cookies["csrftoken"].value))[0] == 404


def test_an_unknown_address_is_a_problem_and_no_page(cora):
    for address in ("/api/v1/nothing", "/api/", "/api/v1/organisations/abc", "/api/v1/drills/7", "/api/v1/me/"):
        assert problem(cora.get(address)) == (404, "There is nothing here, or nothing that you may see.")


def test_another_method_is_told_which_ones_there_are(cora):
    client = Client()
    client.cookies = cora.cookies
    answer = client.delete("/api/v1/me")
    assert problem(answer)[0] == 405
    assert answer["Allow"] == "GET"


def test_what_is_no_json_is_refused(cora):
    client = Client()
    client.cookies = cora.cookies

    def record(body, kind="application/json"):
        return problem(client.generic("POST", "/api/v1/schools/1/drills", body, kind))

    assert record("kind=fire", "application/x-www-form-urlencoded") == (415, "Send application/json.")
    for body in ("{", b"\xff\xfe", "[" * 200_000, "9" * 5000):
        assert record(body) == (400, "What was sent is no JSON.")
    for body in ("[]", "null", "7", '"text"'):
        assert record(body)[0] == 422
    assert record(json.dumps({"place": "x" * 3_000_000})) == (413, "This is more than is taken at once.")


def test_a_fault_of_ours_is_told_without_what_it_was(cora, monkeypatch):
    def fails(*_, **__):
        raise RuntimeError("secret")

    monkeypatch.setattr("shelterbelt.home.api.current", fails)
    cora.raise_request_exception = False
    answer = cora.get("/api/v1/outputs")
    assert problem(answer) == (500, "Something went wrong here. Nothing was changed.")
    assert b"secret" not in answer.content


def test_programs_leave_threads_to_people(cora):
    gate = GATES["programs"]
    with ExitStack() as others:
        for _ in range(TOGETHER):
            assert others.enter_context(gate.turn())
        gate._patience = 0.05
        answer = cora.get("/api/v1/me")
        gate._patience = PATIENCE
    assert problem(answer)[0] == 503
    assert answer["Retry-After"] == "10"
    assert cora.get("/api/v1/me").status_code == 200


def test_head_is_answered_as_get(cora):
    assert cora.head("/api/v1/me").status_code == 200


def test_the_description_and_its_page_are_for_everybody():
    told = Client().get("/api/v1/openapi.json").json()
    assert "/api/v1/drills/{drill_id}" in told["paths"]
    page = Client().get("/api/v1/")
    assert page["Content-Type"].startswith("text/html")
    assert "What can programs ask and send?" in page.content.decode()


def test_no_two_parts_of_the_description_share_a_name():
    named = {}
    for each in operations():
        for model in [*each.operation.models, *each.operation.response_models.values()]:
            for name, part in (model.model_json_schema().get("$defs", {}) if model else {}).items():
                assert named.setdefault(name, part) == part, f"{name} is described twice, and the second is lost"


@pytest.mark.parametrize("address", ["/sign-in/", "/api/v1/schools/1/drills"])
def test_letters_that_nobody_can_read_are_refused_and_not_stumbled_over(cora, address):
    answer = Client(enforce_csrf_checks=True).post(
        address, "a=b", "application/x-www-form-urlencoded; charset=utf-16"
    )  # fmt: skip
    assert answer.status_code in {400, 403, 415}
