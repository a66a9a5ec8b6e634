"""Writing a section: every text is kept, and two people at once lose nothing."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from shelterbelt.plans import actions
from shelterbelt.plans.models import Section, SectionRevision
from shelterbelt.plans.queries import draft_of
from shelterbelt.plans.tests.conftest import NOW


def test_whoever_comes_second_sees_both_texts_and_merges(begun, write, acting):
    plan = begun("linden")
    section = write(plan, "lockdown", "<p>Lock the doors.</p>")
    with acting("ben") as ben:
        actions.save_section(section_id=section.pk, body="<p>Ben's text.</p>", based_on=1, by=ben, at=NOW)
    with acting("sam") as sam:
        saved = actions.save_section(section_id=section.pk, body="<p>Sam's text.</p>", based_on=1, by=sam, at=NOW)
        assert saved.is_conflict
        assert saved.section.body == "<p>Ben's text.</p>"
        assert saved.aside is not None
        merged = actions.merge_section(
            section_id=section.pk,
            aside_id=saved.aside.pk,
            body="<p>Ben's and Sam's text.</p>",
            based_on=2,
            by=sam,
            at=NOW,
        )
    assert not merged.is_conflict
    assert merged.section.revision == 3
    with acting("ben"):
        kept = SectionRevision.objects.filter(section=section).order_by("pk")
        assert [row.body for row in kept] == [
            "<p>Lock the doors.</p>",
            "<p>Ben's text.</p>",
            "<p>Sam's text.</p>",
            "<p>Ben's and Sam's text.</p>",
        ]
        assert not kept.filter(origin="aside", settled_at=None).exists()


def test_the_same_text_sent_twice_is_one_revision(begun, write, acting):
    plan = begun("linden")
    section = write(plan, "lockdown", "<p>Lock the doors.</p>")
    with acting("ben") as ben:
        again = actions.save_section(section_id=section.pk, body=section.body, based_on=0, by=ben, at=NOW)
    assert not again.is_conflict
    assert again.section.revision == 1


def test_the_owner_of_a_section_writes_it_and_no_other(begun, write, acting, town):
    plan = begun("linden")
    with acting("ben") as ben:
        cardiac = plan.sections.get(key="cardiac")
        actions.assign_section(section=cardiac, owner=town.people["tom"], by=ben)
    assert write(plan, "cardiac", "<p>Fetch the AED.</p>", "tom").state == "writing"
    with pytest.raises(PermissionDenied, match="principal or safety coordinator"):
        write(plan, "lockdown", "<p>x</p>", "tom")


def test_a_script_pasted_into_a_section_is_not_kept(begun, write):
    section = write(begun("linden"), "lockdown", "<p onclick='x()'>Stay<script>steal()</script> in.</p>")
    assert section.body == "<p>Stay in.</p>"


@pytest.mark.django_db(transaction=True)
def test_a_save_that_meets_the_freeze_waits_and_is_refused(begun, write, acting):
    plan = begun("linden")
    section = write(plan, "lockdown", "<p>Lock the doors.</p>")
    said: list[str] = []

    def late() -> None:
        with acting("sam") as sam:
            try:
                actions.save_section(section_id=section.pk, body="<p>Late.</p>", based_on=1, by=sam, at=NOW)
            except PermissionDenied as error:
                said.append(str(error))
        connection.close()

    with transaction.atomic(), acting("ben") as ben:
        version = actions.send_to_review(version=draft_of(plan), by=ben, at=NOW)
        other = threading.Thread(target=late)
        other.start()
        other.join(0.5)
        assert other.is_alive()  # it waits for the freeze
    other.join(10)
    assert "in review" in said[0]
    with acting("ben"):
        assert Section.objects.get(pk=section.pk).body == "<p>Lock the doors.</p>"
        assert "<p>Lock the doors.</p>" in [part["html"] for part in version.parts]
