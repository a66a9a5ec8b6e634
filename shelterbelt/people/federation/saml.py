"""SAML 2.0 web browser sign-on, on python3-saml, stricter where it lets something pass.

The provider answers with a form that the browser sends from the provider's page, so without our session cookie. What it
says is checked there and then, sealed into a short-lived cookie, and taken up by the next request, which has the
session again: only the browser that began the sign-in can end it.
Sources: SAML core and bindings 2.0, SAML security considerations, "On Breaking SAML" (signature wrapping).
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Constants
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from shelterbelt.people.federation import metadata
from shelterbelt.people.federation.models import IdentityProvider
from shelterbelt.people.federation.rules import MOST_CLAIMS, Said, plain
from shelterbelt.people.federation.telling import Telling, Untrue

LONGEST_RESPONSE = 256 * 1024
LONGEST_LIFE = timedelta(hours=1)
SUBJECT = ("urn:oasis:names:tc:SAML:attribute:subject-id", "urn:oasis:names:tc:SAML:attribute:pairwise-id")
ADDRESS = (
    "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    "email",
    "mail",
    "emailAddress",
)
VERIFIED = ("http://schemas.auth0.com/email_verified", "email_verified")
EMAIL_FORMAT = Constants.NAMEID_EMAIL_ADDRESS
LASTING_FORMATS = {Constants.NAMEID_PERSISTENT, EMAIL_FORMAT, Constants.NAMEID_UNSPECIFIED, None}
"""A transient name is another one each time, so it names nobody."""


@dataclass(frozen=True)
class Assertion:
    """What a checked response says, and to which of our requests."""

    said: Said
    in_response_to: str
    digest: str
    """Stands for the assertion itself, so that it is used once."""
    expires_at: datetime


class Saml(Telling, SAMLProvider):  # type: ignore[misc]  # allauth brings no types
    """A connected SAML provider, in allauth's terms."""

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **more: Any
    ) -> HttpResponse:
        """Lead to its sign-on page. The session remembers the request's ID, which the answer must name."""
        auth = OneLogin_Saml2_Auth(_arrived(self.app.row), old_settings=settings_for(self.app.row))
        address = auth.login(return_to="", force_authn=False, set_nameid_policy=False)
        self.stash_redirect_state(request, process, next_url, data, state_id=auth.get_last_request_id(), **more)
        return HttpResponseRedirect(address)


def acs_address(row: IdentityProvider) -> str:
    """Where the provider has the browser send its answer."""
    return str(settings.SITE).rstrip("/") + reverse("providers:acs", args=[row.pk])


def our_entity_id(row: IdentityProvider) -> str:
    """Who we are to this provider: the address of our metadata."""
    return str(settings.SITE).rstrip("/") + reverse("providers:metadata", args=[row.pk])


def settings_for(row: IdentityProvider) -> OneLogin_Saml2_Settings:
    """What python3-saml has to know, and how strict it has to be."""
    described = metadata.read(row.metadata)
    return OneLogin_Saml2_Settings(
        {
            "strict": True,
            "sp": _ourselves(row),
            "idp": {
                "entityId": row.issuer,
                "singleSignOnService": {"url": described.sign_on_url, "binding": metadata.REDIRECT},
                "x509certMulti": {"signing": list(described.certificates)},
            },
            "security": {
                "wantAssertionsSigned": True,
                "wantNameId": False,  # subject-id may stand in its place; one of them is insisted on later
                "wantAttributeStatement": False,
                "rejectDeprecatedAlgorithm": True,  # SHA-1
                "requestedAuthnContext": False,
                "allowRepeatAttributeName": False,
                "allowSingleLabelDomains": True,
            },
        }
    )


def our_metadata(row: IdentityProvider) -> bytes:
    """What the provider's administrator needs from us, as XML."""
    found: str | bytes = OneLogin_Saml2_Settings(
        {
            "strict": True,
            "sp": _ourselves(row),
            "security": {"wantAssertionsSigned": True, "allowSingleLabelDomains": True},
        },
        sp_validation_only=True,
    ).get_sp_metadata()
    return found.encode() if isinstance(found, str) else found


def _ourselves(row: IdentityProvider) -> dict[str, Any]:
    return {
        "entityId": our_entity_id(row),
        "assertionConsumerService": {"url": acs_address(row), "binding": Constants.BINDING_HTTP_POST},
        "NameIDFormat": Constants.NAMEID_PERSISTENT,
    }


