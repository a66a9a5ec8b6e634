"""A version on paper: whole, as an extract, for the classroom, in the go-kit; who may, and what is noted."""

import io

import pikepdf
import pytest
from pdfminer.high_level import extract_text

from shelterbelt.access.models import AuditEntry
from shelterbelt.access.scope import acting_as_system
from shelterbelt.plans import actions
from shelterbelt.plans.models import Place, PlanContact, Version
from shelterbelt.plans.queries import draft_of
from shelterbelt.plans.tests.conftest import NOW, TODAY
from tests.pdf_ua import misses

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(begun, write, acting, town):
    """Linden's version in force, with a contact and a place."""
    plan = begun("linden")
    with acting("ben"):
        PlanContact.objects.create(
            plan=plan, org=town.linden, kind="fire", name="Station 4", phone="573-555-0142", position=1
        )
        Place.objects.create(plan=plan, org=town.linden, kind="assembly", name="Ball field", where="Behind the gym")
    return adopted_from(plan, write, acting)


def adopted_from(plan, write, acting):
    """Two annexes, adopted."""
    for key in ("lockdown", "reunification"):
        write(plan, key, f"<h3>Before</h3><p>How {key} works at Linden.</p>", "ben")
    with acting("sue") as standing:
        sent = actions.send_to_review(version=draft_of(plan), by=standing, at=NOW)
        return actions.adopt(version=sent, adopted_on=TODAY, meeting="Regular meeting", by=standing, at=NOW)


def got(browser, version, query):
    """The words and the file of a print."""
    answer = browser.get(f"/plans/versions/{version.pk}/print.pdf?{query}")
    assert answer.status_code == 200, answer.content[:500]
    file = b"".join(answer) if answer.streaming else answer.content
    return " ".join(extract_text(io.BytesIO(file)).split()), file


def test_the_whole_plan_is_set_with_contents_and_says_whose_copy_it_is(version, browser):
    text, file = got(browser("tom"), version, "what=whole")
    assert misses(file) == []
    for words in (
        "Linden Creek Elementary", "Contents", "Functional annexes", "How lockdown works at Linden.", "Station 4",
        "CLOSED RECORD (RSMo 610.021(18)", "Printed for", version.sha256[:16], "Page 1 of",
    ):  # fmt: skip
        assert words in text


def test_an_extract_holds_what_was_chosen_and_nothing_else(version, browser):
    text, file = got(browser("ben"), version, "what=extract&part=lockdown&part=places")
    assert misses(file) == []
    assert "How lockdown works" in text
    assert "Ball field" in text
    assert "reunification works" not in text
    assert "Station 4" not in text


def test_the_classroom_sheet_has_two_pages(version, browser):
    text, file = got(browser("tom"), version, "what=classroom")
    with pikepdf.open(io.BytesIO(file)) as pdf:
        assert len(pdf.pages) == 2
    assert misses(file) == []
    assert "Lockdown: lock up, go dark, hide." in text
    assert "573-555-0142" in text


def test_the_go_kit_begins_with_who_leads_and_whom_to_call(version, browser):
    text, file = got(browser("tom"), version, "what=go_kit")
    assert misses(file) == []
    assert text.index("Station 4") < text.index("How lockdown works")


def test_a_print_is_in_spanish_for_whoever_reads_spanish(version, browser):
    client = browser("tom")
    client.cookies["django_language"] = "es"
    _text, file = got(client, version, "what=classroom")
    with pikepdf.open(io.BytesIO(file)) as pdf:
        assert str(pdf.Root.Lang) == "es"


def test_every_print_is_noted(version, browser, town):
    got(browser("tom"), version, "what=go_kit")
    with acting_as_system("clock", today=TODAY, reason="test"):
        noted = AuditEntry.objects.filter(thing="plans_version", thing_id=str(version.pk), verb="read").latest("id")
    assert noted.reason == "print: go_kit"
    assert noted.org_id == town.linden.pk


def test_an_extract_of_nothing_is_asked_for_again(version, browser):
    answer = browser("tom").get(f"/plans/versions/{version.pk}/print.pdf?what=extract")
    assert answer.status_code == 422
    assert "Choose at least one part" in answer.content.decode()


@pytest.mark.parametrize("who", ["bea", "otto", "ruth", "pete", "greta"])
def test_a_plan_is_printed_by_nobody_of_another_place(who, version, browser):
    for page in ("print/", "print.pdf?what=whole"):
        assert browser(who).get(f"/plans/versions/{version.pk}/{page}").status_code in {403, 404}


def test_a_draft_is_not_printed(version, browser, acting):
    with acting("ben"):
        draft = Version.objects.get(plan=version.plan, state="draft")
    assert browser("ben").get(f"/plans/versions/{draft.pk}/print/").status_code == 403


def test_a_plan_that_cannot_be_set_is_refused_with_a_sentence(version, browser, monkeypatch):
    from shelterbelt.ui.pdf import printing

    monkeypatch.setattr(printing, "PATIENCE", 0.001)
    answer = browser("ben").get(f"/plans/versions/{version.pk}/print.pdf?what=whole")
    assert answer.status_code == 422
    assert "Choose an extract with fewer parts" in answer.content.decode()


def test_the_page_offers_what_can_be_printed(version, browser):
    page = browser("tom").get(f"/plans/versions/{version.pk}/print/").content.decode()
    for words in ("The whole plan", "An extract for responders", "two-page sheet", "go-kit", "Make the PDF"):
        assert words in page
