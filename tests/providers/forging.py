"""Makes SAML responses of every kind, true and false, with a provider's own key or another."""

import base64
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from onelogin.saml2.constants import OneLogin_Saml2_Constants as Constants
from onelogin.saml2.utils import OneLogin_Saml2_Utils

MAIL = "urn:oid:0.9.2342.19200300.100.1.3"
PERSISTENT = Constants.NAMEID_PERSISTENT
PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"


@dataclass(frozen=True)
class Response:
    """A response in the making: `replace` what is to be a lie."""

    issuer: str
    audience: str
    recipient: str
    asked: str
    key: str
    certificate: str
    subject: str = "cora-1"
    form: str = PERSISTENT
    email: str = "cora@cedarfork.example"
    context: str = PASSWORD
    ends_in: int = 5
    starts_in: int = -1
    confirmed_for: str | None = None
    confirmation_ends_in: int | None = 5
    algorithm: str = Constants.RSA_SHA256
    digest: str = Constants.SHA256
    signs: tuple[str, ...] = ("assertion",)
    asked_outside: str | None = None
    destination: str | None = None
    prologue: str = ""

    def but(self, **lies: object) -> "Response":
        """The same but for a few lies."""
        return replace(self, **lies)  # type: ignore[arg-type]

    def assertion(self) -> str:
        """The assertion, signed if it shall be."""
        answers = f' InResponseTo="{self.confirmed_for or self.asked}"' if self.confirmed_for != "" else ""
        recipient = f' Recipient="{self.recipient}"' if self.recipient else ""
        ends = f' NotOnOrAfter="{_at(self.confirmation_ends_in)}"' if self.confirmation_ends_in is not None else ""
        audience = (
            f"<saml:AudienceRestriction><saml:Audience>{self.audience}</saml:Audience></saml:AudienceRestriction>"
            if self.audience
            else ""
        )
        text = f"""<saml:Assertion xmlns:saml="{Constants.NS_SAML}" ID="_{uuid4().hex}" Version="2.0" IssueInstant="{_at(0)}">
<saml:Issuer>{self.issuer}</saml:Issuer>
<saml:Subject><saml:NameID Format="{self.form}">{self.subject}</saml:NameID>
<saml:SubjectConfirmation Method="{Constants.CM_BEARER}"><saml:SubjectConfirmationData{ends}{recipient}{answers}/>
</saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{_at(self.starts_in)}" NotOnOrAfter="{_at(self.ends_in)}">{audience}</saml:Conditions>
<saml:AuthnStatement AuthnInstant="{_at(0)}"><saml:AuthnContext>
<saml:AuthnContextClassRef>{self.context}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
<saml:AttributeStatement><saml:Attribute Name="{MAIL}"><saml:AttributeValue>{self.email}</saml:AttributeValue>
</saml:Attribute></saml:AttributeStatement></saml:Assertion>"""
        return self._signed(text) if "assertion" in self.signs else text

    def xml(self, assertion: str | None = None) -> str:
        """The whole response."""
        asked = self.asked if self.asked_outside is None else self.asked_outside
        answers = f' InResponseTo="{asked}"' if asked else ""
        destination = self.recipient if self.destination is None else self.destination
        text = f"""{self.prologue}<samlp:Response xmlns:samlp="{Constants.NS_SAMLP}" xmlns:saml="{Constants.NS_SAML}"
 ID="_{uuid4().hex}" Version="2.0" IssueInstant="{_at(0)}" Destination="{destination}"{answers}>
<saml:Issuer>{self.issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="{Constants.STATUS_SUCCESS}"/></samlp:Status>
{assertion or self.assertion()}</samlp:Response>"""
        return self._signed(text) if "response" in self.signs else text

    def encoded(self, xml: str | None = None) -> str:
        """As a browser sends it."""
        return base64.b64encode((xml or self.xml()).encode()).decode()

    def wrapped(self, how: str) -> str:
        """A signed assertion moved aside, and a forged one in its place ("On Breaking SAML", 2012)."""
        true = self.assertion()
        forged = self.but(signs=(), subject="ada-1", email="ada@state.example").assertion()
        signature = re.search(r"<ds:Signature.*</ds:Signature>", true, re.DOTALL)
        assert signature
        same_id = re.sub(r' ID="[^"]*"', f' ID="{re.search(r" ID=.([^ ]*). ", true)[1]}"', forged, count=1)  # type: ignore[index]
        inside = signature[0].replace("</ds:Signature>", f"<ds:Object>{true}</ds:Object></ds:Signature>")
        variants = {
            "beside": forged + true,
            "before, with the same ID": same_id + true,
            "inside of the forged one's signature": forged.replace("<saml:Subject>", f"{inside}<saml:Subject>", 1),
            "as an extension": f"<samlp:Extensions>{true}</samlp:Extensions>{forged}",
            "signature moved to the forged one": forged.replace("<saml:Subject>", f"{signature[0]}<saml:Subject>", 1),
            "forged one inside of the true one": true.replace(
                "<saml:Subject>", f"<saml:Advice>{forged}</saml:Advice><saml:Subject>", 1
            ),
        }
        return self.encoded(self.xml(variants[how]))

    def _signed(self, text: str) -> str:
        signed = OneLogin_Saml2_Utils.add_sign(
            text, self.key, self.certificate, sign_algorithm=self.algorithm, digest_algorithm=self.digest
        )
        found: str = signed.decode() if isinstance(signed, bytes) else signed
        return found


# Of a key that was thrown away: enough to be a certificate in metadata.
CERTIFICATE = (
    "MIIBGjCBwaADAgECAgEBMAoGCCqGSM49BAMCMBYxFDASBgNVBAMMC2lkcC5leGFtcGxlMCAXDTI2MDEwMTAwMDAwMFoYDzIwNTYw"
    "MTAxMDAwMDAwWjAWMRQwEgYDVQQDDAtpZHAuZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABL51KpKsnG2X7W1NxhZH"
    "XG/aysU81iYO3cFphchSo7UZAuckM7PbuXqIVgKlk4LhvHFszVXDliAmdeo9EHVGqccwCgYIKoZIzj0EAwIDSAAwRQIhANXwgzK7"
    "3fW2HZpOdFYe7AxHwUPpNpZ0R4uY6mKcfq4lAiAQvUXSmVOq+nbLZilMqSBVppZpdorc4UL/QaSOPXSKlQ=="
)


def saml_metadata(issuer: str) -> str:
    """What a provider says about itself."""
    return f'''<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{issuer}">
<IDPSSODescriptor protocolSupportEnumeration="{Constants.NS_SAMLP}"><KeyDescriptor use="signing">
<KeyInfo xmlns="{Constants.NS_DS}"><X509Data><X509Certificate>{CERTIFICATE}</X509Certificate></X509Data></KeyInfo>
</KeyDescriptor><SingleSignOnService Binding="{Constants.BINDING_HTTP_REDIRECT}" Location="{issuer}/sign-on"/>
</IDPSSODescriptor></EntityDescriptor>'''


WRAPPINGS = (
    "beside",
    "before, with the same ID",
    "inside of the forged one's signature",
    "as an extension",
    "signature moved to the forged one",
    "forged one inside of the true one",
)


def _at(minutes: int | None) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes or 0)).strftime("%Y-%m-%dT%H:%M:%SZ")
