"""The tip line's public pages, asked as its process asks: by the public login, without session or cookie."""

import hashlib
import itertools
import re
import unicodedata
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from mnemonic import Mnemonic

from shelterbelt.core import clock
from shelterbelt.tips.actions import intake
from shelterbelt.tips.line_door import forget_sender
from shelterbelt.tips.models import Message, MonthKey, Tip
from shelterbelt.tips.rules.door import door
from shelterbelt.tips.sealing import codes, form_tokens
from shelterbelt.tips.sealing.opening import body_of, key_of, words_of
from shelterbelt.tips.tests.conftest import NOW, on_the_line

pytestmark = pytest.mark.django_db
WORDS = "Somebody hid a strange zebra behind the bleachers"


class Reporter(Client):
    """Somebody with a browser, asking the tip line's own process: each request is answered as the public login."""

    def request(self, **request):
        """Ask."""
        with on_the_line():
            return super().request(**request)


@pytest.fixture
def reporter(town, settings):
    settings.ROOT_URLCONF, settings.MIDDLEWARE = settings.TIP_LINE_URLCONF, settings.TIP_LINE_MIDDLEWARE
    return Reporter(headers={"user-agent": "Telling/1.0", "referer": "https://elsewhere.example/"})


def token_on(page):
    return re.search(r'name="token" value="([^"]+)"', page.content.decode())[1]


def code_on(page):
    found = re.search(r'data-code="([^"]+)"', page.content.decode())
    return found[1] if found else None


def text_of(page):
    return page.content.decode()


def proof_for(token):
    """The work, done as the page's script does it."""
    challenge, rules = form_tokens.challenge_of(token), door()

    def first(puzzle):
        answers = (f"{number}" for number in itertools.count())
        return next(each for each in answers if leading(f"{challenge}.{puzzle}.{each}") >> (32 - rules.bits) == 0)

    return ",".join(first(puzzle) for puzzle in range(rules.puzzles))


def leading(text):
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def send(reporter, narrative=WORDS, *, token=None, start="/tip/", **more):
    token = token or token_on(reporter.get(start))
    return reporter.post(start, {"narrative": narrative, "school": "unknown", **more, "token": token})


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


# ---- a flood


def test_a_proof_of_work_lets_a_tip_through_at_once_however_many_wait(reporter, at_desk, as_owner):
    token = token_on(reporter.get("/tip/"))
    proof = proof_for(token)
    fill_line(as_owner, "plain", minutes=500)
    assert send(reporter, token=token, proof=proof).status_code == 200
    with at_desk():
        assert Tip.objects.get().release_at is None


def test_a_proof_is_good_for_its_own_form_alone(reporter, as_owner):
    proof = proof_for(token_on(reporter.get("/tip/")))
    fill_line(as_owner, "plain", minutes=500)
    assert send(reporter, proof=proof).status_code == 503


@pytest.mark.parametrize("proof", ["", "1", "1,2,3,4,5,6,7,8", "-1," * 8, "9" * 5000, "1,2,3,4,5,6,7,8,9", "é" * 8])
def test_without_proof_a_tip_has_no_delay_on_a_usual_day(reporter, at_desk, proof):
    assert send(reporter, proof=proof).status_code == 200
    with at_desk():
        assert Tip.objects.get().release_at is None


def test_in_a_flood_a_tip_without_proof_waits_its_turn_and_its_sender_is_told(reporter, at_desk, as_owner):
    fill_line(as_owner, "plain", minutes=30)
    page = send(reporter)
    assert "will be read as soon as its turn comes" in text_of(page)
    assert "Your tip is in line" in text_of(reporter.post("/tip/return/", {"code": code_on(page)}))
    with at_desk():
        assert timedelta(minutes=25) < Tip.objects.get().release_at - NOW < timedelta(minutes=31)


def test_past_the_limit_nothing_is_kept_and_nothing_is_lost(reporter, settings, at_desk, as_owner):
    settings.TIP_PHONE = "1-866-555-0142"
    fill_line(as_owner, "plain", minutes=500)
    page = send(reporter, who="A tall boy")
    assert page.status_code == 503
    for kept in (WORDS, "A tall boy", "1-866-555-0142", "was not kept"):
        assert kept in text_of(page)
    with at_desk():
        assert not Tip.objects.exists()


@pytest.mark.parametrize("more", [{"event_types": ["gun"]}, {"is_happening_now": "on"}, {"narrative": "he has a gun"}])
def test_life_safety_has_a_line_of_its_own(reporter, at_desk, as_owner, more):
    fill_line(as_owner, "plain", minutes=500)
    assert send(reporter, **more).status_code == 200
    with at_desk():
        assert Tip.objects.get().release_at is None


