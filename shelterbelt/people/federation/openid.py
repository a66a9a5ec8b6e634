"""OpenID Connect, stricter than django-allauth's own: nonce, signature always, issuer, time, and bounded asking.

Authorization code flow with PKCE. What allauth brings is used where it is sound (state, PKCE, the order of steps); it
trusts the token endpoint's TLS instead of the ID token's signature and sends no nonce, so those steps are ours.
Sources: OpenID Connect Core 1.0 (3.1.3.7), RFC 9207 (issuer in the response), RFC 9700 (OAuth security practice).
"""

import base64
import hashlib
import hmac
import time
from typing import Any
from urllib.parse import quote

import jwt
from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from shelterbelt.people.federation import documents
from shelterbelt.people.federation.fetching import Silent, asked_at, fetch
from shelterbelt.people.federation.models import IdentityProvider
from shelterbelt.people.federation.rules import MOST_CLAIMS, Said, plain
from shelterbelt.people.federation.telling import Telling, Untrue

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures with a key that only the provider has. Never `none`, never one made with the secret we share."""

SKEW = 60
OLDEST = 600
SMALLEST_RSA = 2048


class OpenIdAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth brings no types
    """The steps of a sign-in with one provider."""

    nonce = ""

    @property
    def row(self) -> IdentityProvider:
        """Our record of the provider."""
        row: IdentityProvider = self.get_provider().app.row
        return row

    @property
    def openid_config(self) -> dict[str, Any]:
        """Its discovery document, which has to be about the issuer that was connected."""
        return discovered(self.row.issuer)

    @property
    def basic_auth(self) -> bool:
        """Basic authentication is what a document that names no method means."""
        return "client_secret_basic" in self.openid_config.get(
            "token_endpoint_auth_methods_supported", ["client_secret_basic"]
        )

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:  # noqa: ARG002  allauth's signature
        """Each provider has an address of its own to come back to, so that one can't answer for another."""
        return callback_address(self.row)

    def get_access_token_data(
        self,
        request: HttpRequest,
        app: Any,  # noqa: ARG002  allauth's signature
        client: Any,  # noqa: ARG002
        pkce_code_verifier: str | None = None,
    ) -> dict[str, Any]:
        """Change the code for tokens, as ourselves and with the verifier of this browser's session."""
        self.nonce = nonce_of(pkce_code_verifier or "")
        form = {
            "grant_type": "authorization_code",
            "code": request.GET["code"],
            "redirect_uri": callback_address(self.row),
            "code_verifier": pkce_code_verifier or "",
        }
        answer = fetch(self.access_token_url, **self._as_ourselves(form))
        if answer.status != 200:
            raise OAuth2Error(f"The token endpoint answers with status {answer.status}.")
        found = answer.json()
        if not isinstance(found.get("id_token"), str) or not isinstance(found.get("access_token"), str):
            raise OAuth2Error("The token endpoint gave no tokens.")
        return found

    def _as_ourselves(self, form: dict[str, str]) -> dict[str, Any]:
        secret = self.row.secret()
        if not self.basic_auth:
            return {"form": {**form, "client_id": self.row.client_id, "client_secret": secret}}
        # RFC 6749, 2.3.1: both are form-encoded first, so that a colon stays one.
        pair = f"{quote(self.row.client_id, safe='')}:{quote(secret, safe='')}"
        coded = base64.b64encode(pair.encode()).decode()
        return {"form": form, "headers": {"Authorization": f"Basic {coded}"}}

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """The access token is used once, for the address, and never kept."""
        return SocialToken(token=data["access_token"])

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **more: Any) -> Any:  # noqa: ARG002
        """Check the ID token, and give what it says."""
        claims = verified(more["response"]["id_token"], row=self.row, config=self.openid_config, nonce=self.nonce)
        if "email" not in claims and "userinfo_endpoint" in self.openid_config:
            claims = {**self._user_info(token.token, claims["sub"]), **claims}
        return self.get_provider().sociallogin_from_response(request, said_in(claims))

    def _user_info(self, access_token: str, subject: str) -> dict[str, Any]:
        answer = fetch(self.profile_url, headers={"Authorization": f"Bearer {access_token}"})
        if answer.status != 200:
            raise Silent(f"The userinfo endpoint answers with status {answer.status}.")
        found = answer.json()
        if found.get("sub") != subject:
            raise Untrue("The userinfo is about somebody else.")
        return found


