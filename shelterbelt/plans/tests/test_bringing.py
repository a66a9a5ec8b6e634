"""Ben brings the plan that Linden has: as Word or PDF, whole or hostile. Nothing acts, nothing is lost, others see nothing."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from shelterbelt.documents.models import Document
from shelterbelt.plans.incoming import matching
from shelterbelt.plans.incoming.apart import read_apart
from shelterbelt.plans.incoming.matching import Named, likeness, offered
from shelterbelt.plans.incoming.reading.parts import CannotBeRead, Part, Why
from shelterbelt.plans.models import Incoming, Section
from shelterbelt.plans.tests import files
from shelterbelt.plans.tests.files import paragraph, table, word

PLAN = (
    paragraph("Linden Creek Elementary"),
    paragraph("Annex A: Evacuation", "Heading1"),
    paragraph("Leave by the nearest door."),
    paragraph("Routes", "Heading2"),
    table(("Room", "Door"), ("12", "North")),
    paragraph("Lockdown Procedures", "Heading1"),
    paragraph("Lock the door. &lt;script&gt;alert(1)&lt;/script&gt;"),
    paragraph("Petting Zoo", "Heading1"),
    paragraph("Count the goats."),
)
PDF = """#set page(width: 16cm, height: 20cm, header: [Emergency plan of Linden], numbering: "1")
#set text(font: "Source Sans Pro", size: 11pt)
#set heading(numbering: "1.1")
= Evacuation
#lorem(50)
- Take the radio
- Count
#pagebreak()
== Routes
#lorem(40)
#pagebreak()
= Lockdown
Lock the door and be silent. #lorem(30)
"""


def _why(content):
    with pytest.raises(CannotBeRead) as refused:
        read_apart(content)
    return refused.value.why


def _bring(browser, org, content, name="plan.docx", who="ben"):
    return browser(who).post(f"/schools/{org.pk}/plan/bring/", {"upload": SimpleUploadedFile(name, content)})


def test_a_word_file_is_split_at_its_headings():
    read = read_apart(word(*PLAN))
    assert [(part.title, part.level) for part in read.parts] == [
        ("", 1), ("Annex A: Evacuation", 1), ("Routes", 2), ("Lockdown Procedures", 1), ("Petting Zoo", 1),
    ]  # fmt: skip
    assert "<table>" in read.parts[2].html
    assert "&lt;script&gt;" in read.parts[3].html
    assert read.lost == {}


def test_bold_lines_are_headings_where_there_are_no_others():
    read = read_apart(word(paragraph("1. Evacuation", bold=True), paragraph("Go."), paragraph("Call 911.", bold=True)))
    assert [part.title for part in read.parts] == ["1. Evacuation"]
    assert "Call 911." in read.parts[0].html


def test_a_pdf_is_split_by_size_and_number_without_what_stands_on_every_page():
    read = read_apart(files.pdf(PDF))
    assert [(part.title, part.level) for part in read.parts] == [
        ("1 Evacuation", 1),
        ("1.1 Routes", 2),
        ("2 Lockdown", 1),
    ]
    assert "<ul><li>Take the radio</li><li>Count</li></ul>" in read.parts[0].html
    assert "Emergency plan of Linden" not in "".join(part.html for part in read.parts)
    assert read.lost["margins"] == 6


def test_a_script_in_a_pdf_is_not_even_text():
    read = read_apart(files.with_script(files.pdf(PDF)))
    assert "seen-by-script" not in repr(read)
    assert len(read.parts) == 3


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: b"", Why.EMPTY),
        (lambda: b"<html><script>alert(1)</script></html>", Why.NOT_TAKEN),
        (files.photo, Why.NOT_TAKEN),
        (lambda: files.locked(files.pdf(PDF)), Why.LOCKED),
        (files.scan, Why.NO_TEXT),
        (lambda: files.pdf(PDF)[:900], Why.DAMAGED),
        (lambda: word(*PLAN)[:-200], Why.DAMAGED),
        (lambda: word(paragraph("x"), parts={"word/vbaProject.bin": b"x"}), Why.MACROS),
        (lambda: word(paragraph("x"), parts={"word/media/big.bin": bytes(300 * 1024**2)}), Why.TOO_MUCH_INSIDE),
        (lambda: word(paragraph("x" * 33 * 1024**2)), Why.TOO_MUCH_INSIDE),
        (lambda: word("<w:p>" * 50_000 + "</w:p>" * 50_000), Why.TOO_MUCH_INSIDE),
        (lambda: word(paragraph("&b;"), before='<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'), Why.DAMAGED),
        (word, Why.NO_TEXT),
    ],
    ids=[
        "empty", "web page", "photo", "locked", "scan", "half a pdf", "half a word file", "macros", "bomb", "large xml",
        "deep xml", "entities", "no words",
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(make, why):
    assert _why(make()) == why


def test_a_picture_that_lies_elsewhere_is_never_fetched():
    relation = (
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="file:///etc/passwd" TargetMode="External"/>'
    )
    body = files.picture("x").replace("r:embed", "r:link")
    read = read_apart(word(paragraph("Words."), body, relations=relation))
    assert read.pictures == []
    assert "root:" not in repr(read)


@pytest.mark.parametrize(
    ("title", "section"),
    [
        ("Annex B - LOCKDOWN PROCEDURES", "Lockdown"),
        ("Appendix 3: Evacuate", "Evacuation"),
        ("4.2 Family Reunification Plan", "Family reunification"),
        ("Shelter-in-Place", "Shelter in place"),
    ],
)
def test_titles_that_mean_the_same_are_alike(title, section):
    assert likeness(title, section) >= matching.ENOUGH


@pytest.mark.parametrize(
    ("title", "section"), [("Petting Zoo", "Evacuation"), ("Emergency Plan", "Lockdown"), ("", "Lockdown")]
)
def test_titles_that_do_not_are_not(title, section):
    assert likeness(title, section) < matching.ENOUGH


def test_what_has_no_section_of_its_own_stays_with_the_heading_above():
    parts = [Part("Evacuation", 1, "<p>a</p>"), Part("A & B", 2, "<p>b</p>"), Part("Lockdown", 2, "<p>c</p>")]
    found = offered(parts, [Named(7, "Evacuation"), Named(8, "Lockdown")])
    assert [(each.section, each.html) for each in found] == [
        (7, "<p>a</p><h3>A &amp; B</h3><p>b</p>"),
        (8, "<p>c</p>"),
    ]


def test_ben_brings_the_plan_that_there_is(town, begun, browser, acting):
    plan, sent = begun("linden"), word(*PLAN)
    answer = _bring(browser, town.linden, sent)
    assert answer.status_code == 302, answer.content.decode()
    page = browser("ben").get(answer["Location"]).content.decode()
    assert "Petting Zoo" in page
    assert "<script>alert(1)" not in page
    with acting("ben"):
        brought = Incoming.objects.get(plan=plan)
        lockdown = Section.objects.get(plan=plan, key="lockdown")
        suggested = {part["title"]: part["section"] for part in brought.parts}
        assert suggested["Lockdown Procedures"] == lockdown.pk
        assert suggested["Petting Zoo"] is None
        assert lockdown.body == ""
    numbers = {part["title"]: number for number, part in enumerate(brought.parts)}
    choices = {f"part-{number}": brought.parts[number]["section"] or "" for number in numbers.values()}
    choices[f"part-{numbers['Petting Zoo']}"] = "own"
    choices[f"part-{numbers['']}"] = ""
    assert browser("ben").post(answer["Location"], choices).status_code == 302
    with acting("ben"):
        lockdown.refresh_from_db()
        assert (
            lockdown.body == "<h3>Lockdown Procedures</h3><p>Lock the door. &lt;script&gt;alert(1)&lt;/script&gt;</p>"
        )
        assert lockdown.revisions.get().origin == "imported"
        assert lockdown.state == "writing"
        evacuate = Section.objects.get(plan=plan, key="evacuate")
        assert "<h3>Routes</h3><table>" in evacuate.body
        assert Section.objects.get(plan=plan, title="Petting Zoo").body == "<p>Count the goats.</p>"
        brought.refresh_from_db()
        assert [part["title"] for part in brought.waiting] == [""]
    original = browser("ben").get(f"/documents/{brought.original_id}/")
    assert original.getvalue() == sent
    assert "attachment" in original["Content-Disposition"]
    page = browser("ben").get(answer["Location"]).content.decode()
    assert "Linden Creek Elementary" in page, "what wasn't taken stays to be read"
    # The same once more changes nothing.
    browser("ben").post(answer["Location"], choices)
    with acting("ben"):
        assert lockdown.revisions.count() == 1


def test_what_is_there_already_stays_above_what_comes(town, begun, write, browser, acting):
    plan = begun("linden")
    write(plan, "lockdown", "<p>Our own words.</p>")
    address = _bring(browser, town.linden, word(*PLAN))["Location"]
    with acting("ben"):
        parts = Incoming.objects.get(plan=plan).parts
    lockdown = next(number for number, part in enumerate(parts) if part["title"] == "Lockdown Procedures")
    browser("ben").post(address, {f"part-{lockdown}": parts[lockdown]["section"]})
    with acting("ben"):
        section = Section.objects.get(plan=plan, key="lockdown")
        assert section.body.startswith("<p>Our own words.</p><h3>Lockdown Procedures</h3>")
        assert section.revision == 2


def test_pictures_come_as_clean_copies(town, begun, browser, acting):
    plan = begun("linden")
    content = files.word_with_picture(*PLAN, photo=files.photo("by Eve"), alt="The north door")
    assert _bring(browser, town.linden, content).status_code == 302
    with acting("ben"):
        html = Incoming.objects.get(plan=plan).parts[-1]["html"]
        address = re.search(r'<img src="(/documents/[^"]+/)" alt="The north door">', html)[1]
    served = browser("ben").get(address)
    seen = served.getvalue()
    assert b"by Eve" not in seen
    assert Image.open(io.BytesIO(seen)).size == (40, 30)
    assert browser("bea").get(address).status_code == 404
    assert browser("greta").get(address).status_code == 404


def test_a_refusal_is_a_sentence_on_the_page_and_keeps_nothing(town, begun, browser, acting):
    begun("linden")
    answer = _bring(browser, town.linden, files.scan(), "scan.pdf")
    assert answer.status_code == 422
    assert "pictures of pages and no text" in answer.content.decode()
    with acting("ben"):
        assert not Incoming.objects.exists()
        assert not Document.objects.exists()


def test_without_a_plan_it_is_begun_first(town, browser):
    page = browser("ben").get(f"/schools/{town.linden.pk}/plan/bring/")
    assert "Begin the plan" in page.content.decode()
    assert _bring(browser, town.linden, word(*PLAN)).status_code == 200


@pytest.mark.parametrize("who", ["tom", "bea", "otto", "greta", "ruth", "pete", "cora"])
def test_nobody_else_brings_a_plan(town, begun, browser, who):
    begun("linden")
    assert _bring(browser, town.linden, word(*PLAN), who=who).status_code in {403, 404}


@pytest.mark.parametrize("who", ["bea", "otto", "greta", "ruth", "pete"])
def test_what_was_brought_is_closed(town, begun, browser, acting, who):
    begun("linden")
    address = _bring(browser, town.linden, word(*PLAN))["Location"]
    with acting("ben"):
        original = Incoming.objects.get().original_id
    assert browser(who).get(address).status_code == 404
    assert browser(who).post(address, {"part-0": "own"}).status_code == 404
    assert browser(who).get(f"/documents/{original}/").status_code == 404
    with acting(who):
        assert not Incoming.objects.exists()
        assert not Document.objects.exists()


def test_a_section_of_another_plan_is_no_choice(town, begun, browser, acting):
    begun("linden")
    theirs = begun("birch")
    with acting("bea"):
        foreign = Section.objects.filter(plan=theirs).first().pk
    address = _bring(browser, town.linden, word(*PLAN))["Location"]
    assert browser("ben").post(address, {"part-1": foreign}).status_code == 422
    with acting("bea"):
        assert Section.objects.get(pk=foreign).body == ""


def test_while_a_version_is_in_review_nothing_is_taken(town, begun, browser, acting):
    from shelterbelt.plans import actions
    from shelterbelt.plans.queries import draft_of
    from shelterbelt.plans.tests.conftest import NOW

    plan = begun("linden")
    address = _bring(browser, town.linden, word(*PLAN))["Location"]
    with acting("ben") as standing:
        lockdown = Section.objects.get(plan=plan, key="lockdown")
        actions.save_section(section_id=lockdown.pk, body="<p>x</p>", based_on=0, by=standing, at=NOW)
    with acting("sue") as standing:
        actions.send_to_review(version=draft_of(plan), by=standing, at=NOW)
    assert browser("ben").post(address, {"part-1": lockdown.pk}).status_code == 403
    assert "in review" in browser("ben").get(address).content.decode()


def test_the_editor_gets_a_clean_picture(town, begun, browser):
    plan = begun("linden")
    sent = {"picture": SimpleUploadedFile("p.jpg", files.photo("by Eve"))}
    answer = browser("ben").post(f"/plans/{plan.pk}/pictures/", sent)
    assert answer.status_code == 200
    served = browser("ben").get(answer.json()["src"])
    assert served["Content-Type"] == "image/jpeg"
    assert b"by Eve" not in served.getvalue()


@pytest.mark.parametrize("content", [b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", b"not a picture", b""])
def test_what_is_no_picture_is_refused_with_a_sentence(town, begun, browser, content):
    plan = begun("linden")
    answer = browser("ben").post(f"/plans/{plan.pk}/pictures/", {"picture": SimpleUploadedFile("p.svg", content)})
    assert answer.status_code == 422
    assert answer.json()["said"]


def test_the_owner_of_a_section_adds_pictures_too(town, begun, browser, acting):
    plan = begun("linden")
    with acting("ben"):
        Section.objects.filter(plan=plan, key="lockdown").update(owner=town.people["tom"])
    sent = {"picture": SimpleUploadedFile("p.jpg", files.photo())}
    assert browser("tom").post(f"/plans/{plan.pk}/pictures/", sent).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("tom", 403), ("bea", 404), ("ruth", 404), ("cora", 403)])
def test_pictures_are_added_by_whoever_writes(town, begun, browser, who, status):
    plan = begun("linden")
    sent = {"picture": SimpleUploadedFile("p.jpg", files.photo())}
    assert browser(who).post(f"/plans/{plan.pk}/pictures/", sent).status_code == status
