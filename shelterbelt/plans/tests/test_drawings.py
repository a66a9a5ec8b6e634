"""Drawings: a clean copy of what was sent, marks on it in words and on the picture, frozen with the version."""

import io

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from pdfminer.high_level import extract_text
from PIL import Image

from shelterbelt.core.clean_copies.tests import made
from shelterbelt.core.storage import file_store
from shelterbelt.plans import actions
from shelterbelt.plans.actions.drawings import add_mark
from shelterbelt.plans.actions.sharing import share_plan
from shelterbelt.plans.models import Drawing, Mark
from shelterbelt.plans.queries import draft_of
from shelterbelt.plans.rules.drawings import next_number
from shelterbelt.plans.tests.conftest import NOW, TODAY
from tests.pdf_ua import misses

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    """The file store is a folder of the test's own."""
    settings.FILES = tmp_path / "files"


def sent(content, name="floor.png", title="First floor"):
    """What the form sends."""
    return {
        "upload": SimpleUploadedFile(name, content), "kind": "floor_plan", "title": title, "alt": "Two wings, north up.",
    }  # fmt: skip


def png(size=(800, 500)):
    """A plain floor plan."""
    out = io.BytesIO()
    Image.new("RGB", size, "#fafafa").save(out, "PNG")
    return out.getvalue()


def pdf(pages=2, script=False):
    """A PDF as a drawing office sends it, perhaps with a script in it."""
    with pikepdf.new() as made_pdf:
        for _each in range(pages):
            page = made_pdf.add_blank_page(page_size=(792, 612))
            page.Contents = made_pdf.make_stream(b"0 0 1 rg 100 100 200 200 re f")
        if script:
            made_pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        out = io.BytesIO()
        made_pdf.save(out)
    return out.getvalue()


@pytest.fixture
def add(begun, browser, town):
    """Ben adds a drawing to Linden's plan."""
    plan = begun("linden")

    def send(content, who="ben", **more):
        return browser(who).post(f"/plans/{plan.pk}/drawings/", sent(content, **more))

    send.plan = plan
    return send


def kept(acting):
    """The drawings of Linden's plan."""
    with acting("ben"):
        return list(Drawing.objects.order_by("position").prefetch_related("marks"))


def content_of(drawing):
    """What lies in the file store."""
    with file_store().open(drawing.sha256) as file:
        return file.read()


def test_a_photo_of_a_floor_plan_keeps_nothing_of_who_took_it_and_where(add, acting):
    photo = made.photo()
    assert b"Exif" in photo
    assert add(photo, name="plan.jpg").status_code == 302
    (drawing,) = kept(acting)
    content = content_of(drawing)
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.format, dict(picture.getexif())) == ("PNG", {})


def test_each_page_of_a_pdf_becomes_a_drawing_without_its_scripts(add, acting):
    assert add(pdf(2, script=True), name="plan.pdf").status_code == 302
    first, second = kept(acting)
    assert (first.title, second.title) == ("First floor, page 1", "First floor, page 2")
    content = content_of(first)
    assert b"JavaScript" not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.convert("RGB").getpixel((picture.width // 4, picture.height * 2 // 3)) == (0, 0, 255)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("plan.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "can run scripts"),
        ("plan.png", b"<html><script>1</script></html>", "can run scripts"),
        ("plan.png", b"MZ" + b"\0" * 200, "program"),
        ("plan.zip", b"PK\x03\x04" + b"\0" * 200, "packs other files"),
        ("plan.png", png()[:300], "damaged"),
        ("plan.png", b"", "empty"),
    ],
)
def test_what_is_no_drawing_is_refused_with_a_sentence(name, content, sentence, add, acting):
    answer = add(content, name=name)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "First floor" in answer.content.decode()  # what was typed is still there
    assert kept(acting) == []


def test_a_floor_plan_of_300_megabytes_is_refused_at_the_door(add, acting, settings):
    settings.UPLOAD_LIMIT_MB = 1  # what is beyond the limit is counted and never kept: here 2 MB stand for 300
    answer = add(png() + b"\0" * 2 * 2**20)
    assert answer.status_code == 422
    assert kept(acting) == []


def test_more_than_a_drawing_may_have_is_refused_with_how_much_it_may(add, acting):
    answer = add(b"\xff\xd8\xff" + b"\0" * (25 * 2**20 + 1), name="huge.jpg")
    assert answer.status_code == 422
    assert "may have up to 25 MB" in answer.content.decode()


def test_marks_are_numbered_shown_and_taken_away(add, acting, browser):
    add(png())
    (drawing,) = kept(acting)
    ben = browser("ben")
    for label in ("Door 1", "Door 2"):
        given = {"kind": "exit", "label": label, "x": "12.5", "y": "100"}
        assert ben.post(f"/plans/drawings/{drawing.pk}/", given).status_code == 302
    page = ben.get(f"/plans/drawings/{drawing.pk}/").content.decode()
    assert "EX 1" in page
    assert "Door 2" in page
    assert "12.5 %" in page
    first = kept(acting)[0].marks.all()[0]
    ben.post(f"/plans/marks/{first.pk}/remove/")
    assert [mark.label for mark in kept(acting)[0].marks.all()] == ["Door 2"]


