"""Files, second persons and stand-ins of the invented state are such as the rooms themselves would have kept."""

import json
from collections import Counter

import pytest

from shelterbelt.approvals.verbs import VERBS
from shelterbelt.core.storage import file_store
from shelterbelt.demo.generators import prepare
from shelterbelt.demo.tests.test_invented_state import TODAY, invented
from shelterbelt.documents.demonstration.contents import CONTENTS
from shelterbelt.documents.rules import LEADING, kind_of
from shelterbelt.people.rules import LONGEST_STAND_IN_DAYS, TWO_PERSON_OFFICES
from shelterbelt.tips.actions import keeping, unmasking  # noqa: F401  their verbs are registered as they are read


@pytest.fixture(scope="module")
def rows():
    """The rows of a small state, by table, as words to values."""
    found = {}
    for each in invented(0.05)[1]:
        made = [dict(zip(each.columns, row, strict=True)) for row in each.rows]
        found.setdefault(each.table, []).extend(made)
    return found


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: content.name)
def test_every_file_is_what_its_name_says_and_can_be_opened(content):
    prepare()
    assert kind_of(content.held[:LEADING]) == content.kind
    assert content.name.endswith(content.kind.endings)
    with file_store().open(content.sha256) as file:
        assert file.read() == content.held


def test_every_kind_of_record_is_there(rows):
    empty = {"orgs_formername", "orgs_formeropening"}  # so small a state may have none
    assert all(many for table, many in rows.items() if table not in empty)
    assert {
        "approvals_approval", "attestations_reminder", "documents_document", "drills_attachment", "orgs_directoryimport",
        "people_invitation", "people_standin",
    } <= set(rows)  # fmt: skip


def test_files_lie_with_those_whose_records_they_belong_to(rows):
    where = {document["id"]: document["org_id"] for document in rows["documents_document"]}
    assert all(where[each["document_id"]] == each["school_id"] for each in rows["drills_attachment"])
    documented = [each for each in rows["attestations_attestation"] if each["document_id"]]
    assert documented
    assert all(where[each["document_id"]] == each["org_id"] for each in documented)


def test_what_waits_for_a_second_person_could_be_done(rows):
    for approval in rows["approvals_approval"]:
        assert set(json.loads(approval["given"])) == set(VERBS[approval["verb"]].takes)
        assert approval["asked_by_id"] != approval["decided_by_id"] or approval["decision"] == "withdrawn"


def test_who_stands_in_holds_another_office_for_some_weeks(rows):
    held = {each["id"]: each for each in rows["people_appointment"]}
    for each in rows["people_standin"]:
        lent = held[each["appointment_id"]]
        assert lent["org_id"] == each["org_id"]
        assert lent["person_id"] != each["person_id"]
        assert lent["office"] not in TWO_PERSON_OFFICES
        assert 0 < (each["until_on"] - each["from_on"]).days <= LONGEST_STAND_IN_DAYS


def test_invitations_are_answered_run_out_or_wait(rows):
    ends = Counter(
        "accepted" if each["accepted_at"] else "open" if each["expires_at"].date() > TODAY else "over"
        for each in rows["people_invitation"]
    )
    assert ends["accepted"] > ends["over"] > 0
    assert all(each["made_at"].date() <= TODAY for each in rows["people_invitation"])
