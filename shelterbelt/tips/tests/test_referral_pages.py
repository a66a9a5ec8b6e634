"""Pages of referrals: at the desk, for recipients who sign in, and for those with a link and a code."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client

from shelterbelt.core import clock
from shelterbelt.delivery.models import Attempt, Message as Letters
from shelterbelt.delivery.tests.mail_servers import Post, serving
from shelterbelt.tips.models import Alarm, Attachment, Clock, Done, Message, Referral, StatFact, Tip
from shelterbelt.tips.sealing import links, words
from shelterbelt.tips.sealing.opening import key_of
from shelterbelt.tips.tests.conftest import NOW
from shelterbelt.tips.tests.referring import chains, deliver, referred

pytestmark = pytest.mark.django_db
WORDS = "Somebody hid a strange zebra behind the bleachers"
ADDED = "Look for the giraffe as well"


@pytest.fixture
def ready(town, at_desk):
    chains(town, at_desk)
    return town


@pytest.fixture
def tip(ready, a_tip):
    return a_tip(WORDS).tip


@pytest.fixture
def both(ready, tip, acting):
    """The school and the police have it."""
    with acting("ada") as ada:
        return referred(tip, ada, ready.linden, ready.police, words=ADDED, flags=["weapon"])


@pytest.fixture
def link_of(at_desk):
    """A referral's link and code, as mail and text tell them."""

    def told(referral):
        with at_desk():
            held = Referral.objects.select_related("tip").get(pk=referral.pk)
            key = key_of(held.tip)
        return links.secret_of(key, held.pk, held.link_until), links.code_of(key, held.pk, held.link_until)

    return told


def opened(referral, link_of):
    secret, code = link_of(referral)
    phone = Client()
    assert phone.post(f"/referrals/link/{secret}/", {"code": code}).status_code == 302
    return phone


def states(at_desk):
    with at_desk():
        return {str(each.org): each.state for each in Referral.objects.select_related("org")}


def test_the_desk_sees_what_the_rules_propose_and_refers(ready, tip, client_of, at_desk):
    page = client_of("ada").get(f"/desk/{tip.pk}/refer/")
    text = page.content.decode()
    assert "The school&#x27;s team knows the students" in text
    assert "In Missouri local law enforcement is told of every tip." in text
    said = {f"org_{ready.linden.pk}": "primary", f"org_{ready.police.pk}": "informed", "words": ADDED}
    sent = client_of("ada").post(f"/desk/{tip.pk}/refer/", said)
    assert sent.status_code == 302
    with at_desk():
        made = {each.org_id: each for each in Referral.objects.all()}
    assert (made[ready.linden.pk].is_primary, made[ready.linden.pk].rule) == (True, "school_first")
    assert (made[ready.police.pk].is_primary, made[ready.police.pk].rule) == (False, "police_know")
    assert ADDED.encode() not in bytes(made[ready.linden.pk].words)


def test_a_search_keeps_what_was_chosen_and_adds_what_it_finds(ready, tip, client_of):
    said = {f"org_{ready.linden.pk}": "no", "words": ADDED, "find": "mental", "search": "1"}
    text = client_of("ada").post(f"/desk/{tip.pk}/refer/", said).content.decode()
    assert f"org_{ready.clinic.pk}" in text
    assert ADDED in text
    assert re.search(r'value="no" selected', text)


def test_a_form_sent_twice_and_by_two_analysts_refers_once(ready, tip, client_of, at_desk):
    said = {f"org_{ready.linden.pk}": "primary"}
    for name in ("ada", "ada", "ray"):
        assert client_of(name).post(f"/desk/{tip.pk}/refer/", said).status_code == 302
    with at_desk():
        assert Referral.objects.count() == Letters.objects.filter(purpose="tips.referral").count() == 1


