"""The sheriff's deputy at work: the agency's page, the plan, the receipt, the copy that opens without a network."""

import pytest
from django.urls import reverse

from shelterbelt.access.scope import acting_as_system
from shelterbelt.demo import factories as a
from shelterbelt.orgs.models import Jurisdiction
from shelterbelt.plans.actions.sharing import share_plan
from shelterbelt.plans.models import Opening, PlanContact, Receipt, Share
from shelterbelt.plans.rules.responding import Cell, cells, in_order, in_words
from shelterbelt.plans.tests.conftest import NOW, TODAY


@pytest.fixture
def shared(adopted, acting, town) -> Share:
    """Linden's lockdown annex and contacts, held by the sheriff."""
    with acting_as_system("install", today=TODAY, reason="test"):
        a.appoint(town.people["pete"], "responder", town.fire)
    plan = adopted("linden").plan
    with acting("ben") as ben:
        done = share_plan(
            plan=plan, agency=town.sheriff, parts=["lockdown", "actions"], purpose="x", until_on=None, by=ben, at=NOW
        )
    assert isinstance(done, Share)
    return done


def test_the_whole_path_from_sharing_to_the_receipt(town, browser, shared):
    ben, ruth = browser("ben"), browser("ruth")
    home = reverse("home:agency", args=[town.sheriff.pk])
    page = ruth.get(home).text
    assert "1 plan waits for you" in page
    assert page.count("No plan shared") == 1  # Birch
    there = reverse("plans:held", args=[shared.pk])
    plan = ruth.get(there).text
    assert "How lockdown works here" in plan
    assert "How evacuate works here" not in plan
    assert ruth.post(reverse("plans:held_acknowledge", args=[shared.pk])).status_code == 302
    assert "ruth acknowledged this version" in ruth.get(there).text
    assert "You have acknowledged every version in force" in ruth.get(home).text
    seen = ben.get(reverse("plans:shares", args=[town.linden.pk])).text
    assert "Acknowledged October 15, 2026" in seen
    assert "Last opened by ruth" in seen
    assert "Version 1: ruth" in ben.get(reverse("plans:share", args=[shared.pk])).text


def test_a_copy_opens_by_itself_and_says_how_old_it_is(town, browser, shared):
    copy = browser("ruth").get(reverse("plans:held_copy", args=[shared.pk]))
    text = copy.content.decode()
    assert copy["Content-Disposition"].startswith("attachment")
    assert "This copy was taken on October 15, 2026" in text
    assert "How lockdown works here" in text
    for outside in ("src=", "<script", "<link", "http://", "https://"):
        assert outside not in text
    with acting_as_system("install", today=TODAY, reason="test"):
        assert [each.how for each in Opening.objects.all()] == ["copy"]


def test_the_same_as_pdf(town, browser, shared):
    answer = browser("ruth").get(reverse("plans:held_pdf", args=[shared.pk]))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert content[:5] == b"%PDF-"


@pytest.mark.parametrize("name", ["pete", "otto", "bea", "tom", "ben", "cora", "greta"])
def test_nobody_else_opens_it_by_its_address(town, browser, shared, name):
    client = browser(name)
    for page in ("held", "held_copy", "held_pdf"):
        assert client.get(reverse(f"plans:{page}", args=[shared.pk])).status_code == 404, page
    assert client.post(reverse("plans:held_acknowledge", args=[shared.pk])).status_code == 404
    with acting_as_system("install", today=TODAY, reason="test"):
        assert not Receipt.objects.exists()
        assert not Opening.objects.exists()


def test_once_the_jurisdiction_ended_the_page_says_why_there_is_nothing(town, browser, shared):
    with acting_as_system("install", today=TODAY, reason="test"):
        Jurisdiction.objects.filter(agency=town.sheriff).update(until_on=TODAY)
    answer = browser("ruth").get(reverse("plans:held", args=[shared.pk]))
    assert answer.status_code == 404
    assert "No school has shared its plan" in browser("ruth").get(reverse("home:agency", args=[town.sheriff.pk])).text
    assert "No longer serves you" in browser("ben").get(reverse("plans:shares", args=[town.linden.pk])).text


def test_sharing_in_the_browser(town, browser, adopted):
    adopted("linden")
    ben, there = browser("ben"), reverse("plans:share_new", args=[town.linden.pk])
    page = ben.get(there).text
    assert page.index("Serve this place") < page.index("Others: a second person agrees")
    told = {"agency": str(town.fire.pk), "parts": ["lockdown"], "purpose": "To train."}
    assert ben.post(there, told | {"parts": []}).status_code == 422
    assert ben.post(there, told).status_code == 302
    assert (
        "A second person has to agree" in ben.post(there, told | {"agency": str(town.far_police.pk)}, follow=True).text
    )
    with acting_as_system("install", today=TODAY, reason="test"):
        assert [share.agency for share in Share.objects.all()] == [town.fire]


def test_a_school_is_found_by_name_county_and_state(town, browser, shared):
    ruth, home = browser("ruth"), reverse("home:agency", args=[town.sheriff.pk])
    for asked, names in (
        ("name=birch", ["Birch Hill School"]),
        ("plan=new", ["Linden Creek Elementary"]),
        (f"county={town.county.pk}", ["Linden Creek Elementary", "Birch Hill School"]),
        ("name=nowhere", []),
        ("county=abc", ["Linden Creek Elementary", "Birch Hill School"]),
    ):
        assert [each.school.name for each in ruth.get(f"{home}?{asked}").context["schools"]] == names, asked


def test_a_table_calls_its_numbers_and_names_its_kinds():
    row = {"kind": "fire", "name": "Station 3", "phone": "(573) 555-0100"}
    words = {value: str(label) for value, label in PlanContact.Kind.choices}
    assert cells(("kind", "phone"), row, words) == [Cell("Fire"), Cell("(573) 555-0100", "5735550100")]


def test_a_picture_is_told_in_words_and_what_is_looked_for_comes_first():
    html = f'<p>Go <img src="/documents/{"0" * 8}-0000-0000-0000-{"0" * 12}/" alt="Doors"></p>'
    assert in_words(html, "Picture: %s") == "<p>Go <em>Picture: Doors</em></p>"
    assert in_order(["team", "lockdown", "places", "contacts"]) == ["contacts", "places", "team", "lockdown"]
