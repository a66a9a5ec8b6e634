"""Web Push with real keys, against a push service on this machine."""

import base64
import json
import os

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from shelterbelt.delivery import working
from shelterbelt.delivery.channels import push
from shelterbelt.delivery.tests.conftest import LINK, to
from shelterbelt.delivery.tests.web_services import answering


def coded(raw):
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class Phone:
    """A browser's side of a subscription."""

    def __init__(self):
        self.key, self.auth = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)

    def subscription(self, port, host="127.0.0.1", key=None):
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return json.dumps({
            "endpoint": f"http://{host}:{port}/wpush/1",
            "keys": {"p256dh": coded(point), "auth": coded(self.auth)},
            "key": key or push.our_key(),
        })  # fmt: skip

    def read(self, body):
        return json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm"))


@pytest.fixture(autouse=True)
def services(settings):
    settings.PUSH_HOSTS = ["127.0.0.1"]
    settings.DEFAULT_FROM_EMAIL = "desk@shelterbelt.example"


def test_a_phone_can_read_it_and_its_service_knows_it_is_from_us(ask, states):
    phone = Phone()
    with answering(201) as service:
        ask(to("ann", ("push", phone.subscription(service.port))), urgency="life_safety")
        working.deliver()
    [(_path, headers, body)] = service.asked
    assert phone.read(body) == {"title": "Something waits for you to read",
                                "body": "Something waits for you to read", "link": LINK}  # fmt: skip
    assert Vapid02.verify(headers["Authorization"])
    assert headers["Authorization"].endswith(f"k={push.our_key()}")
    assert (headers["Urgency"], headers["Ttl" if "Ttl" in headers else "TTL"]) == ("high", "14400")
    assert states() == {"ann": "sent"}


@pytest.mark.parametrize(("status", "outcome"), [(404, "refused"), (410, "refused"), (502, "failed"), (307, "refused")])
def test_what_a_service_says_no_to(ask, attempts, status, outcome):
    with answering(status) as service:
        ask(to("ann", ("push", Phone().subscription(service.port))))
        working.deliver()
    assert attempts()[0].outcome == outcome


def test_an_endpoint_of_another_host_is_never_asked(ask, attempts, settings):
    settings.PUSH_HOSTS = ["*.push.example"]
    with answering(201) as service:
        ask(to("ann", ("push", Phone().subscription(service.port))))
        working.deliver()
    assert not service.asked
    assert attempts()[0].outcome == "refused"


def test_a_subscription_outlives_a_rotation_of_our_key(ask, monkeypatch, states):
    monkeypatch.setenv("SHELTERBELT_PUSH_KEY", "old")
    before, phone = push.our_key(), Phone()
    monkeypatch.setenv("SHELTERBELT_PUSH_KEY", "new\nold")
    with answering(201) as service:
        ask(to("ann", ("push", phone.subscription(service.port, key=before))))
        working.deliver()
    assert service.asked[0][1]["Authorization"].endswith(f"k={before}")


@pytest.mark.parametrize(
    "address", ["", "{", "[]", '{"endpoint": "http://127.0.0.1:1/"}', '{"endpoint": "x", "keys": 1}']
)
def test_what_is_no_subscription_is_refused_with_a_reason(ask, attempts, address):
    ask(to("ann", ("push", address)))
    working.deliver()
    assert attempts()[0].outcome == "refused"
