"""A tip is filed at the door, sealed, and taken in at the desk."""

import pytest
from django.db import ProgrammingError, connection, transaction

from shelterbelt.tips.actions import filing, intake
from shelterbelt.tips.actions.months import keep_months
from shelterbelt.tips.models import Done, StatFact, Tip
from shelterbelt.tips.queries.given_code import tell_receipt
from shelterbelt.tips.sealing import codes
from shelterbelt.tips.sealing.months import MonthGone
from shelterbelt.tips.sealing.opening import body_of, key_of
from shelterbelt.tips.tests.conftest import NOW

pytestmark = pytest.mark.django_db
WORDS = "Somebody hid a strange zebra behind the bleachers"


def test_the_desk_reads_what_the_reporter_said(a_tip, acting):
    filed = a_tip(WORDS)
    with acting("ada"):
        assert body_of(Tip.objects.get())["narrative"] == WORDS
        assert filed.tip.school.name == "Linden Creek Elementary"


def test_the_same_form_sent_twice_is_one_tip_and_tells_its_code_once(filing_of, line, at_desk):
    filed = filing_of(WORDS)
    with line():
        first, second = filing.file_tip(filed, at=NOW), filing.file_tip(filed, at=NOW)
    assert first.code
    assert second == filing.Receipt(filed.id, None, None)
    with at_desk():
        assert Tip.objects.count() == 1


@pytest.mark.parametrize("name", ["cora", "greta", "pia", "tom", "pete", "ben"])
def test_whom_it_was_not_referred_to_it_does_not_exist_for(a_tip, acting, name):
    a_tip(WORDS)
    with acting(name):
        assert not Tip.objects.exists()


def test_the_line_reads_the_one_tip_whose_code_was_given(a_tip, line):
    mine, other = a_tip(WORDS), a_tip("another")
    with line(), transaction.atomic():
        tell_receipt(b"")
        assert not Tip.objects.only("id").exists()
        tell_receipt(codes.keys_of(mine.code).receipt)
        assert [tip.pk for tip in Tip.objects.only("id")] == [mine.tip.pk]
        assert other.tip.pk != mine.tip.pk


@pytest.mark.parametrize("table", ["tips_done", "tips_referral", "tips_statfact", "people_person", "access_auditentry"])
def test_the_line_cannot_look_elsewhere(town, line, table):
    with line(), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(f"select 1 from {table}")


def test_a_code_opens_the_key_however_it_is_typed(a_tip, at_desk):
    filed = a_tip(WORDS)
    typed = "  1. " + filed.code.upper().replace(" ", " - ") + "  "
    with at_desk():
        [keys] = codes.candidates(typed)
        assert codes.unwrap(Tip.objects.get().key_for_code, keys) == key_of(Tip.objects.get())


def test_nothing_that_was_said_stands_in_the_database_in_clear(a_tip, at_desk, as_owner):
    filed = a_tip(WORDS)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "select t::text from tips_tip t union all select before::text || after::text from access_auditentry"
        )
        everything = " ".join(str(row[0]) for row in cursor.fetchall())
    assert "zebra" not in everything
    assert filed.code not in everything
    assert WORDS.encode().hex() not in everything


@pytest.mark.parametrize(
    ("more", "because"),
    [
        ({"event_types": ["gun", "bullying"]}, "event_type"),
        ({"narrative": "he wants to KILL himself"}, "phrase"),
        ({"narrative": "Quiere morir"}, "phrase"),
        ({"is_happening_now": True}, "reporter"),
        ({}, ""),
    ],
)
def test_life_safety_is_seen_at_the_door(a_tip, more, because):
    assert a_tip(**more).tip.life_safety_because == because


def test_taking_in_counts_once_and_wraps_the_key_for_the_desk(a_tip, at_desk):
    a_tip(WORDS)
    with at_desk():
        assert intake.take_in(at=NOW) == 0
        tip = Tip.objects.get()
        assert not tip.key_at_door
        assert StatFact.objects.filter(step="received", on="2026-11-18", region__name="Heart of Missouri").count() == 1
        assert Done.objects.get().verb == "file"


def test_a_tip_without_proof_of_work_waits_for_its_turn(filing_of, line, at_desk):
    filed = filing_of(WORDS)
    later = NOW.replace(hour=21)
    with line():
        filing.file_tip(filed, at=NOW, release_at=later)
    with at_desk():
        assert intake.take_in(at=NOW) == 0
        assert intake.take_in(at=later) == 1


def test_after_a_restore_without_the_folder_of_keys_new_tips_are_sealed_for_a_key_that_is_there(
    a_tip, at_desk, settings, tmp_path
):
    lost = a_tip("before the fire").tip
    settings.TIP_KEYS = tmp_path / "empty"
    with at_desk():
        assert keep_months(at=NOW) == ["2026-11.2", "2026-12.2"]
        assert keep_months(at=NOW) == []
    kept = a_tip("after it").tip
    with at_desk():
        assert body_of(kept)["narrative"] == "after it"
        with pytest.raises(MonthGone):
            body_of(lost)