def test_a_chain_without_anybody_is_red_before_sending_and_after(ready, a_tip, client_of, acting, at_desk):
    tip = a_tip(WORDS, event_types=["suicide"]).tip
    text = client_of("ada").get(f"/desk/{tip.pk}/refer/").content.decode()
    assert text.count("Nobody there can be reached now") == 1  # the district
    assert "911 dispatch</strong>: No organisation is known" in text
    with acting("ada") as ada:
        [referral] = referred(tip, ada, ready.fire)
    assert states(at_desk) == {str(ready.fire): "unreached"}
    with at_desk():
        assert Alarm.objects.filter(because="unreached").exists()
        assert Tip.objects.get().state == "received"
    assert "Nobody there was reached so far" in client_of("ada").get(f"/desk/referrals/{referral.pk}/").content.decode()


@pytest.mark.parametrize(
    ("name", "school", "police"),
    [
        ("pia", 200, 404), ("sam", 200, 404), ("rosa", 200, 404), ("ben", 200, 404), ("sue", 200, 404),
        ("pete", 404, 200), ("reed", 404, 200), ("tom", 404, 404), ("otto", 404, 404), ("mia", 404, 404),
        ("cora", 404, 404), ("greta", 404, 404), ("fay", 404, 404), ("ada", 403, 403),
    ],
)  # fmt: skip
def test_who_opens_what_was_referred(both, client_of, name, school, police):
    client = client_of(name)
    for referral, status in zip(both, (school, police), strict=True):
        page = client.get(f"/referrals/{referral.pk}/")
        assert page.status_code == status
        assert (WORDS in page.content.decode()) is (status == 200)
        asked = client.post(f"/referrals/{referral.pk}/acknowledge/")
        assert asked.status_code == (302 if status == 200 else status)
    assert client.get("/referrals/").status_code == 200


@pytest.mark.parametrize("name", ["pia", "pete", "cora", "greta", "tom"])
def test_the_desks_pages_of_referrals_are_the_desks(both, tip, client_of, name):
    client = client_of(name)
    for path in (f"{tip.pk}/refer/", f"{tip.pk}/close/", f"referrals/{both[0].pk}/", "referrals/"):
        assert client.get(f"/desk/{path}").status_code == 403
    for verb in ("again", "called", "code", "reply", "withdraw", "must-answer", "accept", "ask-again"):
        assert client.post(f"/desk/referrals/{both[0].pk}/{verb}/").status_code == 403


def test_what_was_added_is_read_by_recipients_and_flags_by_law_enforcement(both, client_of):
    school = client_of("pia").get(f"/referrals/{both[0].pk}/").content.decode()
    police = client_of("pete").get(f"/referrals/{both[1].pk}/").content.decode()
    assert ADDED in school
    assert ADDED in police
    assert "A weapon is mentioned" not in school
    assert "A weapon is mentioned" in police


def test_notes_and_other_recipients_stay_unseen(both, tip, client_of, acting, at_desk):
    from shelterbelt.tips.actions.dialogue import write_note

    with acting("ada") as ada:
        write_note(Tip.objects.get(), text="A note about the lion", by=ada, at=NOW)
    client_of("pete").post(f"/referrals/{both[1].pk}/ask/", {"text": "Is there a tiger?"})
    school = client_of("pia").get(f"/referrals/{both[0].pk}/").content.decode()
    assert "lion" not in school
    assert "tiger" not in school
    assert "tiger" in client_of("pete").get(f"/referrals/{both[1].pk}/").content.decode()
    assert "tiger" in client_of("ada").get(f"/desk/referrals/{both[1].pk}/").content.decode()
    with at_desk():
        assert Alarm.objects.filter(because="recipient_wrote").exists()


def test_opening_acknowledges_nothing_and_is_on_record(both, client_of, at_desk):
    from shelterbelt.access.models import AuditEntry

    client_of("pia").get(f"/referrals/{both[0].pk}/")
    assert states(at_desk)["Linden Creek Elementary"] == "queued"
    with at_desk():
        assert AuditEntry.objects.filter(verb="read", reason="opened by a recipient").count() == 1


