"""Notifications on phones and browsers: Web Push (RFC 8030), encrypted (RFC 8291), signed with our key (RFC 8292).

An address is what a browser's PushManager.subscribe() gave, as JSON: endpoint, keys, and `key`, the public key of ours
it was given, so that subscriptions outlive a rotation. Only the push services that the settings name are asked: an
endpoint comes from a browser, and could name anything.
"""

import base64
import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils.translation import gettext as _
from py_vapid import Vapid02, VapidException
from pywebpush import WebPusher, WebPushException

from shelterbelt.core import secrets
from shelterbelt.core.environment import SettingError
from shelterbelt.delivery.channels import Begin, Line
from shelterbelt.delivery.channels.files import FileLine
from shelterbelt.delivery.rules.letters import Letter
from shelterbelt.delivery.rules.results import GONE, Result

NAME = "PUSH_KEY"
TIME_LIMITS = (5, 20)
"""Seconds to reach a service, and for its answer."""
LONGEST = 1000
"""Letters of the text: services take 4096 bytes in all."""
LIVES = {"life_safety": timedelta(hours=4), "urgent": timedelta(hours=24), "routine": timedelta(days=3)}
"""How long a service keeps a notification for a phone that is off."""
HASTE = {"life_safety": "high", "urgent": "high", "routine": "normal"}
PAUSE = timedelta(minutes=1)
# A key must be smaller than the order of the curve; 256 bits more than it needs leave no bias worth naming.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def line() -> Line:
    """Files where no push service is named."""
    return PushLine() if settings.PUSH_HOSTS else FileLine("notifications")


def our_key() -> str:
    """Our public key, as a browser is given it to subscribe with (`applicationServerKey`)."""
    return _public(_private(secrets.newest(NAME)))


class PushLine:
    """Connections to push services, held."""

    def __init__(self) -> None:
        self.session = requests.Session()
        self.session.trust_env = False

    def send(self, letter: Letter, begin: Begin) -> Result:
        """Encrypt for the browser, sign for its service, and hand over."""
        try:
            endpoint, body, headers = _prepared(letter)
        except (ValueError, KeyError, TypeError, WebPushException, VapidException) as error:
            return Result("refused", _("This is no address of a push service that we ask."), type(error).__name__)
        except SettingError as error:
            return Result("failed", _("Notifications aren't set up: the key is missing."), type(error).__name__)
        return self._post(endpoint, body, headers) if begin() else GONE

    def _post(self, endpoint: str, body: bytes, headers: dict[str, str]) -> Result:
        try:
            answer = self.session.post(endpoint, data=body, headers=headers, timeout=TIME_LIMITS, allow_redirects=False)
        except requests.RequestException as error:
            return _broken(error)
        return _judge(answer)

    def close(self) -> None:
        """Let go of the connections."""
        self.session.close()


def _prepared(letter: Letter) -> tuple[str, bytes, dict[str, str]]:
    address = json.loads(letter.address)
    endpoint = str(address["endpoint"])
    origin = _origin(endpoint)
    text = json.dumps({"title": letter.subject[:200], "body": letter.short[:LONGEST], "link": letter.link})
    body = WebPusher({"endpoint": endpoint, "keys": dict(address["keys"])}).encode(text.encode())["body"]
    signed = Vapid02(_key_for(address)).sign({"aud": origin, "sub": f"mailto:{settings.DEFAULT_FROM_EMAIL}"})
    return (
        endpoint,
        body,
        {
            **signed,
            "Content-Encoding": "aes128gcm",
            "TTL": str(int(LIVES[letter.urgency].total_seconds())),
            "Urgency": HASTE[letter.urgency],
        },
    )


def _origin(endpoint: str) -> str:
    """The service's origin; ValueError for one that isn't asked."""
    parts = urlsplit(endpoint)
    host = parts.hostname or ""
    if parts.scheme != "https" and host not in {"127.0.0.1", "localhost"}:
        raise ValueError("not https")
    if not any(host == name or (name.startswith("*.") and host.endswith(name[1:])) for name in settings.PUSH_HOSTS):
        raise ValueError("not a service that is asked")
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port else "")


def _key_for(address: dict[str, Any]) -> ec.EllipticCurvePrivateKey:
    """The key it was subscribed with, while the ring holds it; else the newest."""
    keys = [_private(each) for each in secrets.ring(NAME)]
    return next((each for each in keys if _public(each) == address.get("key")), keys[0])


def _private(secret: str) -> ec.EllipticCurvePrivateKey:
    raw = HKDF(hashes.SHA256(), 64, salt=None, info=b"shelterbelt push").derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(raw, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def _public(key: ec.EllipticCurvePrivateKey) -> str:
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


def _broken(error: requests.RequestException) -> Result:
    never_connected = isinstance(error, requests.ConnectTimeout) or "NewConnectionError" in repr(error)
    if never_connected or "NameResolution" in repr(error):
        return Result("failed", _("The push service can't be reached."), "no connection")
    return Result("uncertain", _("The push service didn't answer; it may have it or not."), type(error).__name__)


def _judge(answer: requests.Response) -> Result:
    reply = f"{answer.status_code} {answer.text[:500]}"
    if 200 <= answer.status_code < 300:
        return Result("sent", reply=reply)
    if answer.status_code == 429:
        seconds = answer.headers.get("Retry-After", "")
        pause = timedelta(seconds=int(seconds)) if seconds.isdigit() else PAUSE
        return Result("busy", _("The push service asked to be left alone for a while."), reply, pause)
    if answer.status_code >= 500:
        return Result("failed", _("The push service couldn't take it now."), reply)
    return Result("refused", _("The push service doesn't know this subscription any more, or refused it."), reply)
