"""The supervisor sees who has how much and what lies too long; two people's verbs have their pages."""

import uuid
from datetime import timedelta

import pytest

from shelterbelt.approvals.models import Approval
from shelterbelt.tips.actions import claiming, closing, judging, linking, unmasking
from shelterbelt.tips.models import DisposalBatch, Hold, StatFact, Tip, UnmaskRequest
from shelterbelt.tips.queries import supervising
from shelterbelt.tips.sealing.opening import key_of
from shelterbelt.tips.sealing.words import unseal_text
from shelterbelt.tips.tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


def test_who_has_how_much(town, acting, a_tip):
    mine, _other = a_tip("one").tip, a_tip("two", event_types=["gun"]).tip
    with acting("ada") as by:
        claiming.claim(mine, by=by, at=NOW)
    with acting("sol"):
        loads = {load.person.name if load.person else "": load for load in supervising.workload(town.state.pk, NOW)}
    assert (loads["ada"].tips, loads["ada"].life_safety) == (1, 0)
    assert (loads[""].tips, loads[""].life_safety) == (1, 1)
    assert loads["ray"].tips == 0


def test_what_went_to_nobody_for_an_hour_is_shown(town, acting, a_tip):
    tip, spam = a_tip("one").tip, a_tip("two").tip
    with acting("sol"):
        Tip.objects.filter(pk=spam.pk).update(kind="spam")
        assert not supervising.unreferred(town.state.pk, NOW).exists()
        assert [each.pk for each in supervising.unreferred(town.state.pk, LATER)] == [tip.pk]


def test_what_waits_at_the_door_is_let_through_by_the_supervisor(town, client_of, acting, filing_of, line, at_desk):
    from shelterbelt.tips.actions import filing, intake

    with line():
        filing.file_tip(filing_of("held"), at=NOW, release_at=LATER)
    assert b"1 tip waits at the door" in client_of("sol").get("/desk/overview/").content
    assert client_of("ada").post("/desk/overview/release/").status_code == 403
    client_of("sol").post("/desk/overview/release/")
    with at_desk():
        assert intake.take_in(at=NOW) == 1


@pytest.mark.parametrize(("name", "status"), [("sol", 200), ("ada", 403), ("cora", 403), ("pia", 403), ("pete", 403)])
def test_who_sees_the_overview(town, client_of, name, status):
    assert client_of(name).get("/desk/overview/").status_code == status


def test_a_supervisor_closes_many_that_are_no_tips_for_one_reason(client_of, acting, a_tip):
    spam, prank, real, sent = (a_tip(str(number)).tip for number in range(4))
    with acting("ada") as ada:
        for tip, kind in ((spam, "spam"), (prank, "prank"), (sent, "false")):
            judging.judge(tip, kind=kind, reason="Clearly", by=ada, at=NOW)
    with acting("ada"):
        Tip.objects.filter(pk=sent.pk).update(state="dispatched")  # its recipients owe an outcome
    sol, page = client_of("sol"), "/desk/overview/no-tips/"
    assert b"2 are said to be spam" in sol.get("/desk/overview/").content
    assert sol.post(page, {"tips": [spam.pk, prank.pk], "because": " "}).status_code == 422
    for foreign in (real.pk, sent.pk, "x", uuid.uuid4()):
        assert sol.post(page, {"tips": [foreign], "because": "A flood"}).status_code == 422
    assert client_of("ada").post(page, {"tips": [spam.pk], "because": "A flood"}).status_code == 403
    assert sol.post(page, {"tips": [spam.pk, prank.pk], "because": "A flood"}).status_code == 302
    assert b"Nothing waits to be closed" in sol.get(page).content
    with acting("sol"):
        states = dict(Tip.objects.values_list("pk", "state"))
        why = Tip.objects.get(pk=spam.pk)
        assert unseal_text(key_of(why), why.closed_because, kind="closed_because", of=why.pk) == "A flood"
    assert states == {spam.pk: "closed", prank.pk: "closed", real.pk: "received", sent.pk: "dispatched"}


