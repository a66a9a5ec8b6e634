"""What each office is: at which kind of organisation it is held, and who may appoint to it."""

from typing import NamedTuple


class Office(NamedTuple):
    """An office a person can hold."""

    at: tuple[str, ...]
    """Kinds of organisation (or agency services) where it exists."""
    appointed_by: tuple[str, ...]
    """Offices whose holders may appoint to it, at the same organisation or above it."""
    serves_schools: bool = False
    """Counts as coordinator, SRO or SPO of a school (outputs G-O3, G-O4, I-O3)."""


OFFICES: dict[str, Office] = {
    "state_office": Office(("state",), ("state_office",)),
    "tip_analyst": Office(("state",), ("state_office",)),
    "tip_supervisor": Office(("state",), ("state_office",)),
    "region_coordinator": Office(("region",), ("state_office",)),
    "superintendent": Office(("district",), ("state_office",)),
    "district_coordinator": Office(("district",), ("state_office", "superintendent"), serves_schools=True),
    "cybersecurity_coordinator": Office(("district",), ("superintendent", "district_coordinator")),
    "principal": Office(("school",), ("superintendent", "district_coordinator")),
    "school_coordinator": Office(
        ("school",), ("superintendent", "district_coordinator", "principal"), serves_schools=True
    ),
    "school_resource_officer": Office(
        ("school", "district"), ("superintendent", "district_coordinator", "principal"), serves_schools=True
    ),
    "school_protection_officer": Office(("school",), ("superintendent", "district_coordinator"), serves_schools=True),
    "staff": Office(("school", "district"), ("superintendent", "district_coordinator", "principal")),
    "agency_lead": Office(("agency",), ("state_office", "agency_lead")),
    "responder": Office(("agency",), ("agency_lead", "state_office")),
}

CLOSED_OFFICES = frozenset({"school_protection_officer"})
"""Offices whose holders the law keeps closed (RSMo 160.665): never shown outside the district."""

STATEWIDE_OFFICES = frozenset({"state_office"})
"""Offices whose holders see every organisation's records."""

TWO_PERSON_OFFICES = frozenset({"state_office", "tip_analyst", "tip_supervisor"})
"""Offices that see a whole state, or tips: to give one, to end somebody else's and to lend one takes two people."""

INVITATION_DAYS = 14
"""How long an invitation to sign in works."""

LONGEST_STAND_IN_DAYS = 60
"""How long somebody may act for another at a time. Whoever is away longer needs a successor."""


def office_fits(office: str, *, kind: str) -> bool:
    """Whether an office can be held at an organisation of this kind."""
    return kind in OFFICES[office].at


def plain_name(name: str) -> str:
    """A name without its capital letters and spare spaces."""
    return " ".join(name.casefold().split())


def invitation_state(*, used: bool, withdrawn: bool, ended: bool, expired: bool) -> str:
    """What became of an invitation: used, withdrawn, ended (its office), expired, or open.

    Whoever held the link learns the first three; an old one is like one that never was.
    """
    told = {"used": used, "expired": expired, "withdrawn": withdrawn, "ended": ended}
    return next((state for state, is_so in told.items() if is_so), "open")