def test_a_recipient_works_reports_and_changes_the_outcome(both, client_of, at_desk):
    client, path = client_of("pia"), f"/referrals/{both[0].pk}"
    client.post(f"{path}/acknowledge/")
    client.post(f"{path}/begin/")
    assert states(at_desk)["Linden Creek Elementary"] == "working"
    said = {
        "validity": "actionable",
        "result": "ongoing",
        "actions": ["counseling"],
        "was_aware": "no",
        "words": "Soon",
    }
    assert client.post(f"{path}/outcome/", said).status_code == 302
    assert client.post(f"{path}/outcome/", said).status_code == 302
    client.post(f"{path}/outcome/", said | {"result": "support_given"})
    with at_desk():
        outcomes = Referral.objects.get(pk=both[0].pk).dispositions.order_by("revision")
        assert [each.result for each in outcomes] == ["ongoing", "support_given"]
        assert b"Soon" not in bytes(outcomes[0].words)
    assert "Soon" in client.get(f"{path}/outcome/").content.decode()


def test_an_outcome_without_an_answer_loses_nothing(both, client_of):
    said = {"result": "ongoing", "actions": ["arrest"], "words": "He is in care"}
    page = client_of("pia").post(f"/referrals/{both[0].pk}/outcome/", said)
    assert page.status_code == 422
    assert "He is in care" in page.content.decode()


def test_not_ours_calls_the_desk_and_opens_nothing_more_to_do(both, client_of, at_desk):
    client, path = client_of("pia"), f"/referrals/{both[0].pk}"
    assert client.post(f"{path}/return/", {"why": ""}).status_code == 422
    client.post(f"{path}/return/", {"why": "He moved to Oak Hill"})
    assert states(at_desk)["Linden Creek Elementary"] == "returned"
    assert client.post(f"{path}/acknowledge/").status_code == 403
    assert client.post(f"{path}/outcome/", {"validity": "actionable", "result": "ongoing"}).status_code == 403
    with at_desk():
        assert Alarm.objects.filter(because="returned").exists()
    assert "He moved to Oak Hill" in client_of("ada").get(f"/desk/referrals/{both[0].pk}/").content.decode()


def test_without_a_sign_in_link_and_code_open_it(both, link_of, at_desk):
    phone = opened(both[1], link_of)
    page = phone.get("/referrals/opened/")
    assert WORDS in page.content.decode()
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("same-origin", "no-store")
    assert states(at_desk)[str(both[1].org)] == "queued"
    assert phone.post("/referrals/opened/acknowledge/", {"name": ""}).status_code == 422
    assert phone.post("/referrals/opened/acknowledge/", {"name": "Sgt. Hale"}).status_code == 302
    assert phone.get("/referrals/opened/ask/").status_code == 200
    assert phone.post("/referrals/opened/ask/", {"text": "Which door?"}).status_code == 302
    assert phone.post("/referrals/opened/begin/").status_code == 302
    said = {"validity": "unfounded", "result": "no_concern", "actions": ["welfare_check"]}
    assert phone.get("/referrals/opened/outcome/").status_code == 200
    assert phone.post("/referrals/opened/outcome/", said).status_code == 302
    with at_desk():
        done = Referral.objects.get(pk=both[1].pk)
        assert (done.state, done.how, done.acknowledged_as) == ("answered", "link", "Sgt. Hale")
        assert Message.objects.get(way="from_recipient").by_id is None
    phone.post("/referrals/opened/leave/")
    assert phone.get("/referrals/opened/").status_code == 410


def test_looking_at_a_link_does_nothing_and_shows_nothing(both, link_of, at_desk):
    secret, _ = link_of(both[1])
    page = Client().get(f"/referrals/link/{secret}/")
    assert page.status_code == 200
    assert WORDS not in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    assert "sessionid" not in page.cookies
    with at_desk():
        assert Referral.objects.get(pk=both[1].pk).link_tries == 0
    assert Client().get("/referrals/opened/").status_code == 410


