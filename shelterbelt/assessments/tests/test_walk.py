"""Answers and photographs of a walk: each is kept once, however often and however late it arrives."""

import io
import json
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from shelterbelt.assessments.actions.walk import Given, answer_questions
from shelterbelt.assessments.models import Answer, Assessment, Photograph
from shelterbelt.assessments.queries import assessment as queries, templates
from shelterbelt.assessments.tests.conftest import NOW
from shelterbelt.core.storage import file_store

QUESTION = "perimeter-edge"


def given(level=2, *, key=None, question=QUESTION, note="", written_at=None):
    return Given(key or uuid.uuid4(), question, level, True, note, written_at)


def a_picture(place="GPS of the boiler room"):
    exif = Image.Exif()
    exif[0x010E] = place
    held = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(held, "JPEG", exif=exif)
    return held.getvalue()


def test_an_answer_that_arrives_twice_is_one(acting, walk):
    one = given()
    with acting("sam") as sam:
        first = answer_questions(walk, given=[one], by=sam, at=NOW)
        again = answer_questions(walk, given=[one], by=sam, at=NOW)
        assert [told.outcome for told in (*first, *again)] == ["kept", "same"]
        assert Answer.objects.count() == 1
        assert Assessment.objects.get().status == "in_field"


def test_what_was_written_later_holds_even_if_it_arrives_first(acting, walk):
    early, late = NOW - timedelta(hours=2), NOW - timedelta(hours=1)
    with acting("sam") as sam, acting("rosa") as rosa:
        answer_questions(walk, given=[given(3, written_at=late)], by=rosa, at=NOW)
    with acting("sam") as sam:
        answer_questions(walk, given=[given(0, note="Gate broken", written_at=early)], by=sam, at=NOW)
        assert queries.latest_answers(walk)[QUESTION].level == 3
        assert set(Answer.objects.values_list("note", flat=True)) == {"", "Gate broken"}


def test_a_phone_whose_clock_is_ahead_wrote_it_now(acting, walk):
    with acting("sam") as sam:
        answer_questions(walk, given=[given(1, written_at=NOW + timedelta(days=3))], by=sam, at=NOW)
        answer_questions(walk, given=[given(2)], by=sam, at=NOW + timedelta(minutes=1))
        assert queries.latest_answers(walk)[QUESTION].level == 2


def test_what_cannot_be_taken_takes_nothing_else_with_it(acting, walk):
    wrong = [given(question="no-such"), given(9), given(note="x" * 3000)]
    with acting("sam") as sam:
        told = answer_questions(walk, given=[*wrong, given()], by=sam, at=NOW)
    assert [one.outcome for one in told] == ["refused", "refused", "refused", "kept"]
    assert "no such question" in told[0].why
    assert "2,000" in told[2].why


def test_an_answer_of_another_assessment_is_not_taken_over(acting, walk, plan_walk):
    other, one = plan_walk(), given()
    with acting("sam") as sam:
        answer_questions(walk, given=[one], by=sam, at=NOW)
        (told,) = answer_questions(other, given=[one], by=sam, at=NOW)
    assert (told.outcome, "another assessment" in told.why) == ("refused", True)


def test_a_phone_sends_and_asks_what_is_there(browser, walk):
    sam = browser("sam")
    state = sam.get(reverse("assessments:sync", args=[walk.pk])).json()
    assert state["photographs"] == []
    key = str(uuid.uuid4())
    sent = {
        "id": key,
        "question": QUESTION,
        "level": None,
        "is_answered": True,
        "note": "",
        "written_at": NOW.isoformat(),
    }
    body = json.dumps({"answers": [sent]})
    told = sam.post(reverse("assessments:answers", args=[walk.pk]), body, content_type="application/json").json()
    assert told == {"told": [{"id": key, "outcome": "kept", "why": ""}]}


@pytest.mark.parametrize(
    "body", ["", "[]", '{"answers": 3}', '{"answers": [{"id": "x"}]}', "[" * 2000, '{"answers": [3]}']
)
def test_a_message_that_is_none_is_told(browser, walk, body):
    answer = browser("sam").post(reverse("assessments:answers", args=[walk.pk]), body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["error"]


def test_a_photograph_is_kept_once_and_tells_nothing(browser, acting, walk):
    sam, key = browser("sam"), uuid.uuid4()
    url = reverse("assessments:photographs", args=[walk.pk])
    for outcome in ("kept", "same"):
        picture = SimpleUploadedFile("IMG_1.jpg", a_picture(), "image/jpeg")
        answer = sam.post(url, {"id": str(key), "question": QUESTION, "photograph": picture})
        assert answer.json() == {"id": str(key), "outcome": outcome}
    with acting("sam"):
        kept = Photograph.objects.select_related("document").get()
    with file_store().open(kept.document.sha256) as stored:
        content = stored.read()
    assert b"boiler" not in content
    assert Image.open(io.BytesIO(content)).size == (64, 48)
    shown = sam.get(reverse("assessments:photograph", args=[key]))
    assert (shown["Content-Type"], shown.content) == ("image/jpeg", content)
    assert str(key) in sam.get(reverse("assessments:sync", args=[walk.pk])).json()["photographs"]


def test_what_is_no_picture_is_refused_in_a_sentence(browser, walk):
    url = reverse("assessments:photographs", args=[walk.pk])
    script = SimpleUploadedFile("door.svg", b"<svg onload='alert(1)'/>", "image/svg+xml")
    answer = browser("sam").post(url, {"id": str(uuid.uuid4()), "question": QUESTION, "photograph": script})
    assert (answer.status_code, "Only photographs" in answer.json()["error"]) == (422, True)


def test_without_a_script_a_domain_is_a_form(browser, acting, walk):
    sam = browser("sam")
    url = reverse("assessments:walk", args=[walk.pk, "perimeter"])
    page = sam.get(url)
    assert "Is it plain where the school" in page.content.decode()
    sent = {f"level-{QUESTION}": "2", f"note-{QUESTION}": "Hedge", "level-perimeter-fence": "na"}
    picture = SimpleUploadedFile("a.jpg", a_picture(), "image/jpeg")
    answer = sam.post(url, {**sent, f"photo-{QUESTION}": picture})
    assert answer.url == reverse("assessments:walk", args=[walk.pk, "parking"])
    sam.post(url, sent)  # a reader who goes back and sends it again adds nothing
    with acting("sam"):
        answers = queries.latest_answers(walk)
        assert Answer.objects.count() == 2
    assert (answers[QUESTION].level, answers[QUESTION].note, answers["perimeter-fence"].level) == (2, "Hedge", None)


def test_a_page_asks_the_database_the_same_however_much_was_answered(
    browser, acting, walk, django_assert_max_num_queries
):
    sam = browser("sam")
    with acting("sam") as standing:
        keys = templates.followed_by(walk).questions
        answer_questions(walk, given=[given(1, question=key) for key in keys], by=standing, at=NOW)
    with django_assert_max_num_queries(30):
        assert sam.get(reverse("assessments:walk", args=[walk.pk, "people"])).status_code == 200


def test_after_submission_answers_stay_as_they_are(browser, acting, walk, submit):
    submit(walk)
    body = json.dumps({"answers": []})
    answer = browser("sam").post(reverse("assessments:answers", args=[walk.pk]), body, content_type="application/json")
    assert answer.status_code == 403
    assert "was submitted" in browser("sam").get(reverse("assessments:sync", args=[walk.pk])).json()["refusal"]