def _arrived(row: IdentityProvider, response: str = "") -> dict[str, Any]:
    """A request as python3-saml wants it, at the address that we gave out, whatever the Host header says."""
    site, acs = urlsplit(str(settings.SITE)), urlsplit(acs_address(row))
    return {
        "https": "on" if site.scheme == "https" else "off",
        "http_host": site.netloc,
        "script_name": acs.path,
        "get_data": {},
        "post_data": {"SAMLResponse": response},
    }


def checked(row: IdentityProvider, encoded: str, *, at: datetime) -> Assertion:
    """What a response says, if it is this provider's word, for us, now. Raises Untrue."""
    if not encoded or len(encoded) > LONGEST_RESPONSE:
        raise Untrue("SAML: no response, or one too long.")
    if row.metadata_ends_at is not None and row.metadata_ends_at <= at:
        raise Untrue("SAML: the provider's metadata have expired.")
    try:
        response = OneLogin_Saml2_Response(settings_for(row), encoded)
        response.is_valid(_arrived(row, encoded), raise_exceptions=True)
        return _assertion(row, response, at)
    except OneLogin_Saml2_ValidationError as error:
        raise Untrue(f"SAML: {_why(error)}") from error
    except (OneLogin_Saml2_Error, ValueError, SyntaxError, KeyError) as error:  # broken base64, XML, times
        raise Untrue(f"SAML: {type(error).__name__}") from error


def _why(error: OneLogin_Saml2_ValidationError) -> str:
    """The name of what was wrong; the sentence could hold what the response said."""
    names = {code: name for name, code in vars(OneLogin_Saml2_ValidationError).items() if name.isupper()}
    return str(names.get(error.code, "not valid"))


def _assertion(row: IdentityProvider, response: OneLogin_Saml2_Response, at: datetime) -> Assertion:
    """What python3-saml lets pass when it is missing, we insist on."""
    if our_entity_id(row) not in response.get_audiences():
        raise Untrue("SAML: the audience isn't us.")
    if response.document.get("Destination") not in {None, acs_address(row)}:
        raise Untrue("SAML: sent to another address.")
    confirmation = _confirmation(row, response)
    expires_at = _moment(confirmation.get("NotOnOrAfter"))
    if not at < expires_at <= at + LONGEST_LIFE:
        raise Untrue("SAML: expired, or valid for too long.")
    identifier = response.get_assertion_id()
    if not identifier:
        raise Untrue("SAML: the assertion has no ID.")
    digest = hashlib.sha256(identifier.encode()).hexdigest()
    return Assertion(_said(response), confirmation.get("InResponseTo"), digest, expires_at)


def _confirmation(row: IdentityProvider, response: OneLogin_Saml2_Response) -> Any:
    """The one bearer confirmation inside of the signed assertion: sent to us, for a request of ours."""
    # Private, but the only door to the very element whose signature was checked.
    nodes = response._query_assertion("/saml:Subject/saml:SubjectConfirmation/saml:SubjectConfirmationData")
    answered = response.get_in_response_to()
    for node in nodes:
        asked = node.get("InResponseTo")
        if node.get("Recipient") == acs_address(row) and asked and asked == answered and node.get("NotOnOrAfter"):
            return node
    raise Untrue("SAML: it answers no request of ours, or was meant for another address.")


def _moment(text: str) -> datetime:
    return datetime.fromtimestamp(OneLogin_Saml2_Utils.parse_SAML_to_time(text), tz=UTC)


def _said(response: OneLogin_Saml2_Response) -> Said:
    attributes = response.get_attributes()
    name, form = response.get_nameid() or "", response.get_nameid_format()
    subject = _first(attributes, SUBJECT) or (name if form in LASTING_FORMATS else "")
    verified = {"true": True, "1": True, "false": False, "0": False}.get(_first(attributes, VERIFIED).lower())
    return Said(
        subject=plain(subject),
        email=plain(_first(attributes, ADDRESS) or (name if form == EMAIL_FORMAT else "")),
        verified=verified,
        methods=frozenset(context for context in response.get_authn_contexts()[:MOST_CLAIMS] if context),
    )


def _first(attributes: dict[str, list[Any]], names: tuple[str, ...]) -> str:
    for name in names:
        for value in attributes.get(name, []):
            if isinstance(value, str):
                return value
            if isinstance(value, dict):  # an eduPersonTargetedID holds a NameID
                return str(value.get("NameID", {}).get("value") or "")
    return ""
