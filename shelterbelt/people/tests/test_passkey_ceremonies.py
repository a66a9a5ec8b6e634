"""A passkey alone lets somebody in only after it asked for finger, face or PIN, for the question of that very page."""

import base64
import hashlib
import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import build_user_payload
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2 import cbor
from fido2.cose import ES256
from fido2.webauthn import AttestedCredentialData

from shelterbelt.people.sign_in import signing_in

pytestmark = pytest.mark.django_db

SIGN_IN, ADD = "/sign-in/passkey/", "/account/second-factors/passkey/"
AGAIN = "/account/again/"
TOUCHED, VERIFIED = 0x01, 0x05
ID = b"c" * 32
SITE = hashlib.sha256(b"localhost").digest()


def coded(content):
    return base64.urlsafe_b64encode(bytes(content)).decode().rstrip("=")


class Key:
    """Somebody's key to plug in, which signs whatever it is asked."""

    def __init__(self, person):
        self.key, self.person = ec.generate_private_key(ec.SECP256R1()), person
        known = AttestedCredentialData.create(b"\0" * 16, ID, ES256.from_cryptography_key(self.key.public_key()))
        made = {"fmt": "none", "attStmt": {}, "authData": SITE + bytes([0x41]) + bytes(4) + bytes(known)}
        data = {"type": "webauthn.create", "challenge": "AAAA", "origin": "http://localhost"}
        response = {"clientDataJSON": coded(json.dumps(data).encode()), "attestationObject": coded(cbor.encode(made))}
        credential = self._credential(response)
        with signing_in("test"):
            Authenticator.objects.create(user=person, type="webauthn", data={"name": "key", "credential": credential})

    def _credential(self, response):
        return {
            "id": coded(ID),
            "rawId": coded(ID),
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }

    def answer(self, challenge, flags):
        said = SITE + bytes([flags]) + b"\0\0\0\1"
        data = json.dumps({"type": "webauthn.get", "challenge": challenge, "origin": "http://localhost"}).encode()
        signature = self.key.sign(said + hashlib.sha256(data).digest(), ec.ECDSA(hashes.SHA256()))
        handle = build_user_payload(self.person).id
        response = {"clientDataJSON": data, "authenticatorData": said, "signature": signature, "userHandle": handle}
        return json.dumps(self._credential({name: coded(value) for name, value in response.items()}))


def asked_at(client, address):
    client.get(address)
    return client.session["mfa.webauthn.state"]["challenge"]


def sent(client, answer, address=SIGN_IN):
    client.post(address, {"credential": answer})
    return client.session.get("_auth_user_id")


@pytest.fixture
def key(ada):
    return Key(ada.person)


@pytest.fixture
def browser():
    return Client(SERVER_NAME="localhost")


def test_it_lets_in_whoever_it_asked_for_finger_face_or_pin(browser, ada, key):
    assert sent(browser, key.answer(asked_at(browser, SIGN_IN), VERIFIED)) == str(ada.person.pk)


def test_a_touch_is_not_enough(browser, key):
    assert sent(browser, key.answer(asked_at(browser, SIGN_IN), TOUCHED)) is None


@pytest.mark.parametrize("flags", [TOUCHED, VERIFIED])
def test_another_pages_question_lets_nobody_in(browser, cora, key, flags):
    browser.force_login(cora.person)
    assert sent(browser, key.answer(asked_at(browser, ADD), flags)) == str(cora.person.pk)


@pytest.mark.parametrize("flags", [TOUCHED, VERIFIED])
def test_the_question_for_a_second_factor_lets_nobody_in_alone(browser, ada, key, flags):
    browser.force_login(ada.person)
    answer = key.answer(asked_at(browser, AGAIN), flags)
    assert browser.post(SIGN_IN, {"credential": answer})["Location"] == "/sign-in/"


def test_a_touch_is_enough_for_a_second_factor_asked_for_on_its_page_only(browser, ada, key):
    browser.force_login(ada.person)
    signed_in_by = key.answer(asked_at(browser, SIGN_IN), VERIFIED)
    assert browser.post(AGAIN, {"credential": signed_in_by}).status_code == 200
    assert browser.post(AGAIN, {"credential": key.answer(asked_at(browser, AGAIN), TOUCHED)}).status_code == 302