@pytest.mark.parametrize(("x", "y"), [("101", "5"), ("-1", "5"), ("", "5"), ("abc", "5")])
def test_a_mark_beside_the_drawing_is_refused_and_loses_nothing(x, y, add, acting, browser):
    add(png())
    (drawing,) = kept(acting)
    given = {"kind": "aed", "label": "By the gym", "x": x, "y": y}
    answer = browser("ben").post(f"/plans/drawings/{drawing.pk}/", given)
    assert answer.status_code == 422
    assert "By the gym" in answer.content.decode()


def test_words_on_a_drawing_are_words(add, acting, browser):
    add(png(), title='"><script>alert(1)</script>')
    (drawing,) = kept(acting)
    given = {"kind": "other", "label": "<img src=x onerror=alert(1)>", "x": 1, "y": 1}
    browser("ben").post(f"/plans/drawings/{drawing.pk}/", given)
    page = browser("ben").get(f"/plans/drawings/{drawing.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_version_keeps_its_drawings_when_they_are_taken_out_later(add, write, acting, browser):
    add(png())
    (drawing,) = kept(acting)
    with acting("ben") as standing:
        add_mark(drawing=drawing, kind="aed", label="By the gym", x=500, y=500, by=standing)
    version = adopted(add.plan, write, acting)
    browser("ben").post(f"/plans/drawings/{drawing.pk}/remove/")
    assert kept(acting) == []
    tom = browser("tom")
    assert "AED 1" in tom.get(f"/plans/versions/{version.pk}/drawings/").content.decode()
    picture = tom.get(f"/plans/versions/{version.pk}/drawings/{drawing.sha256}.png")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    assert tom.get(f"/plans/versions/{version.pk}/drawings/{'0' * 64}.png").status_code == 404


def adopted(plan, write, acting):
    """The plan in force."""
    write(plan, "lockdown", "<p>Lock the door.</p>", "ben")
    with acting("sue") as standing:
        seen = actions.send_to_review(version=draft_of(plan), by=standing, at=NOW)
        return actions.adopt(version=seen, adopted_on=TODAY, meeting="Regular meeting", by=standing, at=NOW)


def test_a_print_shows_the_drawing_with_its_marks_in_words_too(add, write, acting, browser):
    add(png())
    (drawing,) = kept(acting)
    with acting("ben") as standing:
        add_mark(drawing=drawing, kind="shut_off", label="Gas main", x=990, y=5, by=standing)
    version = adopted(add.plan, write, acting)
    answer = browser("tom").get(f"/plans/versions/{version.pk}/print.pdf?what=extract&part=drawings")
    file = b"".join(answer) if answer.streaming else answer.content
    assert misses(file) == []
    text = extract_text(io.BytesIO(file))
    assert "Gas main" in text
    assert "First floor" in text


@pytest.mark.parametrize("who", ["bea", "otto", "ruth", "pete", "greta"])
def test_drawings_are_seen_by_nobody_of_another_place(who, add, acting, browser):
    add(png())
    (drawing,) = kept(acting)
    for page in (f"{add.plan.pk}/drawings/", f"drawings/{drawing.pk}/", f"drawings/{drawing.pk}/picture.png"):
        assert browser(who).get(f"/plans/{page}").status_code in {403, 404}
    assert browser(who).post(f"/plans/drawings/{drawing.pk}/remove/").status_code in {403, 404}
    with acting(who):
        assert not Drawing.objects.exists()
        assert not Mark.objects.exists()


def test_staff_read_and_mark_nothing(add, acting):
    add(png())
    (drawing,) = kept(acting)
    with acting("tom") as standing, pytest.raises(PermissionDenied):
        add_mark(drawing=drawing, kind="aed", label="", x=1, y=1, by=standing)


def test_the_next_number_is_the_smallest_that_is_free():
    assert [next_number(taken) for taken in ([], [1], [2], [1, 2, 4])] == [1, 2, 1, 3]


def test_an_agency_sees_the_drawings_it_was_given_and_no_others(add, write, acting, browser, town):
    add(png())
    (drawing,) = kept(acting)
    plan = adopted(add.plan, write, acting).plan
    with acting("ben") as standing:
        given = [
            share_plan(
                plan=plan, agency=agency, parts=parts, purpose="To train.", until_on=None, by=standing, at=NOW
            ).pk
            for agency, parts in ((town.sheriff, ["drawings"]), (town.fire, ["lockdown"]))
        ]
    ruth = browser("ruth")
    assert "First floor" in ruth.get(f"/shared-plans/{given[0]}/drawings/").content.decode()
    assert ruth.get(f"/shared-plans/{given[0]}/drawings/{drawing.sha256}.png")["Content-Type"] == "image/png"
    assert ruth.get(f"/shared-plans/{given[1]}/drawings/").status_code == 404
    for who in ("pete", "otto", "bea"):
        assert browser(who).get(f"/shared-plans/{given[0]}/drawings/{drawing.sha256}.png").status_code in {403, 404}
