"""What a browser sends as a passkey is anybody's word: wrong, foreign or broken, it is refused in a sentence."""

import base64
import json

import pytest
from django.test import Client
from fido2 import cbor
from hypothesis import HealthCheck, given, settings, strategies as st

from shelterbelt.people.sessions import SessionStore
from shelterbelt.people.sign_in import signing_in
from shelterbelt.people.sign_in.factors import Kind, factors_of

SIGN_IN = "/sign-in/passkey/"
ADD = "/account/second-factors/passkey/"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


def coded(content):
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def client_data(**changes):
    return json.dumps({"type": "webauthn.get", "challenge": "AAAA", "origin": "http://testserver"} | changes).encode()


BYTES = st.binary(max_size=80)
CODED = BYTES.map(coded) | st.text(max_size=12) | JSON
DATA = st.dictionaries(st.sampled_from(["type", "challenge", "origin", "crossOrigin"]), JSON).map(
    lambda changes: coded(client_data(**changes))
)
AUTHENTICATOR = st.binary(min_size=37, max_size=120).map(coded)
ATTESTATION = st.dictionaries(
    st.sampled_from(["fmt", "attStmt", "authData", 1, 2, 3]), BYTES | st.text(max_size=8)
).map(lambda parts: coded(cbor.encode(parts)))
ANSWER = st.fixed_dictionaries(
    {
        "id": CODED,
        "rawId": CODED,
        "type": st.sampled_from(["public-key", "x", None]),
        "response": st.fixed_dictionaries(
            {"clientDataJSON": DATA | CODED},
            optional={
                "authenticatorData": AUTHENTICATOR | CODED,
                "signature": CODED,
                "userHandle": st.sampled_from(
                    [coded(b"1"), coded(b"z" * 13), coded(b"z" * 17), coded(b"-1"), "!", 5, None]
                )
                | CODED,
                "attestationObject": ATTESTATION | CODED,
            },
        )
        | JSON,
        "clientExtensionResults": JSON,
    }
)
WITH_DATABASE = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def asked(db):
    """A browser that was asked for a passkey just now."""
    client = Client()
    assert client.get(SIGN_IN).json()["publicKey"]["userVerification"] == "required"
    return client


@WITH_DATABASE
@given(answer=ANSWER | JSON)
def test_no_answer_of_a_browser_breaks_the_sign_in(asked, cora, answer):
    sent = asked.post(SIGN_IN, {"credential": json.dumps(answer)})
    assert (sent.status_code, sent.headers["Location"]) == (302, "/sign-in/")
    if not SessionStore(asked.cookies["sessionid"].value).get("mfa.webauthn.state"):
        asked.get(SIGN_IN)


@WITH_DATABASE
@given(answer=ANSWER | JSON)
def test_no_answer_of_a_browser_breaks_an_account(enter, cora, answer):
    client = enter(cora)
    client.get(ADD)
    sent = client.post(ADD, {"credential": json.dumps(answer), "name": "x"})
    assert sent.status_code == 200
    with signing_in("test"):
        assert not factors_of(cora.person).filter(type=Kind.WEBAUTHN).exists()


@pytest.mark.parametrize("text", ["", "{", "[]", "1", "null", "[" * 5000, "\x00", "x" * 30_000])
def test_what_is_no_json_is_refused_in_a_sentence(asked, text):
    sent = asked.post(SIGN_IN, {"credential": text}, follow=True)
    assert "isn&#x27;t known here" in sent.content.decode()


def test_without_a_question_there_is_no_answer(db):
    sent = Client().post(SIGN_IN, {"credential": "{}"})
    assert sent.headers["Location"] == "/sign-in/"
