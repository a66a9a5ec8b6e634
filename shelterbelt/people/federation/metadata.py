"""Reads a SAML provider's metadata: where to send people, and which keys sign its word."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from lxml import etree
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML

from shelterbelt.people.federation.fetching import Silent, asked_at

MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
LONGEST = 512 * 1024
SMALLEST_RSA = 2048
# Keys for encryption sign nothing.
_SIGNING = "md:KeyDescriptor[not(@use) or @use='signing']/ds:KeyInfo/ds:X509Data/ds:X509Certificate"


@dataclass(frozen=True)
class Metadata:
    """What one EntityDescriptor of an identity provider says."""

    entity_id: str
    sign_on_url: str
    certificates: tuple[str, ...]
    """Base64 without line breaks, each of them may have signed."""
    ends_at: datetime | None


def read(text: str) -> Metadata:
    """Read metadata, or say in a sentence what is wrong with them (ValidationError)."""
    root = _parsed(text)
    found = [root] if root.tag == f"{MD}EntityDescriptor" else root.findall(f".//{MD}EntityDescriptor")
    described = [one for one in found if one.find(f"{MD}IDPSSODescriptor") is not None]
    if len(described) != 1:
        raise ValidationError(_("These metadata must describe exactly one identity provider (IDPSSODescriptor)."))
    descriptor = described[0].find(f"{MD}IDPSSODescriptor")
    assert descriptor is not None  # noqa: S101  described were picked by it
    certificates = tuple(
        re.sub(r"\s+", "", OneLogin_Saml2_XML.element_text(node))
        for node in OneLogin_Saml2_XML.query(descriptor, _SIGNING)
    )
    if not certificates:
        raise ValidationError(_("These metadata name no certificate that signs (KeyDescriptor)."))
    for certificate in certificates:
        _check(certificate)
    return Metadata(_entity_id(described[0]), _sign_on_url(descriptor), certificates, _ends_at(root, *described))


def _parsed(text: str) -> etree._Element:
    if len(text) > LONGEST:
        raise ValidationError(_("These metadata are too long. Send those of one identity provider only."))
    try:
        # Refuses a DTD and entities, and never reads from elsewhere.
        root: etree._Element = OneLogin_Saml2_XML.to_etree(text.strip().encode())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValidationError(_("This isn't the XML of SAML metadata.")) from error
    return root


def _entity_id(entity: etree._Element) -> str:
    name = str(entity.get("entityID", ""))
    if not name or len(name) > 500:
        raise ValidationError(_("These metadata name no entity ID."))
    return name


def _sign_on_url(descriptor: etree._Element) -> str:
    for service in descriptor.findall(f"{MD}SingleSignOnService"):
        if service.get("Binding") == REDIRECT:
            try:
                asked_at(service.get("Location", ""))
            except Silent as error:
                raise ValidationError(_("The provider's sign-on address must begin with https.")) from error
            return str(service.get("Location"))
    raise ValidationError(_("These metadata name no sign-on address for HTTP-Redirect."))


def _check(certificate: str) -> None:
    try:
        key = x509.load_pem_x509_certificate(as_pem(certificate).encode()).public_key()
    except ValueError as error:
        raise ValidationError(_("A certificate in these metadata can't be read.")) from error
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < SMALLEST_RSA:
        raise ValidationError(_("A certificate in these metadata has a key that is too short (2048 bits at least)."))


def as_pem(certificate: str) -> str:
    """A certificate as OpenSSL wants it."""
    lines = "\n".join(certificate[at : at + 64] for at in range(0, len(certificate), 64))
    return f"-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n"


def _ends_at(*elements: etree._Element) -> datetime | None:
    said = [element.get("validUntil") for element in elements]
    found = [_moment(text) for text in said if text]
    return min(found, default=None)


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise ValidationError(
            _("These metadata say until when they are valid, but not in a way we can read (validUntil).")
        )
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
