"""Chains of schools, districts and agencies as they are in life: some full, many stale, some dead, some never made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

import numpy as np

from shelterbelt.demo.world import District, Row, Rows, School, Term, World, chance, holder, moment

CONTACT = (
    "org_id", "name", "title", "person_id", "kind", "place", "hours", "language", "voice", "sms", "email", "status",
    "verified_at", "verified_how", "asked_at", "times_asked", "dead_channels", "bounced_because", "bounced_at",
    "called_at", "called_result", "retired_because", "added_at", "added_by_id",
)  # fmt: skip
HOURS = ("org_id", "opens_at", "closes_at")
BREAK = ("org_id", "name", "first_on", "last_on")
BOUNCES = ("550 5.1.1 no such mailbox", "The number is not in service", "A former employee answered")
AGENCY_KINDS = {
    "law_enforcement": "law_enforcement",
    "dispatch": "dispatch",
    "mental_health": "mental_health",
}


@dataclass(frozen=True)
class _Post:
    """Who stands in a chain, before it is known how well it is kept."""

    name: str
    kind: str
    hours: str
    by: str
    """Channels: v, s and e."""
    person: int | None = None


def generate(world: World, rng: np.random.Generator) -> Iterator[Rows]:
    """Contacts, then when school is in session where a district said so."""
    yield Rows("contacts_contact", CONTACT, list(_contacts(world, rng)))
    told = [district for district in world.districts if district.closed_on is None and rng.random() < 0.4]
    yield Rows("contacts_schoolhours", HOURS, [(district.id, *_bell(rng)) for district in told])
    breaks = _breaks(world.this_year.starts)
    yield Rows("contacts_break", BREAK, [(district.id, *each) for district in told for each in breaks])


def _contacts(world: World, rng: np.random.Generator) -> Iterator[Row]:
    for school in world.schools:
        if school.closed_on is None and rng.random() < chance(school.strength + 1.6):
            yield from _chain(world, rng, school.id, _of_school(world, rng, school), school.strength)
    for district in world.districts:
        if district.closed_on is None and rng.random() < chance(district.strength + 1.3):
            yield from _chain(world, rng, district.id, _of_district(world, district), district.strength)
    for agency in world.agencies:
        if rng.random() < 0.85:
            posts = _of_agency(agency.service, holder(world.leads.get(agency.id, ()), world.today))
            yield from _chain(world, rng, agency.id, posts, 0.6)


def _of_school(world: World, rng: np.random.Generator, school: School) -> list[_Post]:
    found = [_Post("Front office", "school_team", "school_hours", "v")]
    principal, coordinator = holder(school.principal, world.today), holder(school.coordinator, world.today)
    if principal:
        found.append(_Post("Principal's cell phone", "school_team", "always", "vse", principal))
    if coordinator and rng.random() < 0.8:
        found.append(_Post("Safety coordinator", "school_team", "always", "vse", coordinator))
    if school.students > 400 and rng.random() < 0.6:
        found.append(_Post("Counselor on duty", "school_team", "school_hours", "ve"))
    if rng.random() < 0.3:
        found.append(_Post("Building line after hours", "school_team", "after_hours", "v"))
    return found


def _of_district(world: World, district: District) -> list[_Post]:
    found = [_Post("District on duty", "district_duty", "always", "vs")]
    offices: list[tuple[str, list[Term]]] = [
        ("Superintendent's cell phone", district.superintendent), ("Safety coordinator", district.coordinator),
    ]  # fmt: skip
    for name, terms in offices:
        person = holder(terms, world.today)
        if person:
            found.append(_Post(name, "supervisor", "always", "vse", person))
    return found


def _of_agency(service: str, lead: int | None) -> list[_Post]:
    kind = AGENCY_KINDS.get(service, "other")
    found = [_Post("Desk", kind, "always", "ve")]
    if lead:
        found.append(_Post("Lead's cell phone", "supervisor", "always", "vs", lead))
    return found


def _chain(world: World, rng: np.random.Generator, org: int, posts: list[_Post], strength: float) -> Iterator[Row]:
    added = world.today - timedelta(days=30 + int(rng.integers(700)))
    for place, post in enumerate(posts, start=1):
        u = rng.random(8).tolist()
        yield (
            org, post.name, "", post.person, post.kind, place, post.hours, "es" if u[0] > 0.97 else "en",
            *_addresses(org, place, post), *_state(world.today, added, post, strength, u), "",
            moment(added, u[1]), post.person,
        )  # fmt: skip


def _addresses(org: int, place: int, post: _Post) -> tuple[str, str, str]:
    """Numbers set aside for fiction: 555-0100 to 0199."""
    number = f"+1573555{100 + (org * 7 + place * 13) % 100:04d}"
    voice = f"{number}x{1000 + org % 9000}" if "v" in post.by else ""  # so that no two desks are the same
    return voice, number if "s" in post.by else "", f"chain-{org}-{place}@example.org" if "e" in post.by else ""


def _state(today: date, added: date, post: _Post, strength: float, u: list[float]) -> tuple[object, ...]:
    """Status and what belongs to it, up to what came of the last call."""
    called: tuple[object, object] = (moment(today - timedelta(days=int(u[6] * 300)), u[5]), "answered")
    if u[6] < 0.7:
        called = (None, "")
    keeps = float(chance(strength + 0.5))
    if u[2] < 0.03 and "e" in post.by:
        when = moment(today - timedelta(days=int(u[3] * 60)), u[4])
        return ("bounced", None, "", None, 0, "{email}", BOUNCES[0], when, *called)
    if u[2] < 0.05:
        when = moment(today - timedelta(days=int(u[3] * 60)), u[4])
        return ("bounced", None, "", None, 0, "{voice}", BOUNCES[1 + int(u[3] * 2)], when, *called)
    if u[2] < 0.12:
        asked = max(added, today - timedelta(days=int(u[3] * 50)))
        times = sum((today - asked).days >= day for day in (0, 7, 21))
        return ("unconfirmed", None, "", moment(asked, u[4]), times, "{}", "", None, *called)
    days = int(u[3] * 175) if u[7] < keeps else 181 + int(u[3] * 200)
    verified = max(added, today - timedelta(days=days + 1))
    stale = (today - verified).days > 180
    asked_since = verified + timedelta(days=181)
    times = sum((today - asked_since).days >= day for day in (0, 7, 21)) if stale else 0
    how = "link" if post.by != "v" else "call"
    asked_at = moment(asked_since, u[5]) if stale else None
    return ("confirmed", moment(verified, u[4]), how, asked_at, times, "{}", "", None, *called)


def _bell(rng: np.random.Generator) -> tuple[time, time]:
    begins = int(rng.integers(0, 6)) * 10
    return time(7 + (30 + begins) // 60, (30 + begins) % 60), time(14 + (50 + begins) // 60, (50 + begins) % 60)


def _breaks(year: int) -> list[tuple[str, date, date]]:
    return [
        ("Thanksgiving", date(year, 11, 25), date(year, 11, 27)),
        ("Winter break", date(year, 12, 21), date(year + 1, 1, 4)),
        ("Spring break", date(year + 1, 3, 15), date(year + 1, 3, 19)),
    ]
