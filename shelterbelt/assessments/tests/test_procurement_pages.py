"""A district's purchase from the need to acceptance, page by page, and who sees what of it."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as, acting_as_system
from shelterbelt.assessments.actions import (
    clause as clause_actions,
    procurement as actions,
    product_evaluation as offers,
)
from shelterbelt.assessments.models import (
    Procurement,
    ProcurementClause,
    ProcurementFinding,
    ProductEvaluation,
    SharedEvaluation,
)
from shelterbelt.assessments.rules.product_templates import template_on
from shelterbelt.assessments.tests.conftest import NOW, TODAY
from shelterbelt.attestations.models import Attestation
from shelterbelt.improvements.models import Finding


def a_purchase(by, district, **more):
    given = {"title": "Cameras at the bus loop", "category": "cameras", "need": "Nobody sees the loop."}
    return actions.consider(district=district, by=by, at=NOW, **(given | more))


def a_judged_offer(by, purchase, *, evaluated_on=date(2026, 10, 5), product="Clear 4", price=Decimal(12000)):
    offer = offers.begin_evaluation(purchase, product=product, vendor="Acme", price=price, by=by, at=NOW)
    for each in template_on(purchase.category, TODAY).criteria:
        offers.judge_criterion(offer, criterion=each.key, score=3, evidence="Seen at dusk.", by=by)
    return offers.finish_evaluation(
        offer, evaluated_on=evaluated_on, evaluators="coordinator, IT", summary="It does.", by=by, at=NOW
    )


@pytest.fixture
def judged(town, acting):
    """A purchase of Cedar Fork with its method and one finished evaluation, and that evaluation."""
    with acting("sue") as sue:
        purchase = a_purchase(sue, town.cedar)
        actions.choose_method(purchase, method="template", chosen_on=date(2026, 10, 1), by=sue, at=NOW)
        offer = a_judged_offer(sue, purchase)
    return purchase, offer


def test_a_superintendent_goes_from_the_need_to_acceptance_page_by_page(town, browser):
    sue = browser("sue")
    assert sue.get("/buying/").url == f"/districts/{town.cedar.pk}/buying/"
    form = {"title": "Cameras", "category": "cameras", "need": "Nobody sees the loop.", "purchase_id": str(uuid4())}
    made = sue.post(f"/districts/{town.cedar.pk}/buying/new/", form)
    assert sue.post(f"/districts/{town.cedar.pk}/buying/new/", form).url == made.url, "sent twice it is one"
    page = made.url
    key = page.split("/")[2]
    assert b"What it is to mend" in sue.get(page).content

    money = {"estimated_cost": "$12,500", "funding": "local", "funding_note": ""}
    assert sue.post(f"{page}money/", money).status_code == 302
    assert sue.post(f"{page}method/", {"method": "template", "chosen_on": "2026-10-01"}).status_code == 302
    offer = {"product": "Clear 4", "vendor": "Acme", "price": "12000", "evaluation_id": str(uuid4())}
    step = sue.post(f"{page}offers/", offer).url
    for _each in template_on("cameras", TODAY).criteria:
        assert sue.get(step).status_code == 200
        step = sue.post(step, {"score": "3", "evidence": "Seen at dusk."}).url
    assert step == f"/buying/offers/{offer['evaluation_id']}/"
    finished = {"evaluated_on": "2026-10-05", "evaluators": "coordinator, IT", "summary": "It does."}
    assert sue.post(f"{step}finish/", finished).status_code == 302
    assert sue.post(f"{page}clauses/", {"keys": ["availability", "privacy"]}).status_code == 302
    award = {"chosen": offer["evaluation_id"], "awarded_on": "2026-10-12", "amount": "11,900", "because": "Best."}
    assert sue.post(f"{page}award/", award).status_code == 302
    shown = sue.get(page).content.decode()
    assert "it counts for 2026-27" in shown
    assert "The contract has a performance clause" in shown
    accepted = {"bought_on": "2026-10-14", "acceptance": "All ten seen."}
    assert sue.post(f"{page}acceptance/", accepted).status_code == 302

    with acting_as_system("install", today=TODAY, reason="test"):
        purchase = Procurement.objects.get(pk=key)
    assert (purchase.status, purchase.estimated_cost, purchase.amount) == ("bought", Decimal(12500), Decimal(11900))
    assert (
        b"1 of 1 purchase awarded this year was evaluated first"
        in sue.get(f"/districts/{town.cedar.pk}/buying/").content
    )


@pytest.mark.parametrize(
    ("path", "form", "words"),
    [
        ("new/", {"title": "", "category": "cameras", "need": "x"}, b"required"),
        ("new/", {"title": "Cameras", "category": "rockets", "need": "x"}, b"rockets"),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(town, browser, path, form, words):
    answer = browser("sue").post(f"/districts/{town.cedar.pk}/buying/{path}", form)
    assert answer.status_code == 422
    assert words in answer.content
    assert form["need"].encode() in answer.content


@pytest.mark.parametrize("name", ["cora", "tom", "rosa", "pete", "fay", "olga", "otto"])
def test_no_school_no_agency_and_no_foreign_district_reads_a_purchase(judged, town, browser, name):
    purchase, offer = judged
    client = browser(name)
    assert client.get(f"/buying/{purchase.pk}/").status_code == 404
    assert client.get(f"/buying/offers/{offer.pk}/").status_code == 404
    assert client.get(f"/districts/{town.cedar.pk}/buying/").status_code == 403
    with acting_as(town.people[name].pk, today=TODAY):
        assert not Procurement.objects.exists()
        assert not ProductEvaluation.objects.exists()


@pytest.mark.parametrize("name", ["ada", "greta"])
def test_state_and_region_read_and_the_district_can_see_that_they_did(judged, town, browser, name):
    purchase, _offer = judged
    assert browser(name).get(f"/buying/{purchase.pk}/").status_code == 200
    assert browser(name).post(f"/buying/{purchase.pk}/method/", {}).status_code == 403
    with acting_as_system("install", today=TODAY, reason="test"):
        assert AuditEntry.objects.filter(verb="read", thing_id=str(purchase.pk)).count() == 1


def test_the_method_comes_before_the_offers_and_stays_once_one_is_judged(town, acting, judged):
    purchase, offer = judged
    with acting("ben") as ben:
        other = a_purchase(ben, town.cedar, title="Radios", category="other")
        with pytest.raises(PermissionDenied, match="method first"):
            offers.begin_evaluation(other, product="R", vendor="V", price=None, by=ben, at=NOW)
        with pytest.raises(PermissionDenied, match="finished"):
            actions.choose_method(purchase, method="trial", chosen_on=TODAY, by=ben, at=NOW)
        offers.reopen_evaluation(offer, by=ben)
        actions.choose_method(purchase, method="trial", chosen_on=TODAY, by=ben, at=NOW)


def test_an_unfinished_template_is_no_evaluation(town, acting):
    with acting("sue") as sue:
        purchase = a_purchase(sue, town.cedar)
        actions.choose_method(purchase, method="template", chosen_on=date(2026, 10, 1), by=sue, at=NOW)
        offer = offers.begin_evaluation(purchase, product="Clear 4", vendor="Acme", price=None, by=sue, at=NOW)
        offers.judge_criterion(offer, criterion="fit", score=None, evidence="No finding.", by=sue)
        with pytest.raises(ValidationError, match="7 criteria are not judged yet"):
            offers.finish_evaluation(offer, evaluated_on=TODAY, evaluators="IT", summary="So.", by=sue, at=NOW)
        with pytest.raises(ValidationError, match="rests on"):
            offers.judge_criterion(offer, criterion="cost", score=2, evidence=" ", by=sue)


def test_a_method_that_rests_on_a_report_wants_the_report(town, acting):
    with acting("sue") as sue:
        purchase = a_purchase(sue, town.cedar)
        actions.choose_method(purchase, method="independent_test", chosen_on=date(2026, 10, 1), by=sue, at=NOW)
        offer = offers.begin_evaluation(purchase, product="Clear 4", vendor="Acme", price=None, by=sue, at=NOW)
        finish = {"evaluated_on": date(2026, 10, 2), "evaluators": "IT", "summary": "Passed.", "by": sue, "at": NOW}
        with pytest.raises(ValidationError, match="Attach it"):
            offers.finish_evaluation(offer, **finish)
        actions.attach(purchase, upload=SimpleUploadedFile("r.txt", b"passed"), kind="evaluation", by=sue, at=NOW)
        assert offers.finish_evaluation(offer, **finish).score is None


def test_an_award_of_what_nobody_judged_is_written_down_and_says_so(town, browser, acting):
    with acting("sue") as sue:
        purchase = a_purchase(sue, town.cedar)
    client = browser("sue")
    award = {"chosen": "other", "vendor": "Quick Locks", "awarded_on": "2026-10-12"}
    assert b"won't count" in client.get(f"/buying/{purchase.pk}/award/").content
    assert client.post(f"/buying/{purchase.pk}/award/", award | {"vendor": ""}).status_code == 422
    client.post(f"/buying/{purchase.pk}/award/", award)
    assert b"What was bought was not evaluated" in client.get(f"/buying/{purchase.pk}/").content


def test_a_decision_taken_back_goes_to_where_the_evaluation_is(judged, acting):
    purchase, offer = judged
    with acting("sue") as sue:
        given = {"vendor": "", "amount": None, "because": "Best.", "by": sue, "at": NOW}
        actions.award(purchase, chosen=offer, awarded_on=date(2026, 10, 12), **given)
        with pytest.raises(PermissionDenied, match="decided"):
            actions.award(purchase, chosen=offer, awarded_on=date(2026, 10, 12), **given)
        with pytest.raises(PermissionDenied, match="take the decision back"):
            offers.reopen_evaluation(offer, by=sue)
        actions.take_back_decision(purchase, because="Wrong day.", by=sue)
        purchase.refresh_from_db()
        assert (purchase.status, purchase.awarded_on, purchase.chosen) == ("evaluated", None, None)
        with pytest.raises(ValidationError, match="hasn't come"):
            actions.award(purchase, chosen=offer, awarded_on=date(2026, 10, 16), **given)


def test_one_click_says_that_nothing_was_bought_until_something_is(town, browser, acting, judged):
    purchase, offer = judged
    sue, place = browser("sue"), f"/districts/{town.cedar.pk}/buying/"
    assert b"We bought nothing for security in 2026-27" in sue.get(place).content
    assert sue.post(f"{place}nothing/", {"year": "2026-27"}).status_code == 302
    assert b"E-O1 does not apply" in sue.get(place).content
    with acting("sue") as standing:
        assert Attestation.objects.get(output="E-O1").answers == {"procurements": 0}
        actions.award(purchase, chosen=offer, vendor="", amount=None, awarded_on=TODAY, because="", by=standing, at=NOW)
        with pytest.raises(ValidationError, match="awarded in this school year"):
            actions.say_nothing_bought(district=town.cedar, year=actions.SchoolYear(2026), by=standing, on=TODAY)
    assert b"We bought nothing" not in sue.get(place).content
    assert browser("cora").post(f"{place}nothing/", {}).status_code == 403


def test_a_clause_is_copied_edited_and_left_out_and_its_first_words_stay(judged, acting, browser):
    purchase, _offer = judged
    with acting("ben") as ben:
        clause_actions.choose_clauses(purchase, keys=["availability", "exit"], by=ben, at=NOW)
        clause = purchase.clauses.get(key="availability")
        clause_actions.edit_clause(clause, text="It works\r\n98 percent.", by=ben)
        clause_actions.choose_clauses(purchase, keys=["exit"], by=ben, at=NOW)
        clause_actions.choose_clauses(purchase, keys=["availability"], by=ben, at=NOW)
        clause.refresh_from_db()
        assert (clause.text, clause.is_dropped) == ("It works\n98 percent.", False)
        assert "[99.5] percent" in clause.original
        assert purchase.clauses.get(key="exit").is_dropped
        with pytest.raises(ValidationError):
            clause_actions.choose_clauses(purchase, keys=["invented"], by=ben, at=NOW)
    assert b"library's words" in browser("ben").get(f"/buying/clauses/{clause.pk}/").content


def test_findings_of_the_district_s_schools_are_linked_and_foreign_ones_cannot_be(judged, town, browser):
    purchase, _offer = judged
    with acting_as_system("install", today=TODAY, reason="test"):
        given = {"source_kind": "noticed", "likelihood": 2, "impact": 3, "found_on": TODAY, "recorded_at": NOW}
        ours = Finding.objects.create(org=town.linden, what="Nobody sees the loop", **given)
        foreign = Finding.objects.create(org=town.oak, what="Their gate is open", **given)
    sue, page = browser("sue"), f"/buying/{purchase.pk}/"
    assert b"Their gate" not in sue.get(f"{page}findings/").content
    assert sue.post(f"{page}findings/", {"findings": [str(foreign.pk)]}).status_code == 422
    assert sue.post(f"{page}findings/", {"findings": [str(ours.pk)]}).status_code == 302
    assert b"Nobody sees the loop" in sue.get(page).content
    with acting_as(town.people["sue"].pk, today=TODAY), pytest.raises(DatabaseError), transaction.atomic():
        ProcurementFinding.objects.create(procurement=purchase, org=town.cedar, finding_id=foreign.pk)


def test_a_shared_evaluation_is_a_copy_without_what_the_district_keeps(judged, town, browser, acting):
    _purchase, offer = judged
    sue, olga = browser("sue"), browser("olga")
    assert b"Share it" in sue.get(f"/buying/offers/{offer.pk}/").content
    assert sue.post(f"/buying/offers/{offer.pk}/share/", {"with_evidence": ["fit"]}).status_code == 302
    with acting("olga"):
        shared = SharedEvaluation.objects.get()
        assert shared.price is None
        assert shared.scores["fit"] == {"score": 3, "evidence": "Seen at dusk."}
        assert shared.scores["cost"] == {"score": 3, "evidence": ""}
        assert shared.summary == ""
    assert b"Clear 4" in olga.get("/buying/shared/?words=cedar+acme").content
    assert b"Nothing found" in olga.get("/buying/shared/?template=locks").content
    page = olga.get(f"/buying/shared/{shared.pk}/")
    assert b"Cedar Fork" in page.content
    assert b"12,000" not in page.content
    assert olga.post(f"/buying/shared/{shared.pk}/").status_code == 403
    assert sue.post(f"/buying/shared/{shared.pk}/").status_code == 302
    assert olga.get(f"/buying/shared/{shared.pk}/").status_code == 404
    assert sue.get(f"/buying/shared/{shared.pk}/").status_code == 200


def test_nobody_changes_what_another_district_shared(judged, town, acting):
    _purchase, offer = judged
    with acting("sue") as sue:
        offers.share(offer, with_price=True, with_evidence=[], by=sue, at=NOW)
    with acting("olga"):
        assert SharedEvaluation.objects.update(withdrawn_on=TODAY) == 0


@pytest.mark.parametrize("name", ["sue", "tom", "pete"])
def test_anybody_signed_in_reads_what_is_published(town, browser, name):
    client = browser(name)
    shelves = client.get("/published/").content
    assert b"Clauses for contracts" in shelves
    assert b"Evaluation of emergency operations plans" in shelves
    page = client.get("/published/product/locks/").content
    assert b"Fit to the finding" in page
    assert b"version 1" in page
    newer = client.get("/published/product/locks/?version=2").content
    assert b"Not the version in force today" in newer
    assert b"July 1, 2029" in newer
    assert b"Changes against the version before" in newer
    assert client.get("/published/product/locks/?version=9").status_code == 404
    assert client.get("/published/product/rockets/").status_code == 404
    assert client.get("/published/rockets/locks/").status_code == 404


def test_the_trail_knows_that_a_need_changed_and_not_what_it_says(judged, acting):
    purchase, _offer = judged
    with acting("sue") as sue:
        actions.change_need(purchase, title="Cameras", category="cameras", need="The loop is dark.", by=sue)
    with acting_as_system("install", today=TODAY, reason="test"):
        words = str([(entry.before, entry.after) for entry in AuditEntry.objects.all()])
    assert "Clear 4" in words
    assert "loop is dark" not in words
    assert "Seen at dusk" not in words


def test_every_page_is_shown(judged, browser):
    purchase, offer = judged
    sue = browser("sue")
    for name in (
        "purchase",
        "need",
        "findings",
        "money",
        "offer_new",
        "clauses",
        "clause_new",
        "award",
        "decline",
        "attach",
    ):
        assert sue.get(reverse(f"buying:{name}", args=[purchase.pk])).status_code == 200, name
    for name in ("offer", "share"):
        assert sue.get(reverse(f"buying:{name}", args=[offer.pk])).status_code == 200, name
    assert sue.get("/buying/shared/").status_code == 200
    assert not ProcurementClause.objects.exists()
