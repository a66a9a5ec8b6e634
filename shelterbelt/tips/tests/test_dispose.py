"""Tips whose time is over go by two people's word, and old backups lose them too. What is on hold stays."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from shelterbelt.approvals.actions import agree
from shelterbelt.tips.actions import keeping
from shelterbelt.tips.models import DisposalBatch, Disposed, MonthKey, StatFact, Tip
from shelterbelt.tips.rules.retention import expires_on, pushed, schedule_of
from shelterbelt.tips.sealing import months
from shelterbelt.tips.sealing.opening import body_of, contact_of
from shelterbelt.tips.tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1200)


@pytest.fixture
def closed_tip(a_tip, at_desk):
    """A tip that was closed and whose time is over."""

    def make(narrative="long ago", **more):
        tip = a_tip(narrative, **more).tip
        with at_desk():
            Tip.objects.filter(pk=tip.pk).update(state="closed", closed_at=NOW, expires_on=TODAY, kind=Tip.Kind.REAL)
        return tip

    return make


def dispose_of_all(town, acting, proposer="ada", second="sol"):
    with acting(proposer) as by:
        approval = keeping.propose_disposal(state=town.state, schedule="tip", up_to=TODAY, by=by, at=NOW)
    with acting(second) as by:
        agree(approval=approval, by=by, at=NOW)
    return DisposalBatch.objects


@pytest.mark.parametrize(
    ("kind", "life_safety", "code"),
    [("spam", False, "not_a_tip"), ("false", True, "untrue"), ("real", True, "life_safety"), ("real", False, "tip"),
     ("duplicate", False, "elsewhere")],
)  # fmt: skip
def test_every_tip_has_one_schedule(kind, life_safety, code):
    assert schedule_of(kind, is_life_safety=life_safety).code == code


def test_a_reporters_message_pushes_the_day():
    day = expires_on("spam", is_life_safety=False, closed_on=date(2026, 1, 1))
    assert day == date(2026, 4, 1)
    assert pushed(day, wrote_on=date(2026, 3, 20)) == date(2026, 4, 19)
    assert pushed(None, wrote_on=TODAY) is None


def test_two_people_dispose_and_the_key_is_gone_from_old_backups_too(town, acting, at_desk, closed_tip, a_tip):
    gone, kept = closed_tip("a secret of long ago"), a_tip("still open", contact={"name": "Nell"}).tip
    with at_desk():
        backup = Tip.objects.get(pk=gone.pk), Tip.objects.get(pk=kept.pk)
    dispose_of_all(town, acting)
    with at_desk():
        batch = DisposalBatch.objects.get()
        assert keeping.dispose(batch.pk, at=LATER) == 1
        assert not Tip.objects.filter(pk=gone.pk).exists()
        assert Disposed.objects.get().pk == gone.pk
        assert StatFact.objects.filter(step="received").count() == 2
        after = Tip.objects.get(pk=kept.pk)
        assert after.month_id == "2026-11.2"
        assert body_of(after)["narrative"] == "still open"
        assert contact_of(after) == {"name": "Nell"}
        assert MonthKey.objects.get(pk="2026-11.1").destroyed_at
        with pytest.raises(months.MonthGone):
            body_of(backup[0])
        assert body_of(backup[1])["narrative"] == "still open", "what survived is found from an old backup"


def test_a_disposal_stopped_half_way_goes_on(town, acting, at_desk, closed_tip, monkeypatch):
    closed_tip()
    dispose_of_all(town, acting)
    with at_desk():
        batch = DisposalBatch.objects.get()
        monkeypatch.setattr(keeping, "destroy_empty_keys", lambda **_: [])  # killed before the key was destroyed
        keeping.dispose(batch.pk, at=LATER)
        assert months.is_there("2026-11.1")
        monkeypatch.undo()
        assert keeping.dispose(batch.pk, at=LATER) == 0
        assert keeping.destroy_empty_keys(at=LATER) == ["2026-11.1"]
        assert not months.is_there("2026-11.1")


def test_tips_of_a_month_that_is_not_over_stay(town, acting, at_desk, closed_tip):
    closed_tip()
    dispose_of_all(town, acting)
    with at_desk():
        assert keeping.dispose(DisposalBatch.objects.get().pk, at=NOW) == 0
        assert Tip.objects.count() == 1


def test_what_is_on_hold_stays_until_it_is_lifted(town, acting, at_desk, closed_tip):
    tip = closed_tip()
    with acting("sol") as by:
        held = keeping.hold(tip=tip, reference="26BA-CV00001", by=by, at=NOW)
        with pytest.raises(ValidationError, match="on hold"):
            keeping.propose_disposal(state=town.state, schedule="tip", up_to=TODAY, by=by, at=NOW)
        keeping.lift_hold(held=held, by=by, at=NOW)
        keeping.propose_disposal(state=town.state, schedule="tip", up_to=TODAY, by=by, at=NOW)


def test_nobody_disposes_alone(town, acting, closed_tip):
    closed_tip()
    with acting("sol") as by:
        approval = keeping.propose_disposal(state=town.state, schedule="tip", up_to=TODAY, by=by, at=NOW)
        with pytest.raises(PermissionDenied):
            agree(approval=approval, by=by, at=NOW)
        assert DisposalBatch.objects.get().state == "proposed"


@pytest.mark.parametrize("name", ["cora", "pia", "pete", "greta"])
def test_who_does_not_work_at_the_desk_disposes_of_nothing(town, acting, name):
    with acting(name) as by, pytest.raises(PermissionDenied):
        keeping.propose_disposal(state=town.state, schedule="tip", up_to=TODAY, by=by, at=NOW)


@pytest.mark.parametrize("name", ["ada", "sol", "cora", "pia"])
def test_nobody_removes_a_tip_by_hand(acting, a_tip, at_desk, name):
    tip = a_tip().tip
    with acting(name):
        assert Tip.objects.filter(pk=tip.pk)._raw_delete(using="default") == 0
    with at_desk():
        assert Tip.objects.filter(pk=tip.pk).exists()
