"""A district's part comes to its schools as a task, never as a silent rewrite."""

import pytest
from django.core.exceptions import ValidationError

from shelterbelt.plans import actions
from shelterbelt.plans.models import ReviewTask
from shelterbelt.plans.tests.conftest import NOW


@pytest.fixture
def sent(begun, write, acting):
    """The district's lockdown annex, sent; and Linden's plan, begun after that."""
    cedar = begun("cedar")
    section = write(cedar, "lockdown", "<p>Lock every door.</p>", "ada")
    with acting("ada") as ada:
        actions.send_to_schools(section_id=section.pk, by=ada, at=NOW)
    return section, begun("linden")


def _change(section, write, acting, text="<p>Lock every door at once.</p>"):
    write(section.plan, "lockdown", text, "ada")
    with acting("ada") as ada:
        actions.send_to_schools(section_id=section.pk, by=ada, at=NOW)


def test_a_school_begins_with_what_its_district_sent(sent, acting):
    _, linden = sent
    with acting("ben"):
        lockdown = linden.sections.select_related("accepted").get(key="lockdown")
    assert lockdown.html == "<p>Lock every door.</p>"
    assert lockdown.body == ""


def test_what_the_school_completes_stands_after_the_districts_text(sent, write, acting):
    write(sent[1], "lockdown", "<p>Room 12 has no lock.</p>")
    with acting("ben"):
        lockdown = sent[1].sections.select_related("accepted").get(key="lockdown")
    assert lockdown.html == "<p>Lock every door.</p><p>Room 12 has no lock.</p>"


def test_a_change_is_a_task_and_the_school_keeps_its_text_until_then(sent, write, acting):
    section, linden = sent
    _change(section, write, acting)
    with acting("ben") as ben:
        lockdown = linden.sections.select_related("accepted").get(key="lockdown")
        assert lockdown.html == "<p>Lock every door.</p>"
        task = linden.tasks.open().get()
        actions.settle_change(task=task, outcome="accepted", by=ben, at=NOW)
        lockdown.refresh_from_db()
        assert lockdown.html == "<p>Lock every door at once.</p>"
        assert not linden.tasks.open().exists()


def test_a_school_may_keep_its_text_and_says_why(sent, write, acting):
    section, linden = sent
    _change(section, write, acting)
    with acting("ben") as ben:
        task = linden.tasks.open().get()
        with pytest.raises(ValidationError, match="Say why"):
            actions.settle_change(task=task, outcome="kept", by=ben, at=NOW)
        actions.settle_change(task=task, outcome="kept", by=ben, at=NOW, note="Our doors lock by themselves.")
        lockdown = linden.sections.select_related("accepted").get(key="lockdown")
    assert lockdown.html == "<p>Lock every door.</p>"


def test_a_school_may_put_both_together(sent, write, acting):
    section, linden = sent
    own = write(linden, "lockdown", "<p>Room 12 has no lock.</p>")
    _change(section, write, acting)
    with acting("ben") as ben:
        task = linden.tasks.open().get()
        actions.settle_change(
            task=task, outcome="merged", body="<p>Room 12: use room 14.</p>", based_on=own.revision, by=ben, at=NOW
        )
        lockdown = linden.sections.select_related("accepted").get(key="lockdown")
    assert lockdown.html == "<p>Lock every door at once.</p><p>Room 12: use room 14.</p>"


def test_a_later_change_takes_the_place_of_one_that_waits(sent, write, acting):
    section, linden = sent
    _change(section, write, acting)
    _change(section, write, acting, "<p>Lock every door, quietly.</p>")
    with acting("ben"):
        assert linden.tasks.open().get().offered.body == "<p>Lock every door, quietly.</p>"
        assert linden.tasks.filter(outcome=ReviewTask.Outcome.PASSED).count() == 1


def test_what_a_districts_board_adopts_is_offered_to_its_schools(begun, adopted, acting):
    linden = begun("linden")
    adopted("cedar")
    with acting("ben"):
        assert sorted(task.section.key for task in linden.tasks.open()) == ["evacuate", "lockdown"]
        assert linden.sections.get(key="lockdown").source is not None
