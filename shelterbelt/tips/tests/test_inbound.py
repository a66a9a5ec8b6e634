"""Services hand tips in: signed, in time, once each."""

import json

import pytest
from django.test import Client

from shelterbelt.access.scope import acting_as_system
from shelterbelt.demo import factories as a
from shelterbelt.tips.actions import inbound
from shelterbelt.tips.models import InboundSource, Message, Tip
from shelterbelt.tips.sealing.opening import body_of, key_of
from shelterbelt.tips.sealing.words import unseal_text
from shelterbelt.tips.tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db
SAID = {"thread": "+1-573-555-0100", "message": "SM1", "text": "There is a gun in a locker", "school": "290001"}


@pytest.fixture
def gateway(town, acting, at_desk):
    """A text-message gateway and its secret."""
    with at_desk():
        a.identify(town.linden, "nces_school", "290001")
    with acting("cora") as by:
        return inbound.add_source(state=town.state, name="Gateway", channel="text", by=by, at=NOW)


def hand_in(gateway, said, *, at=None, secret=None, body=None, client=None):
    source, known = gateway
    body = json.dumps(said).encode() if body is None else body
    sent_at = str(int((at or NOW).timestamp()))
    headers = {
        "X-Shelterbelt-Source": str(source.pk),
        "X-Shelterbelt-Timestamp": sent_at,
        "X-Shelterbelt-Signature": inbound.signed(secret or known, sent_at, body),
    }
    client = client or Client(enforce_csrf_checks=True)
    return client.post("/api/v1/tips/inbound", body, content_type="application/json", headers=headers)


def test_a_signed_message_is_a_tip_with_a_code_to_pass_on(gateway, acting):
    answer = hand_in(gateway, SAID)
    assert answer.status_code == 201
    assert len(answer.json()["code"].split()) == 6
    with acting("ada"):
        tip = Tip.objects.get()
        assert (tip.channel, tip.school.name, tip.is_life_safety) == ("text", "Linden Creek Elementary", True)
        assert body_of(tip)["narrative"] == SAID["text"]


def test_the_same_message_again_is_the_same_tip(gateway, acting):
    first, second = hand_in(gateway, SAID).json(), hand_in(gateway, SAID)
    assert second.status_code == 200
    assert second.json() == {"tip": first["tip"], "code": None}
    with acting("ada"):
        assert Tip.objects.count() == 1
        assert not Message.objects.exists()


def test_a_later_message_of_the_thread_is_added_once(gateway, acting):
    hand_in(gateway, SAID)
    later = SAID | {"message": "SM2", "text": "It is locker 12"}
    assert [hand_in(gateway, later).status_code for _ in range(2)] == [201, 200]
    with acting("ada"):
        assert Message.objects.get().way == "from_reporter"


def test_two_parts_of_one_text_that_come_at_once_are_both_kept(gateway, acting, monkeypatch):
    """Both look before either is there: the one that comes second finds the thread begun."""
    monkeypatch.setattr(inbound, "is_known", lambda *_: False)
    later = SAID | {"message": "SM2", "text": "It is locker 12"}
    assert [hand_in(gateway, each).status_code for each in (SAID, later, SAID, later)] == [201, 201, 200, 200]
    with acting("ada"):
        tip, message = Tip.objects.get(), Message.objects.get()
        assert unseal_text(key_of(tip), message.words, kind="message", of=message.pk) == "It is locker 12"


