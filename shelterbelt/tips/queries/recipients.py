"""Who the recipients of a tip are: the rules' classes as organisations, with those to be tried there now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from shelterbelt.contacts.queries import Call, call_chain, is_in_session, timetable_of, zone
from shelterbelt.orgs.models import Jurisdiction, Org
from shelterbelt.orgs.queries import district_of, groups_of
from shelterbelt.tips.models import Referral, Tip
from shelterbelt.tips.rules import routing

SERVICES = {
    "law_enforcement": Org.Service.LAW_ENFORCEMENT,
    "dispatch": Org.Service.DISPATCH,
    "mental_health": Org.Service.MENTAL_HEALTH,
    "child_welfare": Org.Service.CHILD_WELFARE,
}
MOST_FOUND = 20


@dataclass(frozen=True)
class Proposed:
    """An organisation that a rule proposes, or a class of which none is known for this place."""

    recipient: str
    org: Org | None
    part: str
    why: str
    rule: str
    chain: tuple[Call, ...] = ()

    @property
    def can_be_reached(self) -> bool:
        """Whether anybody there can be tried."""
        return bool(self.chain)


def facts_of(tip: Tip, at: datetime, *, place: routing.Place | None = None) -> routing.Facts:
    """What the rules look at. `place` where the analyst knows better, such as another state."""
    where = place or routing.place_of(tip.place_kind, tip.school.sector if tip.school else "")
    return routing.Facts(tuple(tip.event_types), tip.is_life_safety, where, hours_at(tip.school or tip.org, at))


def hours_at(org: Org, at: datetime) -> routing.Hours:
    """Which hours it is there: by the school's own timetable, or the usual one."""
    local = at.astimezone(zone())
    has_school = timetable_of(org, local.date()).has_school(local.date())
    return routing.hours_of(local, in_session=is_in_session(org, at), has_school=has_school)


def proposed(tip: Tip, at: datetime, *, place: routing.Place | None = None) -> list[Proposed]:
    """Whom the rules propose for a tip, with the chain of each."""
    found: list[Proposed] = []
    for each in routing.proposals(facts_of(tip, at, place=place)):
        orgs: list[Org | None] = [*orgs_for(tip, each.recipient, timezone.localdate(at))]
        found += [
            Proposed(each.recipient, org, each.part, each.why, each.rule, chain_of(org, at)) for org in orgs or [None]
        ]
    return found


def chain_of(org: Org | None, at: datetime) -> tuple[Call, ...]:
    """Who is to be tried there now."""
    return tuple(call_chain(org, at)) if org else ()


def numbers_of(org: Org | None, at: datetime) -> list[tuple[str, str]]:
    """Names and numbers to call there now, in the chain's order."""
    found = [(call.contact.name, dict(call.channels).get("voice", "")) for call in chain_of(org, at)]
    return [(name, number) for name, number in found if number]


def orgs_for(tip: Tip, recipient: str, on: date) -> list[Org]:
    """The organisations of a class for where the tip plays."""
    if recipient == "school_team":
        return [tip.school] if tip.school else []
    if recipient == "district":
        district = district_of(tip.school, on) if tip.school else None
        return [district] if district else []
    return agencies(tip.school or tip.org, SERVICES[recipient], on) if recipient in SERVICES else []


def agencies(org: Org, service: str, on: date) -> list[Org]:
    """The agencies of a service with the narrowest jurisdiction: the school's own before the county's or state's."""
    reach = [org.pk, *(group.pk for group in groups_of(org, on).values()), *([org.state_id] if org.state_id else [])]
    holds = Q(from_on__lte=on) & (Q(until_on=None) | Q(until_on__gt=on))
    rows = Jurisdiction.objects.filter(holds, org__in=reach, agency__service=service).select_related("agency")
    ranked = [(reach.index(row.org_id), row.agency) for row in rows if row.agency.is_open(on)]
    nearest = min((rank for rank, _ in ranked), default=0)
    return sorted({agency for rank, agency in ranked if rank == nearest}, key=lambda agency: (agency.name, agency.pk))


def found_by(words: str, state: Org, on: date) -> list[Org]:
    """Organisations of the state whose name holds these words, to be added by hand."""
    if len(words.strip()) < 2:
        return []
    kinds = (Org.Kind.SCHOOL, Org.Kind.DISTRICT, Org.Kind.AGENCY)
    named = Org.objects.filter(state=state, kind__in=kinds, name__icontains=words.strip()[:80]).open_on(on)
    return list(named.order_by("name", "pk")[:MOST_FOUND])


def class_of(org: Org) -> str | None:
    """The class in which a referral to this organisation is counted; None where none can be made."""
    if org.kind in {Org.Kind.SCHOOL, Org.Kind.DISTRICT}:
        return Referral.To.SCHOOL
    if org.kind != Org.Kind.AGENCY:
        return None
    is_police = org.service in {Org.Service.LAW_ENFORCEMENT, Org.Service.DISPATCH}
    return Referral.To.LAW_ENFORCEMENT if is_police else Referral.To.COMMUNITY_SUPPORT


def referrals_of(tip: Tip) -> QuerySet[Referral]:
    """All referrals of a tip, those who owe an answer first."""
    return tip.referrals.select_related("org", "by", "acknowledged_by").order_by("-is_primary", "at", "pk")


def red(referrals: Iterable[Referral]) -> list[Referral]:
    """Those where nobody was reached so far."""
    return [each for each in referrals if each.state in {Referral.State.QUEUED, Referral.State.UNREACHED}]
