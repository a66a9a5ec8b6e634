"""Somebody files a tip, asked as the line's process asks: by the public login, without session or cookie."""

from datetime import timedelta

import pytest

from shelterbelt.core import clock
from shelterbelt.tips.actions import intake
from shelterbelt.tips.models import Tip
from shelterbelt.tips.sealing import form_tokens
from shelterbelt.tips.sealing.opening import body_of
from shelterbelt.tips.tests.conftest import NOW
from shelterbelt.tips.tests.reporting import WORDS, code_on, send, text_of, token_on

pytestmark = pytest.mark.django_db


def test_a_tip_is_filed_with_one_answer_and_its_code_opens_it(reporter, town, at_desk):
    page = send(reporter, school=str(town.linden.pk), event_types=["bullying"])
    assert page.status_code == 200
    code = code_on(page)
    assert len(code.split()) == 6
    opened = reporter.post("/tip/return/", {"code": code})
    assert "Your tip has arrived" in text_of(opened)
    assert WORDS not in text_of(opened)


def test_the_desk_reads_all_that_was_said_and_where(reporter, town, at_desk):
    send(
        reporter, school=str(town.linden.pk), event_types=["bullying", "gun"], who="A tall boy", where="Bus 7",
        when="every morning", about="other", band="student", relationship="I ride it", staff_told="no",
    )  # fmt: skip
    with at_desk():
        intake.take_in(at=NOW)
        tip = Tip.objects.get()
        assert body_of(tip) == {
            "narrative": WORDS, "who": "A tall boy", "where": "Bus 7", "when": "every morning",
            "relationship": "I ride it", "staff_told": "no",
        }  # fmt: skip
        assert (tip.school, tip.event_type, tip.about, tip.band) == (town.linden, "gun", "other", "student")


@pytest.mark.parametrize(
    ("school", "kind"), [("unknown", "unknown"), ("not_a_school", "not_a_school"), ("", "unknown")]
)
def test_a_tip_needs_no_school(reporter, at_desk, school, kind):
    assert send(reporter, school=school).status_code == 200
    with at_desk():
        assert Tip.objects.get().place_kind == kind


def test_a_school_that_was_typed_in_full_needs_no_second_step(reporter, town, at_desk):
    assert send(reporter, school="", school_text="linden creek elementary").status_code == 200
    with at_desk():
        assert Tip.objects.get().school == town.linden


def test_a_school_that_could_be_several_is_asked_back_and_nothing_is_lost(reporter, town):
    page = send(reporter, school="", school_text="lindn creek", who="A tall boy")
    assert page.status_code == 422
    for kept in (WORDS, "lindn creek", "A tall boy", "Linden Creek Elementary", "I don’t know which school"):
        assert kept in text_of(page)


def test_a_school_that_nobody_knows_goes_to_the_desk_as_it_was_typed(reporter, at_desk):
    send(reporter, school="unknown", school_text="the little one by the river")
    with at_desk():
        assert body_of(Tip.objects.get())["school"] == "the little one by the river"


def test_without_script_a_school_is_found_by_a_step_that_keeps_what_was_written(reporter):
    token = token_on(reporter.get("/tip/"))
    page = send(reporter, token=token, narrative=WORDS, school_text="maple hil", step="school", event_types=["gun"])
    assert page.status_code == 200
    assert "Maple Hill High" in text_of(page)
    assert WORDS in text_of(page)
    assert 'value="gun" id="about_gun" checked' in text_of(page)
    assert token_on(page) == token
    assert "needs another look" not in text_of(page)


@pytest.mark.parametrize("typed", ["linden", "LINDN CREEK", "creek linden", "elementary linden"])
def test_schools_are_found_as_one_types(reporter, typed):
    assert "Linden Creek Elementary" in text_of(reporter.get("/tip/schools", {"q": typed}))


@pytest.mark.parametrize("typed", ["", "x", "\x01\x01", "%%%", "'; drop table", "🦓🦓", "a" * 5000])
def test_nothing_is_found_for_nothing(reporter, typed):
    page = reporter.get("/tip/schools", {"q": typed})
    assert page.status_code == 200
    assert "<input" not in text_of(page)


