"""Somebody with the owner's login can change the trail; nobody can do it unnoticed."""

import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from shelterbelt.access.audit import heads, keeping, keys, sealing
from shelterbelt.access.audit.verifying import Report, verify
from shelterbelt.access.models import AuditEntry, AuditHead, AuditSeal
from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.attestations.models import Attestation
from shelterbelt.core import clock
from shelterbelt.demo import factories
from shelterbelt.orgs.models import Org

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
Tamper = Callable[..., None]


@pytest.fixture(autouse=True)
def kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(keeping, "folder", lambda: tmp_path / "audit")
    return tmp_path


@pytest.fixture
def trail(transactional_db: None) -> list[int]:
    """Cora reports thrice, in three transactions; the numbers of the entries."""
    with acting_as_system("demonstration", today=TODAY, reason="test"):
        cora = factories.a_person("Cora", office="principal", at=factories.a_school("Linden"))
    sealing.seal()
    for output in ("B-O2", "B-O3", "D-O3"):
        with acting_as(cora.pk, today=TODAY):
            school = Org.objects.schools().get()
            Attestation.objects.create(org=school, output=output, year=2026, answers={}, made_on=TODAY)
        _sealed()
    with acting_as_system("install", today=TODAY, reason="test"):
        found = AuditEntry.objects.filter(thing="attestations_attestation").order_by("id")
        return list(found.values_list("pk", flat=True))


def _sealed() -> None:
    """Seal; a transaction elsewhere on the server may hold up the last entries for a moment."""
    for _ in range(200):
        sealing.seal()
        if not _report().unsealed:
            return
    raise AssertionError("never sealed")


def _report(*against: heads.Head) -> Report:
    return verify(today=TODAY, against=against)


def _wrong(*against: heads.Head) -> list[str]:
    return _report(*against).wrong


@pytest.fixture
def as_the_owner() -> Tamper:
    """What somebody does who has the owner's login, and knows that row security binds it too."""

    def tamper(*statements: str) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local role none")
            for table in ("access_auditentry", "access_auditseal", "access_audithead", "access_auditkey"):
                cursor.execute(f"alter table {table} no force row level security")
            for statement in statements:
                cursor.execute(statement)
            cursor.execute("set local role shelterbelt_app")

    return tamper


def _sign(today: date = TODAY) -> heads.Head:
    with acting_as_system("clock", today=today, reason="test"):
        head = heads.sign_now(at=clock.now())
    assert head is not None
    return head


# The links and digests are made anew as our own function makes them: the best an attacker can do.
SEALED_ANEW = (
    """
create function pg_temp.anew() returns void language plpgsql set timezone = 'UTC' set datestyle = 'ISO, YMD' as $$
declare
    s access_auditseal;
    last bytea := '';
begin
    for s in select * from access_auditseal order by seq loop
        select coalesce(array_agg(e.id order by e.id), '{}'), count(*), coalesce(string_agg(substr(sha256(convert_to(
            """
    + sealing.ENTRY
    + """, 'UTF8')), 1, 16), '' order by e.id), '')
            into s.ids, s.count, s.digests
            from access_auditentry e where e.id = any (s.ids);
        s.previous := last;
        last := sha256(last || convert_to(concat_ws('|', s.seq, s.day, s.sealed_at, s.cluster, s.from_tx, s.until_tx,
            s.next_tx, s.after_id, s.count), 'UTF8') || sha256(convert_to(s.ids::text, 'UTF8')) || sha256(s.digests));
        update access_auditseal set ids = s.ids, count = s.count, digests = s.digests, previous = s.previous,
            link = last where seq = s.seq;
    end loop;
end $$;
select pg_temp.anew();
"""
)


def test_a_trail_that_nobody_touched_is_whole(trail) -> None:
    _sign()
    report = _report()
    assert report.wrong == []
    assert report.entries == sum(_counts())
    assert report.seals >= 4
    assert report.head is not None


def _counts() -> list[int]:
    with acting_as_system("install", today=TODAY, reason="test"):
        return list(AuditSeal.objects.values_list("count", flat=True))


CHANGES = (
    "actor = 'person:1'", "at = at - interval '1 day'", "became = replace(became, 'B-O3', 'B-O1')", "reason = 'x'",
    "org_id = null", "closed = true", "acting_for = 7", "verb = 'delete'", "tx = tx - 1", "shape = null",
)  # fmt: skip