def test_five_wrong_codes_lock_a_link_and_call_the_desk_who_sends_another(both, link_of, at_desk, client_of):
    secret, code = link_of(both[1])
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    for _ in range(5):
        assert Client().post(f"/referrals/link/{secret}/", {"code": wrong}).status_code == 422
    assert Client().post(f"/referrals/link/{secret}/", {"code": code}).status_code == 410
    assert Client().get(f"/referrals/link/{secret}/").status_code == 410
    with at_desk():
        assert Alarm.objects.filter(because="recipient_wrote").exists()
        assert Done.objects.filter(verb="lock_link").count() == 1


def test_a_renewed_link_ends_the_one_before_and_what_it_opened(both, link_of, client_of, monkeypatch):
    old = link_of(both[1])
    phone = opened(both[1], link_of)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=1))
    client_of("ada").post(f"/desk/referrals/{both[1].pk}/again/")
    assert link_of(both[1]) != old
    assert Client().post(f"/referrals/link/{old[0]}/", {"code": old[1]}).status_code == 410
    assert phone.get("/referrals/opened/").status_code == 410
    assert opened(both[1], link_of).get("/referrals/opened/").status_code == 200


def test_a_link_ends_after_three_days_and_what_it_opened_after_half_an_hour(both, link_of, monkeypatch):
    secret, code = link_of(both[1])
    phone = opened(both[1], link_of)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=31))
    assert phone.get("/referrals/opened/").status_code == 410
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=72, minutes=1))
    assert Client().post(f"/referrals/link/{secret}/", {"code": code}).status_code == 410


@pytest.mark.parametrize("token", ["never-given", "x" * 500, "é"])
def test_a_link_that_never_was_says_the_same_as_one_that_is_over(town, token):
    assert Client().get(f"/referrals/link/{token}/").status_code in {404, 410}


def test_a_link_opens_its_own_referral_alone(both, link_of, at_desk):
    phone = opened(both[1], link_of)
    phone.post("/referrals/opened/acknowledge/", {"name": "Hale", "referral": str(both[0].pk)})
    assert states(at_desk) == {"Linden Creek Elementary": "queued", str(both[1].org): "acknowledged"}
    assert phone.get(f"/referrals/{both[0].pk}/").status_code == 302


def test_foreign_and_unknown_referrals_look_alike(both, client_of):
    client = client_of("pete")
    for verb in ("", "acknowledge/", "begin/", "ask/", "return/", "outcome/"):
        foreign, never = (client.post(f"/referrals/{each}/{verb}") for each in (both[0].pk, uuid.uuid4()))
        assert foreign.status_code == never.status_code
        assert foreign.status_code in {404, 405}


def test_the_desk_notes_who_answered_the_phone_and_reads_out_the_code(both, client_of, at_desk, link_of):
    path = f"/desk/referrals/{both[1].pk}"
    assert "+15735550112" in client_of("ada").get(f"{path}/").content.decode()
    assert client_of("ada").post(f"{path}/called/", {"called-name": " "}).status_code == 422
    client_of("ada").post(f"{path}/called/", {"called-name": "Dispatcher Roy"})
    with at_desk():
        held = Referral.objects.get(pk=both[1].pk)
    assert (held.state, held.how, held.acknowledged_as) == ("acknowledged", "call", "Dispatcher Roy")
    code = link_of(both[1])[1]
    page = client_of("ada").post(f"{path}/code/").content.decode()
    assert f"{code[:4]} {code[4:]}" in page
    with at_desk():
        assert Done.objects.filter(verb="read_code", by__name="ada").count() == 1


def test_a_referral_taken_back_is_gone_for_its_recipient(both, client_of, link_of):
    phone = opened(both[1], link_of)
    client_of("ada").post(f"/desk/referrals/{both[1].pk}/withdraw/")
    assert client_of("pete").get(f"/referrals/{both[1].pk}/").status_code == 404
    assert phone.get("/referrals/opened/").status_code == 410