def test_the_same_form_sent_again_is_one_tip_and_tells_the_same_code(reporter, at_desk):
    token = token_on(reporter.get("/tip/"))
    first, second = send(reporter, token=token), send(reporter, token=token, narrative="changed")
    assert code_on(first) == code_on(second)
    assert "kept once" in text_of(second)
    with at_desk():
        assert Tip.objects.count() == 1


@pytest.mark.parametrize("token", ["", "made-up", "A" * 69, "🦓", "A" * 100_000, None])
def test_a_form_that_is_not_ours_is_given_back_with_all_that_was_written(reporter, at_desk, token):
    given = {"narrative": WORDS} | ({} if token is None else {"token": token})
    page = reporter.post("/tip/", given)
    assert page.status_code == 422
    assert "arrive whole" in text_of(page)
    assert WORDS in text_of(page)
    assert form_tokens.read(token_on(page))
    with at_desk():
        assert not Tip.objects.exists()


def test_a_form_that_lay_open_for_a_day_is_given_back(reporter, monkeypatch):
    token = token_on(reporter.get("/tip/"))
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=25))
    page = send(reporter, token=token)
    assert page.status_code == 422
    assert "open for a very long time" in text_of(page)
    assert WORDS in text_of(page)


def test_a_program_that_fills_in_every_field_is_told_and_a_person_loses_nothing(reporter, at_desk):
    page = send(reporter, website="https://buy.example/")
    assert page.status_code == 422
    assert WORDS in text_of(page)
    assert "buy.example" not in text_of(page)
    with at_desk():
        assert not Tip.objects.exists()


def test_a_story_longer_than_we_take_is_given_back_whole(reporter):
    story = "zebra " * 4000
    page = send(reporter, narrative=story)
    assert page.status_code == 422
    assert "longer than 20000 letters" in text_of(page)
    assert story.strip() in text_of(page)


def test_nothing_said_is_asked_for(reporter):
    page = send(reporter, narrative=" \n ", who="A tall boy")
    assert page.status_code == 422
    assert "Say what happened" in text_of(page)
    assert "A tall boy" in text_of(page)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("null\0byte", "nullbyte"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\u202egnp.exe right to left", "\u202egnp.exe right to left"),
        ("a" + "\u0301" * 300, "a" + "\u0301" * 300),
        ("<script>alert(1)</script>{{ 7|add:7 }}", "<script>alert(1)</script>{{ 7|add:7 }}"),
    ],
)
def test_hostile_letters_reach_the_desk_as_letters(reporter, at_desk, said, kept):
    assert send(reporter, narrative=said).status_code == 200
    with at_desk():
        assert body_of(Tip.objects.get())["narrative"] == kept


def test_half_of_a_character_is_no_fault(reporter, at_desk):
    token = token_on(reporter.get("/tip/"))
    body = f"narrative=%ED%A0%80zebra%FF&token={token}"
    page = reporter.post("/tip/", body, content_type="application/x-www-form-urlencoded")
    assert page.status_code == 200
    with at_desk():
        assert "zebra" in body_of(Tip.objects.get())["narrative"]


def test_fields_that_nobody_asked_for_change_nothing(reporter, at_desk):
    send(reporter, kind="spam", org_id="7", release_at="2099-01-01", owner="1", state="closed", channel="phone")
    with at_desk():
        tip = Tip.objects.get()
        assert (tip.kind, tip.state, tip.channel, tip.release_at) == ("real", "received", "web", None)


def test_ten_megabytes_of_text_are_refused_in_a_sentence(reporter):
    page = send(reporter, narrative="z" * 10_000_000)
    assert page.status_code == 413
    assert "more than we can take at once" in text_of(page)


def test_a_form_cut_off_on_the_way_is_not_half_a_tip(reporter, at_desk):
    token = token_on(reporter.get("/tip/"))
    whole = f'--x\r\nContent-Disposition: form-data; name="narrative"\r\n\r\n{WORDS}\r\n--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n{token}\r\n--x--\r\n'
    for cut in (40, len(whole) // 2, len(whole) - 30):
        page = reporter.post("/tip/", whole[:cut], content_type="multipart/form-data; boundary=x")
        assert page.status_code in {400, 422}
        assert "Traceback" not in text_of(page)
    assert reporter.post("/tip/", b"x", content_type="multipart/form-data").status_code == 400
    with at_desk():
        assert not Tip.objects.exists()