def fill_line(as_owner, name, *, minutes):
    """As if so many minutes of turns, after the burst, were taken."""
    rules = door().turns[name]
    taken = minutes + rules.burst / rules.per_minute
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "insert into tips_turn values (%s, clock_timestamp() + make_interval(mins => %s))"
            " on conflict (line) do update set used_up = excluded.used_up",
            [name, int(taken)],
        )


# ---- coming back


def test_the_reporter_reads_the_desk_and_answers(reporter, at_desk, acting):
    code = code_on(send(reporter))
    opened = reporter.post("/tip/return/", {"code": code})
    answer = visit_on(opened) | {"step": "write", "words": "It was the striped one"}
    page = reporter.post("/tip/return/", answer)
    assert "The desk has what you wrote" in text_of(page)
    assert "It was the striped one" in text_of(page)
    with at_desk():
        message = Message.objects.get()
        assert words_of(message, key_of(Tip.objects.get())) == "It was the striped one"
        assert (message.way, message.by) == ("from_reporter", None)


def test_an_answer_sent_twice_is_one(reporter, at_desk):
    opened = reporter.post("/tip/return/", {"code": code_on(send(reporter))})
    answer = visit_on(opened) | {"step": "write", "words": "once"}
    reporter.post("/tip/return/", answer)
    reporter.post("/tip/return/", answer)
    with at_desk():
        assert Message.objects.count() == 1


def test_of_a_reading_only_the_day_is_kept(reporter, at_desk):
    reporter.post("/tip/return/", {"code": code_on(send(reporter))})
    with at_desk():
        assert Tip.objects.get().reporter_seen_on.isoformat() == "2026-11-18"


def test_after_half_an_hour_the_code_is_asked_again_and_what_was_written_comes_along(reporter, monkeypatch):
    code = code_on(send(reporter))
    answer = visit_on(reporter.post("/tip/return/", {"code": code})) | {"step": "write", "words": "a long answer"}
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=31))
    page = reporter.post("/tip/return/", answer)
    assert page.status_code == 422
    assert "a long answer" in text_of(page)
    assert "a long answer" in text_of(reporter.post("/tip/return/", {"code": code, "words": "a long answer"}))


def test_a_code_that_was_read_out_is_changed_before_anything_is_shown(reporter, a_tip, at_desk):
    spoken = a_tip(WORDS)
    with at_desk():
        Tip.objects.update(code_is_spoken=True)
    page = reporter.post("/tip/return/", {"code": spoken.code})
    own = code_on(page)
    assert own
    assert own != spoken.code
    assert "Your tip has arrived" not in text_of(page)
    assert "opens no tip" in text_of(reporter.post("/tip/return/", {"code": spoken.code}))
    assert "Your tip has arrived" in text_of(reporter.post("/tip/return/", {"code": own}))


def test_a_changed_code_whose_answer_was_lost_is_told_to_the_same_form_again_and_to_no_other(
    reporter, a_tip, at_desk, monkeypatch
):
    spoken = a_tip(WORDS)
    with at_desk():
        Tip.objects.update(code_is_spoken=True)
    form = {"code": spoken.code, "token": token_on(reporter.get("/tip/return/"))}
    own = code_on(reporter.post("/tip/return/", form))
    assert own
    assert code_on(reporter.post("/tip/return/", form)) == own
    other = {"code": spoken.code, "token": token_on(reporter.get("/tip/return/"))}
    assert "opens no tip" in text_of(reporter.post("/tip/return/", other))
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=31))
    assert "opens no tip" in text_of(reporter.post("/tip/return/", form))


@pytest.mark.parametrize("visit", ["", "made-up", "A" * 300, "🦓", "A" * 100_000])
def test_a_visit_cannot_be_made_up(reporter, visit):
    page = reporter.post("/tip/return/", {"visit": visit, "step": "write", "words": "x", "number": "1"})
    assert page.status_code == 422
    assert "Type your code again" in text_of(page)


WRONG = [
    "",
    " ",
    "wrong words that open no tip",
    "a" * 199,
    "ä " * 100,
    "\0",
    "zoo " * 10_000,
    "1 2 3 4 5 6",
    " " * 5000,
]