def test_a_duplicate_ends_with_the_tip_that_it_repeats_and_may_be_disposed_of_one_day(acting, a_tip):
    first, second, other = (a_tip(str(number)).tip for number in range(3))
    with acting("sol") as sol:
        linking.link(second, to=first, kind="duplicate", by=sol, at=NOW)
        linking.link(other, to=first, kind="related", by=sol, at=NOW)
        closing.close(first, by=sol, at=LATER, because="The school knows")
        assert dict(Tip.objects.values_list("pk", "state")) == {
            first.pk: "closed", second.pk: "closed", other.pk: "received",
        }  # fmt: skip
        repeated = Tip.objects.get(pk=second.pk)
        assert (repeated.kind, repeated.expires_on) == ("duplicate", TODAY + timedelta(days=1095))
        assert StatFact.objects.get(step="closed", word="duplicate").seconds == 7200
        assert closing.reopen(repeated, at=LATER)


def test_a_hold_is_set_and_lifted_on_the_tips_page(client_of, acting, a_tip):
    tip, sol = a_tip().tip, client_of("sol")
    assert sol.post(f"/desk/{tip.pk}/hold/", {"reference": ""}).status_code == 422
    sol.post(f"/desk/{tip.pk}/hold/", {"reference": "26BA-CV00001"})
    with acting("sol"):
        held = Hold.objects.get()
    assert b"26BA-CV00001" in sol.get(f"/desk/{tip.pk}/").content
    sol.post(f"/desk/{tip.pk}/hold/{held.pk}/lift/")
    with acting("sol"):
        assert Hold.objects.get().lifted_at == NOW
    assert client_of("ada").get(f"/desk/{tip.pk}/hold/").status_code == 403


def test_a_reporters_name_is_asked_for_agreed_to_and_read(client_of, acting, a_tip):
    tip = a_tip(contact={"name": "Nell Root", "reach": "573-555-0100"}).tip
    ada, sol = client_of("ada"), client_of("sol")
    ada.post(f"/desk/{tip.pk}/reporter/", {"basis": "court_order", "reference": "26BA-CR00017"})
    with acting("sol"):
        approval, asked = Approval.objects.get(), UnmaskRequest.objects.get()
    read = f"/desk/{tip.pk}/reporter/{asked.pk}/"
    assert ada.post(read).status_code == 403
    sol.post(f"/approvals/{approval.pk}/", {"decision": "agreed", "answer": ""})
    page = ada.post(read)
    assert b"Nell Root" in page.content
    assert page.headers["Cache-Control"] == "private, no-store"
    assert client_of("ray").post(read).status_code == 403
    assert b"Nell Root" not in ada.get(f"/desk/{tip.pk}/").content


def test_disposals_are_proposed_on_a_page(client_of, acting, a_tip, at_desk):
    tip = a_tip().tip
    with at_desk():
        Tip.objects.filter(pk=tip.pk).update(state="closed", closed_at=NOW, expires_on=TODAY)
    ada, day = client_of("ada"), TODAY.isoformat()
    assert ada.post("/desk/disposals/", {"schedule": "not_a_tip", "up_to": day}).status_code == 422
    assert ada.post("/desk/disposals/", {"schedule": "tip", "up_to": day}).status_code == 302
    assert b"Proposed" in ada.get("/desk/disposals/").content
    with at_desk():
        assert DisposalBatch.objects.get().count == 1
    assert client_of("cora").get("/desk/disposals/").status_code == 403


def test_a_tip_of_nobodys_is_not_there(client_of, town):
    assert client_of("sol").get("/desk/00000000-0000-4000-8000-000000000000/hold/").status_code == 404


def test_who_asked_is_told_by_the_approval_without_the_name(acting, a_tip):
    tip = a_tip(contact={"name": "Nell Root"}).tip
    with acting("ada") as by:
        approval = unmasking.ask_to_unmask(tip=tip, basis="imminent_harm", reference="CFS 1", by=by, at=NOW)
    assert tip.number in approval.thing
    assert "Nell" not in approval.thing + str(approval.given)
