"""A version: draft, in review, adopted, in force, superseded; and frozen all the while."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from shelterbelt.plans import actions
from shelterbelt.plans.models import Version
from shelterbelt.plans.queries import draft_of, plan_in_force
from shelterbelt.plans.rules import freezing
from shelterbelt.plans.tests.conftest import NOW, TODAY


def test_a_board_adopts_what_was_reviewed_and_the_next_draft_is_open(adopted, acting):
    version = adopted("linden")
    with acting("ben"):
        kept = Version.objects.with_content().get(pk=version.pk)
        assert kept.state == "in_force"
        assert [part["key"] for part in kept.parts][:2] == ["evacuate", "lockdown"]
        assert freezing.is_whole(kept.content, kept.sha256)
        assert draft_of(kept.plan).number == 2
        assert plan_in_force(kept.plan.org, on=TODAY) == kept
        assert plan_in_force(kept.plan.org, on=date(2026, 10, 14)) is None


def test_nobody_writes_while_a_version_is_in_review(begun, write, acting):
    plan = begun("linden")
    section = write(plan, "lockdown", "<p>Lock the doors.</p>")
    with acting("ben") as ben:
        actions.send_to_review(version=draft_of(plan), by=ben, at=NOW)
        with pytest.raises(PermissionDenied, match="in review"):
            actions.save_section(section_id=section.pk, body="<p>x</p>", based_on=1, by=ben, at=NOW)
        actions.call_off_review(version=draft_of(plan), by=ben)
        saved = actions.save_section(section_id=section.pk, body="<p>x</p>", based_on=1, by=ben, at=NOW)
    assert saved.section.revision == 2


def test_a_principal_cannot_record_the_boards_decision(begun, write, acting):
    plan = begun("linden")
    write(plan, "lockdown", "<p>Lock the doors.</p>")
    with acting("ben") as ben:
        version = actions.send_to_review(version=draft_of(plan), by=ben, at=NOW)
        with pytest.raises(PermissionDenied, match="district records"):
            actions.adopt(version=version, adopted_on=TODAY, meeting="Regular", by=ben, at=NOW)


def test_the_database_refuses_to_change_a_frozen_version(adopted, acting):
    version = adopted("linden")
    with acting("sue"):
        for change in (
            "content = '[]'",
            "sha256 = repeat('0', 64)",
            "adopted_on = '2026-01-01', from_on = '2026-01-01'",
        ):
            with pytest.raises(IntegrityError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"update plans_version set {change} where id = %s", [version.pk])


def test_an_empty_plan_does_not_go_to_review(begun, acting):
    plan = begun("linden")
    with acting("ben") as ben, pytest.raises(ValidationError, match="Nothing is written"):
        actions.send_to_review(version=draft_of(plan), by=ben, at=NOW)