@pytest.mark.parametrize(
    "wrong",
    [
        {"school": "29\x0001"}, {"school": "'; drop table"}, {"text": ""}, {"text": " \n\t "}, {"thread": ""},
        {"thread": "x" * 201}, {"message": None}, {"language": "fr"}, {"event_types": ["bullying\x00"]},
        {"event_types": ["bullying"] * 11}, {"is_happening_now": "perhaps"}, {"contact": {"name": "N", "age": 9}},
        {"unknown": 1}, {"text": "x" * 20_001},
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_part_by_part_and_nothing_is_kept(gateway, acting, wrong):
    answer = hand_in(gateway, SAID | wrong)
    assert answer.status_code == 422
    assert next(iter(wrong)) in " ".join(answer.json()["errors"])
    with acting("ada"):
        assert not Tip.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 3000 + b"]" * 3000, b'{"thread":' * 3000 + b"1" + b"}" * 3000, b" ", b"null", b"\xff\xfe", b"NaN",
        b'{"thread": "\\ud800", "message": "m", "text": "t"}', b'{"thread": "a", "thread": "b"}', b"1" * 60_000,
    ],
)  # fmt: skip
def test_a_body_that_is_no_message_is_refused_with_a_sentence(gateway, body):
    answer = hand_in(gateway, None, body=body)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("sent_at", ["", "-1", "1e9", "٣", "9" * 400, "1795032000.5", " 1795032000"])
def test_a_moment_that_is_none_is_not_signed(gateway, sent_at):
    source, secret = gateway
    body = json.dumps(SAID).encode()
    signature = inbound.signed(secret, sent_at, body)
    for said in (signature, signature.upper(), "ł" * 64):
        with acting_as_system("tip_desk", today=TODAY, reason="test"), pytest.raises(inbound.NotSigned):
            inbound.proven(source_id=str(source.pk), signature=said, sent_at=sent_at, body=body, at=NOW)


@pytest.mark.parametrize("minutes", [-6, 6])
def test_what_is_caught_and_sent_later_is_refused(gateway, minutes):
    from datetime import timedelta

    assert hand_in(gateway, SAID, at=NOW + timedelta(minutes=minutes)).status_code == 401


def test_an_unsigned_or_ended_or_unknown_service_is_refused_alike(gateway, acting):
    answers = [hand_in(gateway, SAID, secret="other").content]
    nobody = InboundSource(org=gateway[0].org, name="x")
    answers.append(hand_in((nobody, "none"), SAID).content)
    with acting("cora") as by:
        inbound.end_source(source=gateway[0], by=by, at=NOW)
    answers.append(hand_in(gateway, SAID).content)
    assert len(set(answers)) == 1
    with acting("ada"):
        assert not Tip.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"[" * 3000, 422),
        (b'{"thread": "a", "message": "b", "text": "c", "unknown": 1}', 422),
        (b'{"thread": "a", "message": "b"}', 422),
        (b"\xff\xfe", 422),
        (b'{"thread": "a", "message": "b", "text": "c", "event_types": ["nope"]}', 422),
        (b'{"thread": "a", "message": "b", "text": "c", "school": "999"}', 422),
        (b'{"thread": "a", "message": "b", "text": "' + b"x" * 70_000 + b'"}', 413),
    ],
)
def test_what_is_not_understood_is_refused_with_a_sentence(gateway, body, status, acting):
    answer = hand_in(gateway, None, body=body)
    assert answer.status_code == status
    assert answer.json()["detail"]
    assert b"xxxx" not in answer.content
    with acting("ada"):
        assert not Tip.objects.exists()


def test_hostile_letters_are_kept_as_they_are(gateway, acting):
    text = "\u202eevil\u0000 \U0001f600 '; drop table tips_tip; --"
    assert hand_in(gateway, SAID | {"text": text}).status_code == 201
    with acting("ada"):
        assert body_of(Tip.objects.get())["narrative"] == text


@pytest.mark.parametrize(("name", "status"), [("cora", 200), ("sol", 200), ("ada", 403), ("pia", 403), ("pete", 403)])
def test_who_keeps_services(client_of, name, status):
    assert client_of(name).get("/desk/sources/").status_code == status


def test_a_secret_is_shown_once_and_kept_sealed(client_of, acting, as_owner):
    page = client_of("sol").post("/desk/sources/", {"name": "Mailbox", "channel": "email"})
    with acting("sol"):
        source = InboundSource.objects.get(name="Mailbox")
    secret = page.context["secret"]
    assert secret.encode() in page.content
    assert secret not in source.secret
    assert secret.encode() not in client_of("sol").get("/desk/sources/").content