class OpenId(Telling, OpenIDConnectProvider):  # type: ignore[misc]  # allauth brings no types
    """A connected OpenID Connect provider, in allauth's terms."""

    pkce_enabled_default = True
    oauth2_adapter_class = OpenIdAdapter

    def get_default_scope(self) -> list[str]:
        """Who they are and their address; a name is ours already."""
        return ["openid", "email"]

    def get_pkce_params(self) -> dict[str, str]:
        """The nonce follows from the verifier, which stays in the session until the code is changed for tokens."""
        params: dict[str, str] = super().get_pkce_params()
        return {**params, "nonce": nonce_of(params["code_verifier"])}

    def get_callback_url(self) -> str:
        """Where it sends people back to."""
        return callback_address(self.app.row)


def callback_address(row: IdentityProvider) -> str:
    """The whole address, which the provider is told when we are registered with it."""
    return str(settings.SITE).rstrip("/") + reverse("providers:callback", args=[row.pk])


def nonce_of(verifier: str) -> str:
    """What binds an ID token to the session that asked for it, without telling the verifier."""
    return hashlib.sha256(f"nonce {verifier}".encode()).hexdigest()


def discovered(issuer: str) -> dict[str, Any]:
    """The provider's discovery document (OpenID Connect Discovery 1.0), checked to be its own."""
    found = documents.document(issuer.rstrip("/") + "/.well-known/openid-configuration")
    if found.get("issuer") != issuer:
        raise Untrue("Its discovery document names another issuer.")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not isinstance(found.get(name), str):
            raise Silent(f"Its discovery document lacks {name}.")
    asked_at(found["authorization_endpoint"])  # the browser goes there, so it is https too
    return found


def verified(id_token: str, *, row: IdentityProvider, config: dict[str, Any], nonce: str) -> dict[str, Any]:
    """The claims of an ID token that this provider made, for us, now, for this session (Core 1.0, 3.1.3.7)."""
    try:
        claims: dict[str, Any] = jwt.decode(
            id_token,
            key=_key_for(id_token, config),
            algorithms=list(ALGORITHMS),
            audience=row.client_id,
            issuer=row.issuer,
            leeway=SKEW,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except jwt.PyJWTError as error:
        raise Untrue(f"ID token: {type(error).__name__}") from error
    _check_for_us_and_now(claims, row, nonce)
    return claims


def _check_for_us_and_now(claims: dict[str, Any], row: IdentityProvider, nonce: str) -> None:
    given = claims.get("nonce")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), nonce.encode()):
        raise Untrue("ID token: the nonce isn't this session's.")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else row.client_id) != row.client_id:
        raise Untrue("ID token: made for another party.")
    if not isinstance(claims["iat"], int | float) or claims["iat"] < time.time() - OLDEST:
        raise Untrue("ID token: too old.")
    if not isinstance(claims["sub"], str):
        raise Untrue("ID token: the subject isn't a text.")


def _key_for(id_token: str, config: dict[str, Any]) -> jwt.PyJWK:
    """The key that its header names, from the provider's own list; read anew if the list doesn't hold it yet."""
    header = jwt.get_unverified_header(id_token)
    if header.get("alg") not in ALGORITHMS:
        raise Untrue("ID token: a signature that we don't take.")
    for keys in (documents.document(config["jwks_uri"]), documents.renewed(config["jwks_uri"])):
        fitting = [key for key in _keys(keys) if header.get("kid") in {None, key.key_id} and _fits(key, header["alg"])]
        if fitting and (header.get("kid") is not None or len(fitting) == 1):
            return fitting[0]
    raise Untrue("ID token: signed with a key that isn't on the provider's list.")


def _keys(found: dict[str, Any]) -> list[jwt.PyJWK]:
    listed = found.get("keys")
    keys = []
    for one in listed if isinstance(listed, list) else []:
        if not isinstance(one, dict) or one.get("use", "sig") != "sig" or one.get("kty") == "oct":
            continue
        try:
            keys.append(jwt.PyJWK(one))
        except (jwt.PyJWTError, ValueError, TypeError):
            continue  # a kind of key that we don't know signs nothing that we take
    return keys


def _fits(key: jwt.PyJWK, algorithm: str) -> bool:
    kind = {"R": "RSA", "P": "RSA", "E": "EC"}[algorithm[0]] if algorithm != "EdDSA" else "OKP"
    long_enough = kind != "RSA" or getattr(key.key, "key_size", 0) >= SMALLEST_RSA
    return key.key_type == kind and long_enough


def said_in(claims: dict[str, Any]) -> Said:
    """What checked claims come down to."""
    verified_too = claims.get("email_verified")
    if isinstance(verified_too, str):  # some providers write it as a text
        verified_too = {"true": True, "false": False}.get(verified_too.lower())
    methods = claims.get("amr")
    named = [claims.get("acr"), *(methods[:MOST_CLAIMS] if isinstance(methods, list) else [])]
    return Said(
        subject=plain(claims["sub"]),
        email=plain(claims.get("email")),
        verified=verified_too if isinstance(verified_too, bool) else None,
        methods=frozenset(name for name in named if isinstance(name, str)),
    )