def test_every_wrong_code_gets_the_same_answer_for_the_same_work(reporter, monkeypatch):
    real, hashed, answers = codes.pwhash.argon2id.kdf, [], set()
    monkeypatch.setattr(codes.pwhash.argon2id, "kdf", lambda *args, **more: hashed.append(1) or real(*args, **more))
    code = code_on(send(reporter))
    for wrong in [*WRONG, f"{code} zoo", " ".join(code.split()[:5]), " ".join(reversed(code.split()))]:
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            page = reporter.post("/tip/return/", {"code": wrong})
        said = page.content.replace(token_on(page).encode(), b"")
        answers.add((page.status_code, said, len(hashed), len(asked)))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 422


def test_a_code_opens_its_tip_however_it_is_typed(reporter):
    code = code_on(send(reporter))
    for typed in (
        code.upper(),
        f"   {code}   ",
        code.replace(" ", "  -  "),
        "\n".join(f"{n}. {w}" for n, w in enumerate(code.split(), 1)),
    ):
        assert "Your tip has arrived" in text_of(reporter.post("/tip/return/", {"code": typed}))


# ---- everywhere


PAGES = [
    "/tip/",
    "/tip/es/",
    "/tip/return/",
    "/tip/es/return/",
    "/tip/schools?q=linden",
    "/tip/nothing",
    "/nothing",
    "/healthz",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_keeps_nothing_and_loads_nothing_from_elsewhere(reporter, path):
    page = reporter.get(path)
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "'unsafe" not in page["Content-Security-Policy"]
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert not page.cookies
    assert "X-Request-ID" not in page
    outside = re.findall(r'(?:src|action)="(?!/)[^"]*"|<link[^>]*href="(?!/)[^"]*"', text_of(page))
    assert not outside


def test_what_tells_who_asks_is_gone_before_any_page_is_made(reporter, rf):
    request = rf.post(
        "/tip/", REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="203.0.113.9", HTTP_COOKIE="id=7",
        HTTP_USER_AGENT="Telling/1.0", HTTP_REFERER="https://elsewhere.example/", HTTP_X_REQUEST_ID="a" * 32,
        HTTP_TRUE_CLIENT_IP="203.0.113.9", HTTP_SEC_CH_UA_MODEL="Pixel",
    )  # fmt: skip
    forget_sender(request)
    kept = " ".join(f"{name}={value}" for name, value in request.META.items())
    assert not [word for word in ("203.0.113.9", "Telling", "elsewhere", "id=7", "a" * 32, "Pixel") if word in kept]


def test_the_language_is_the_browsers_or_the_addresss_and_no_cookies(reporter):
    reporter.cookies["language"] = "en"
    assert 'lang="es"' in text_of(reporter.get("/tip/", headers={"accept-language": "es-MX,en;q=0.5"}))
    assert 'lang="es"' in text_of(reporter.get("/tip/es/", headers={"accept-language": "en"}))
    assert 'lang="en"' in text_of(reporter.get("/tip/en/", headers={"accept-language": "es"}))
    assert 'action="/tip/es/"' in text_of(reporter.get("/tip/es/"))


def test_whoever_files_in_spanish_gets_a_spanish_code(reporter, at_desk):
    words = code_on(send(reporter, start="/tip/es/")).split()
    spanish = {unicodedata.normalize("NFC", word) for word in Mnemonic("spanish").wordlist}
    assert set(words) <= spanish
    with at_desk():
        assert Tip.objects.get().language == "es"


def test_a_name_left_behind_is_locked_from_the_desk(reporter, at_desk):
    send(reporter, name="Nell Reporter", reach="573-555-0100")
    with at_desk():
        intake.take_in(at=NOW)
        tip = Tip.objects.get()
        assert tip.has_contact
        assert "Nell" not in str(body_of(tip))
        assert b"Nell" not in bytes(tip.contact)


def test_the_line_says_whether_it_can_take_tips(reporter, at_desk):
    assert reporter.get("/healthz").status_code == 200
    with at_desk():
        MonthKey.objects.all().update(destroyed_at=NOW)
    assert reporter.get("/healthz").status_code == 503
    page = send(reporter)
    assert page.status_code == 503
    assert WORDS in text_of(page)


def test_the_main_site_sends_whoever_looks_for_the_line_there(client, settings):
    settings.TIP_LINE_SITE = "https://tips.example.gov"
    answer = client.get("/tip/")
    assert (answer.status_code, answer["Location"]) == (302, "https://tips.example.gov/tip/")
    assert client.get("/tip/es/")["Location"] == "https://tips.example.gov/tip/es/"
    assert 'href="/tip/"' in text_of(client.get("/"))


def visit_on(page):
    found = dict(re.findall(r'name="(visit|number)" value="([^"]+)"', page.content.decode()))
    return {"visit": found["visit"], "number": found["number"]}