def test_the_desk_accepts_asks_again_writes_and_closes(both, tip, client_of, at_desk):
    ada, said = client_of("ada"), {"validity": "actionable", "result": "support_given"}
    for name, referral in zip(("pia", "pete"), both, strict=True):
        client_of(name).post(f"/referrals/{referral.pk}/outcome/", said)
    ada.post(f"/desk/referrals/{both[0].pk}/accept/")
    assert ada.post(f"/desk/referrals/{both[1].pk}/ask-again/", {"again-text": ""}).status_code == 422
    ada.post(f"/desk/referrals/{both[1].pk}/ask-again/", {"again-text": "Was he hurt?"})
    assert ada.get(f"/desk/{tip.pk}/close/").status_code == 200
    assert ada.post(f"/desk/{tip.pk}/close/", {"because": "No need"}).status_code == 403
    page = client_of("pete").get(f"/referrals/{both[1].pk}/").content.decode()
    assert "Was he hurt?" in page
    client_of("pete").post(f"/referrals/{both[1].pk}/outcome/", said | {"words": "No"})
    text = ada.get(f"/desk/{tip.pk}/close/").content.decode()
    assert "In their own words" in text
    assert "· pia" in text  # whose row the desk doesn't see
    assert "pia" in ada.get(f"/desk/referrals/{both[0].pk}/").content.decode()
    assert ada.post(f"/desk/{tip.pk}/close/").status_code == 302
    with at_desk():
        assert Tip.objects.get().state == "closed"
        assert set(Referral.objects.values_list("state", flat=True)) == {"accepted"}
    assert client_of("sol").post(f"/desk/{tip.pk}/reopen/").status_code == 302


def test_a_supervisor_closes_for_a_reason_that_is_sealed(both, tip, client_of, at_desk):
    assert client_of("sol").post(f"/desk/{tip.pk}/close/", {"because": " "}).status_code == 422
    assert client_of("sol").post(f"/desk/{tip.pk}/close/", {"because": "The walrus left"}).status_code == 302
    with at_desk():
        closed = Tip.objects.get()
        assert b"walrus" not in bytes(closed.closed_because)
        assert len(closed.closed_because) > 20


def test_a_changed_outcome_opens_a_closed_tip_again(both, tip, client_of, at_desk):
    said = {"validity": "actionable", "result": "support_given"}
    for name, referral in zip(("pia", "pete"), both, strict=True):
        client_of(name).post(f"/referrals/{referral.pk}/outcome/", said)
    client_of("ada").post(f"/desk/{tip.pk}/close/")
    client_of("pia").post(f"/referrals/{both[0].pk}/outcome/", said | {"result": "ongoing"})
    with at_desk():
        assert Tip.objects.get().state == "outcome_reported"
        assert Done.objects.filter(verb="reopen", by_whom="recipient").count() == 1


def test_an_office_in_another_state_is_told_like_any_other(ready, tip, client_of, at_desk, settings):
    text = client_of("ada").get(f"/desk/{tip.pk}/refer/?place=other_state").content.decode()
    assert "It happens in another state" in text
    said = {"outside_name": "Kansas Safe Schools", "outside_email": "", "outside_sms": "5"}
    assert client_of("ada").post(f"/desk/{tip.pk}/refer/", said).status_code == 422
    said |= {"outside_email": "desk@ks.example", "outside_sms": "(785) 555-0100"}
    with serving(Post(), settings) as server:
        assert client_of("ada").post(f"/desk/{tip.pk}/refer/", said).status_code == 302
        assert client_of("ada").post(f"/desk/{tip.pk}/refer/", said).status_code == 302
        deliver()
    assert server.post.to == ["desk@ks.example"]
    with at_desk():
        held = Referral.objects.get()
        code = Attempt.objects.get(message__purpose="tips.referral_code")
    assert (held.to, held.state) == ("out_of_state", "sent")
    assert (code.channel, code.address) == ("sms", "+17855550100")


