"""An OpenID Connect provider that says whatever a test wants, signed or not.

Usage: python -m tests.providers.liar FILE. FILE (JSON) is read anew for each answer: `claims` go into the ID token, `header` and `key` say how it is signed,
`userinfo` is its userinfo, `discovery` replaces parts of its discovery document, `slow` delays every answer, `drip`
sends it byte by byte, `status` spoils it, `location` sends elsewhere. `keys` are the private keys it has, by name.
"""

import base64
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

FILE = Path(sys.argv[-1])
KEYS = {name: rsa.generate_private_key(public_exponent=65537, key_size=2048) for name in ("first", "second", "other")}
NONCES: dict[str, str] = {}
ASKED: list[str] = []


def _settings() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def _coded(what: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(what).encode()).decode().rstrip("=")


class Liar(BaseHTTPRequestHandler):
    """Answers each of the addresses that a provider has."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        settings, path = _settings(), urlsplit(self.path).path
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        ASKED.append(path)
        time.sleep(settings.get("slow", 0))
        if path == "/authorize":
            return self._authorize()
        answers = {
            "/.well-known/openid-configuration": self._discovery,
            "/jwks": self._jwks,
            "/token": self._token,
            "/userinfo": lambda _settings, _sent: settings.get("userinfo", {}),
            "/asked": lambda _settings, _sent: {"asked": ASKED},
        }
        body = json.dumps(answers[path](settings, sent)).encode()
        self.send_response(settings.get("status", 200))
        if "location" in settings:
            self.send_header("Location", settings["location"])
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return self._send(body, settings)

    def _send(self, body: bytes, settings: dict[str, Any]) -> None:
        if not settings.get("drip"):
            self.wfile.write(body)
            return
        for at in range(len(body)):
            self.wfile.write(body[at : at + 1])
            self.wfile.flush()
            time.sleep(settings["drip"])

    def _authorize(self) -> None:
        """No page: whoever comes is sent straight back with a code."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        code = f"code-{len(NONCES)}"
        NONCES[code] = asked.get("nonce", "")
        self.send_response(302)
        back = {"code": code, "state": asked["state"], **_settings().get("response", {})}
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(back)}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _discovery(self, settings: dict[str, Any], _sent: str) -> dict[str, Any]:
        url = settings["issuer"]
        return {
            "issuer": url,
            "authorization_endpoint": f"{url}/authorize",
            "token_endpoint": f"{url}/token",
            "userinfo_endpoint": f"{url}/userinfo",
            "jwks_uri": f"{url}/jwks",
            **settings.get("discovery", {}),
        }

    def _jwks(self, settings: dict[str, Any], _sent: str) -> dict[str, Any]:
        named = settings.get("published", ["first"])
        keys = [json.loads(RSAAlgorithm.to_jwk(KEYS[name].public_key())) | {"kid": name} for name in named]
        return {"keys": keys}

    def _token(self, settings: dict[str, Any], sent: str) -> dict[str, Any]:
        code = parse_qs(sent)["code"][0]
        now = int(time.time())
        claims = {
            "iss": settings["issuer"],
            "aud": "shelterbelt",
            "sub": "subject-1",
            "iat": now,
            "exp": now + 300,
            "nonce": NONCES.pop(code, ""),
        }
        claims |= {name: now + value[1] if isinstance(value, list) and value[:1] == ["now"] else value
                   for name, value in settings.get("claims", {}).items()}  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        return {"access_token": "an access token", "token_type": "Bearer", "id_token": self._signed(claims, settings)}

    def _signed(self, claims: dict[str, Any], settings: dict[str, Any]) -> str:
        header = {"kid": "first", "alg": "RS256"} | settings.get("header", {})
        if header["alg"] == "none":
            return f"{_coded(header)}.{_coded(claims)}."
        if header["alg"].startswith("HS"):
            return jwt.encode(claims, settings.get("key", ""), algorithm=header["alg"], headers=header)
        return jwt.encode(claims, KEYS[settings.get("key", "first")], algorithm=header["alg"], headers=header)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


def _end_with_whoever_started_us() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=_end_with_whoever_started_us, daemon=True).start()
    ThreadingHTTPServer(("127.0.0.1", _settings()["port"]), Liar).serve_forever()
