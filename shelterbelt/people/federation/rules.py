"""What an identity provider may say, and for whom it may vouch. No database, no clock, no request."""

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass

from shelterbelt.people.rules import TWO_PERSON_OFFICES

CONNECTED_BY = {
    "district": ("superintendent", "district_coordinator"),
    "agency": ("agency_lead",),
    "state": ("state_office",),
}
"""Who connects the provider of which kind of organisation. They are never bound to it: somebody must be able to turn
it off on the day it fails."""

LONGEST_SUBJECT = 191
MOST_CLAIMS = 20

PUBLIC_MAIL = frozenset(
    """
    aol.com att.net bellsouth.net centurylink.net charter.net comcast.net cox.net duck.com earthlink.net email.com
    fastmail.com frontier.com gmail.com gmx.com gmx.de gmx.net googlemail.com hey.com hotmail.co.uk hotmail.com
    icloud.com inbox.com juno.com live.com mac.com mail.com mail.ru me.com mediacombb.net msn.com naver.com outlook.com
    outlook.es pm.me proton.me protonmail.com qq.com rocketmail.com sbcglobal.net tutanota.com verizon.net web.de
    windstream.net yahoo.com yahoo.es yandex.com yandex.ru ymail.com zoho.com zohomail.com
    """.split()  # noqa: SIM905  sixty words to read, not sixty lines
)
"""Where anybody gets an address: such a domain says nothing about whom somebody works for."""

_SHARED_ENDING = re.compile(
    r"(com|org|net|edu|gov|mil|us|info|biz|school|education|[a-z]{2}\.us|(k12|cc|lib|state|gen|tec)\.[a-z]{2}\.us)"
)
"""Endings under which every district has a domain of its own (k12.mo.us), and which are nobody's alone."""

_DOMAIN = re.compile(r"(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])\Z")


@dataclass(frozen=True)
class Said:
    """What a provider said about somebody, after its signature was checked."""

    subject: str
    """How the provider calls them, for good."""
    email: str = ""
    verified: bool | None = None
    """Whether it has checked that the address is theirs; None if it didn't say."""
    methods: frozenset[str] = frozenset()
    """How they proved who they are: amr and acr, or SAML's AuthnContextClassRef."""


@dataclass(frozen=True)
class Known:
    """The person whom a subject or an address leads to, as we know them."""

    email: str
    offices_at: frozenset[int]
    """Organisations where they hold an office today, or may stand in for somebody who does."""
    linked_to: str | None
    """The subject that this provider has for them; None until it first vouched for them."""
    offices: frozenset[str] = frozenset()
    """The offices themselves."""


def plain(text: object) -> str:
    """A text as it was said; empty for anything else, and for one with characters that no name and no address has."""
    return text if isinstance(text, str) and text.isprintable() else ""


def domain_of(email: str) -> str:
    """The part after the @, in small letters."""
    return email.rpartition("@")[2].casefold()


def domain_fault(domain: str) -> str | None:
    """Why a domain can't be claimed by anybody: `spelling`, `public_mail`, or `shared`."""
    if not _DOMAIN.match(domain):
        return "shared" if _SHARED_ENDING.fullmatch(domain) else "spelling"
    if domain in PUBLIC_MAIL:
        return "public_mail"
    return "shared" if _SHARED_ENDING.fullmatch(domain) else None


def why_not(
    said: Said, known: Known | None, *, domains: Collection[str], reach: Collection[int], unmarked_count: bool
) -> str | None:
    """Why a provider's word isn't taken (a RefusedSignIn.Reason); None if it is.

    The address counts once, to find the person; after that their subject does. It may never be a lie, though. Whether
    anybody has an address is told for the provider's own domains only.
    """
    if not said.subject or len(said.subject) > LONGEST_SUBJECT:
        return "no_subject"
    if said.verified is False:
        return "unverified"
    if known is not None and known.linked_to == said.subject:
        return _of_somebody_linked(said, known, domains) or _of_their_offices(known, reach)
    return _of_an_address(said, domains, unmarked_count=unmarked_count) or _of_somebody_new(known, reach)


def _of_somebody_linked(said: Said, known: Known, domains: Collection[str]) -> str | None:
    if said.email and said.email.casefold() != known.email.casefold():
        return "other_address"
    return None if domain_of(known.email) in domains else "foreign_domain"


def _of_an_address(said: Said, domains: Collection[str], *, unmarked_count: bool) -> str | None:
    if not said.email:
        return "no_address"
    if domain_of(said.email) not in domains:
        return "foreign_domain"
    return "unverified" if said.verified is None and not unmarked_count else None


def _of_somebody_new(known: Known | None, reach: Collection[int]) -> str | None:
    if known is None:
        return "not_ours"
    return "other_subject" if known.linked_to is not None else _of_their_offices(known, reach)


def _of_their_offices(known: Known, reach: Collection[int]) -> str | None:
    """They serve within the provider's organisation, and nowhere else: it would open that door too."""
    if not known.offices_at or not known.offices_at <= frozenset(reach):
        return "not_ours"
    return None if may_be_vouched_for(known.offices) else "own_keys"


def may_be_vouched_for(offices: Collection[str]) -> bool:
    """Whether a provider's word may stand for somebody with these offices.

    Who runs the state's provider could be anybody who serves there: to give these offices takes two, and one who
    describes a provider must not become its holder alone.
    """
    return not TWO_PERSON_OFFICES & set(offices)


def proves_second_factor(methods: Collection[str], counted: Collection[str]) -> bool:
    """Whether one of the methods somebody used at the provider counts as a second factor here."""
    return bool(set(methods) & set(counted))


def may_be_asked(address: str, networks: Collection[str]) -> bool:
    """Whether a server at this network address may be asked: the public internet, and networks named in the settings.

    Otherwise whoever names a provider's address could have this site ask machines that only it can reach.
    """
    where = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(where, "ipv4_mapped", None) or getattr(where, "sixtofour", None)
    if inner is not None:
        where = inner
    if any(where in ipaddress.ip_network(network) for network in networks):
        return True
    return where.is_global and not where.is_multicast and where not in _TRANSLATED


_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""NAT64 (RFC 6052): an IPv4 address of any kind in the clothes of a global one."""