def test_no_mail_and_no_row_holds_a_word_of_the_tip_a_link_or_a_code(
    both, client_of, settings, link_of, as_owner, at_desk
):
    from django.db import connection

    with serving(Post(), settings) as server:
        client_of("ada").post(f"/desk/referrals/{both[1].pk}/reply/", {"reply-text": "The giraffe is in room 4"})
        deliver()
    sent = "\n".join(f"{letter['Subject']} {letter.get_content()}" for letter in server.post.letters)
    secret, code = link_of(both[1])
    assert f"/referrals/link/{secret}/" in sent
    assert code not in sent
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "select m::text from delivery_message m union all select r::text from delivery_recipient r"
            " union all select a::text from delivery_attempt a union all select t::text from tips_referral t"
            " union all select d::text from tips_done d"
            " union all select coalesce(before::text, '') || coalesce(after::text, '') from access_auditentry"
        )
        kept = " ".join(str(row[0]) for row in cursor.fetchall())
    for word in ("zebra", "bleachers", "giraffe", "room 4"):
        assert word not in sent
        assert word not in kept
    assert secret not in kept
    assert code not in kept


def test_files_are_listed_and_sexual_ones_for_law_enforcement_alone(both, tip, client_of, at_desk, link_of):
    with at_desk():
        key = key_of(Tip.objects.get(pk=tip.pk))
        for name, is_sexual in (("plan.png", False), ("photo.png", True)):
            number = uuid.uuid4()
            sealed = words.seal_text(key, name, kind="name", of=number)
            told = {"content_type": "image/png", "size": 9, "original": "0" * 64, "state": "clean", "added_at": NOW}
            Attachment.objects.create(id=number, tip=tip, org_id=tip.org_id, name=sealed, is_sexual=is_sexual, **told)
    school = client_of("pia").get(f"/referrals/{both[0].pk}/").content.decode()
    police = client_of("pete").get(f"/referrals/{both[1].pk}/").content.decode()
    assert ("plan.png" in school, "photo.png" in school) == (True, False)
    assert ("plan.png" in police, "photo.png" in police) == (True, True)
    assert "/tip-files/" in police
    assert "/tip-files/" not in opened(both[1], link_of).get("/referrals/opened/").content.decode()


def test_overdue_outcomes_are_listed_at_the_desk(both, client_of, monkeypatch):
    client_of("pia").post(f"/referrals/{both[0].pk}/acknowledge/")
    assert "No outcome is overdue" in client_of("ada").get("/desk/referrals/").content.decode()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=16))
    assert "Linden Creek Elementary" in client_of("ada").get("/desk/referrals/").content.decode()


def test_who_was_only_informed_can_be_made_to_answer(ready, tip, acting, client_of, at_desk):
    with acting("ada") as ada:
        [referral] = referred(tip, ada, (ready.police, False))
    for _ in range(2):
        assert client_of("ada").post(f"/desk/referrals/{referral.pk}/must-answer/").status_code == 302
    with at_desk():
        held = Referral.objects.get(pk=referral.pk)
        counted = StatFact.objects.filter(step="referred")
        assert held.is_primary
        assert sum(each.amount for each in counted if each.is_primary) == 1
        assert sum(each.amount for each in counted if not each.is_primary) == 0
        assert Letters.objects.filter(purpose="tips.referral", cancelled_at=None).count() == 1
        assert set(Clock.objects.filter(referral=held).values_list("kind", flat=True)) == {"acknowledge", "chain"}


def test_what_a_reporter_wrote_turns_nothing_around_it_and_says_its_language(ready, a_tip, acting, client_of):
    tip = a_tip("\u202eal rev\u00e9s", language="es", answers={"where": "\u202epatio", "who": "\u202eLuis"}).tip
    with acting("ada") as ada:
        (referral,) = referred(tip, ada, ready.linden)
    page = client_of("pia").get(f"/referrals/{referral.pk}/").content.decode()
    for said in ('<bdi lang="es">\u202epatio</bdi>', '<dd lang="es" dir="auto">\u202eLuis</dd>'):
        assert said in page
    assert 'lang="es" dir="auto">\u202eal rev\u00e9s</p>' in page