def test_a_changed_entry_is_named_whatever_changed_in_it(trail, as_the_owner) -> None:
    as_the_owner(f"create table keep as select * from access_auditentry where id = {trail[1]}")
    for change in CHANGES:
        as_the_owner(f"update access_auditentry set {change} where id = {trail[1]}")
        (said,) = _wrong()
        assert said.startswith(f"Entry {trail[1]} ("), change
        assert "was changed after it was sealed" in said
        as_the_owner(
            f"delete from access_auditentry where id = {trail[1]}", "insert into access_auditentry select * from keep"
        )
    as_the_owner("drop table keep")
    assert _wrong() == []


def test_a_removed_entry_is_named(trail, as_the_owner) -> None:
    as_the_owner(f"delete from access_auditentry where id = {trail[1]}")
    (said,) = _wrong()
    assert said.startswith(f"Entry {trail[1]} was removed")


COPIED = "at, actor, reason, request, verb, thing, thing_id, org_id, shape, became"


def test_an_entry_inserted_among_sealed_ones_is_named(trail, as_the_owner) -> None:
    as_the_owner(
        f"insert into access_auditentry ({COPIED}, tx) select {COPIED}, tx from access_auditentry where id = {trail[1]}"
    )
    (said,) = _wrong()
    assert "was inserted among what was sealed" in said
    assert "by person:" in said


def test_an_entry_inserted_now_with_the_time_of_another_day_is_named(trail, as_the_owner) -> None:
    others = COPIED.removeprefix("at, ")
    as_the_owner(
        f"insert into access_auditentry (at, {others}, tx) select at - interval '3 days', {others},"
        f" pg_current_xact_id()::text::bigint from access_auditentry where id = {trail[1]}"
    )
    _sealed()
    (said,) = _wrong()
    assert "doesn't fit its time" in said


def test_a_changed_seal_a_missing_one_and_one_made_anew_are_named(trail, as_the_owner) -> None:
    as_the_owner("update access_auditseal set day = day - 1 where seq = 2")
    assert [one for one in _wrong() if "seal 2" in one and "was changed" in one]
    as_the_owner("update access_auditseal set day = day + 1 where seq = 2")
    assert _wrong() == []

    as_the_owner("create table keep as table access_auditseal", "delete from access_auditseal where seq = 2")
    wrong = _wrong()
    assert "Seals 2 to 2 are missing." in wrong
    assert [one for one in wrong if "was inserted among" in one]  # what it held is held by none
    as_the_owner("insert into access_auditseal select * from keep where seq = 2", "drop table keep")
    assert _wrong() == []


def test_changed_names_of_columns_are_named(trail, as_the_owner) -> None:
    as_the_owner("update access_auditshape set columns = replace(columns, 'output:', 'statement:')")
    assert [one for one in _wrong() if "attestations_attestation" in one and "were changed" in one]
    as_the_owner("delete from access_auditshape where thing = 'attestations_attestation'")
    assert [one for one in _wrong() if "were removed" in one]


def test_whoever_makes_all_seals_anew_is_found_by_the_signed_head(trail, as_the_owner, kept_here) -> None:
    head = _sign()
    as_the_owner(f"update access_auditentry set actor = 'person:1' where id = {trail[1]}", SEALED_ANEW)
    assert [one for one in _wrong() if "in the database doesn't fit" in one]
    as_the_owner("delete from access_audithead", "delete from access_auditkey")
    assert [one for one in _wrong() if "this host keeps doesn't fit" in one]
    with pytest.raises(keeping.NotTheSameTrail):  # and nothing new is signed as if nothing had happened
        _sign()
    keeping.set_aside("gone")
    assert _wrong() == []  # from inside nothing is left to see,
    (said,) = _wrong(head)  # but from elsewhere there is
    assert "that was kept elsewhere doesn't fit" in said


def test_whoever_cuts_off_the_end_is_found_by_the_head(trail, as_the_owner) -> None:
    head = _sign()
    as_the_owner(
        f"delete from access_auditseal where seq = {head.seal}",
        f"delete from access_auditentry where id = {trail[2]}",
        "delete from access_audithead",
    )
    keeping.set_aside("gone")
    assert _wrong() == []
    (said,) = _wrong(head)
    assert "the trail's end was removed" in said


def test_a_head_that_somebody_else_signed_is_not_taken(trail, as_the_owner, monkeypatch) -> None:
    _sign()
    as_the_owner("update access_audithead set signature = substr(signature, 1, 63) || 'x'::bytea")
    assert [one for one in _wrong() if "bears no good signature" in one]

    monkeypatch.setenv("SHELTERBELT_AUDIT_SIGNING_KEY", "another one")
    assert [one for one in _wrong() if "no trusted one vouches for" in one]


def test_after_a_rotation_old_heads_still_hold_without_the_old_key(trail, monkeypatch) -> None:
    monkeypatch.setenv("SHELTERBELT_AUDIT_SIGNING_KEY", "the first")
    first = _sign()
    monkeypatch.setenv("SHELTERBELT_AUDIT_SIGNING_KEY", "the second\nthe first")
    with acting_as_system("install", today=TODAY, reason="test"):
        keys.vouch()
    monkeypatch.setenv("SHELTERBELT_AUDIT_SIGNING_KEY", "the second")
    assert _wrong(first) == []
    monkeypatch.setenv("SHELTERBELT_AUDIT_SIGNING_KEY", "a stranger's")
    assert len(_wrong(first)) == 3  # in the database, kept here, kept elsewhere


def test_a_day_that_ended_is_signed_once_and_a_missing_head_is_named(trail, as_the_owner) -> None:
    def ended(on: date) -> list[date]:
        with acting_as_system("clock", today=on, reason="test"):
            return [head.day for head in heads.sign_days_before(on, at=clock.now())]

    (day,) = set(_days())
    assert ended(day) == []
    as_the_owner("update access_auditseal set day = day + (seq - 1)::int", SEALED_ANEW, "delete from access_audithead")
    days = _days()
    assert ended(days[-1]) == days[:-1]
    assert ended(days[-1]) == []
    assert _wrong() == []
    as_the_owner(f"delete from access_audithead where day = '{days[1]}'")
    assert [one for one in _wrong() if "is missing from the database" in one]


def _days() -> list[date]:
    with acting_as_system("install", today=TODAY, reason="test"):
        return sorted(set(AuditSeal.objects.values_list("day", flat=True)))


def test_on_another_server_an_epoch_begins_and_nothing_is_sealed_twice(trail, as_the_owner) -> None:
    """A copy restored elsewhere: transactions are counted anew, and what wasn't sealed before is in no order."""
    as_the_owner(
        "update access_auditseal set cluster = '1', until_tx = until_tx + 1000000",
        f"update access_auditentry set tx = tx + 1000000 where id = {trail[2]}",
        f"update access_auditseal set ids = array_remove(ids, {trail[2]})",
        SEALED_ANEW,
    )
    with acting_as_system("import", today=TODAY, reason="test"):
        factories.a_school("Willow")
    _sealed()
    assert _wrong() == []
    with acting_as_system("install", today=TODAY, reason="test"):
        ids = [number for seal in AuditSeal.objects.order_by("seq") for number in seal.ids]
        assert len(ids) == len(set(ids)) == AuditEntry.objects.count()
        assert AuditSeal.objects.filter(from_tx=0).count() == 2


def test_the_command_says_what_it_found_and_ends_with_a_one(trail, as_the_owner, kept_here) -> None:
    def run(*words: str) -> str:
        out = io.StringIO()
        call_command("audit", *words, stdout=out, stderr=io.StringIO())
        return out.getvalue()

    head = run("export-head")
    assert json.loads(head)["entries"] == sum(_counts())
    (kept_here / "head.json").write_text(head, encoding="utf-8")
    assert "Nothing is wrong." in run("verify", "--against", str(kept_here / "head.json"))

    as_the_owner(f"delete from access_auditentry where id = {trail[0]}")
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("audit", "verify", stdout=out, stderr=io.StringIO())
    assert ended.value.code == 1
    assert f"Entry {trail[0]} was removed" in out.getvalue()


@pytest.mark.parametrize("text", ["", "{}", "[]", "not JSON", '{"what": "a letter"}', "\x00"])
def test_a_file_that_is_no_head_is_refused_with_a_sentence(db, kept_here, text) -> None:
    file = kept_here / "head.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=r"head\.json: This file is no head"):
        call_command("audit", "verify", "--against", str(file))


def test_after_an_earlier_state_was_restored_heads_begin_anew(trail, as_the_owner, kept_here) -> None:
    head = _sign()
    as_the_owner(
        f"delete from access_auditseal where seq = {head.seal}",
        f"delete from access_auditentry where id = {trail[2]}",
        "delete from access_audithead",
    )
    with pytest.raises(CommandError, match="begin-anew"):
        call_command("audit", "export-head", stdout=io.StringIO())
    call_command("audit", "begin-anew", "--because", "the disk broke; restored from last night", stdout=io.StringIO())
    _sealed()
    _sign()
    assert _wrong() == []
    with acting_as_system("install", today=TODAY, reason="test"):
        assert AuditEntry.objects.get(thing_id="begin-anew").reason == "the disk broke; restored from last night"
        assert AuditHead.objects.count() == 1
