"""Who serves a place, who holds its plan, who acknowledged which version, and who opened it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Q, QuerySet

from shelterbelt.orgs.models import Jurisdiction, Org
from shelterbelt.orgs.queries import agencies_serving, groups_of
from shelterbelt.plans.models import Opening, Plan, Receipt, Share, Version


def serves(agency: Org, org: Org, on: date) -> bool:
    """Whether an agency serves a place on a day: itself, or its whole district, county or state."""
    return agencies_serving(org, on).filter(pk=agency.pk).exists()


def ended_on(agency: Org, org: Org, on: date) -> date | None:
    """The day from which an agency no longer served a place; None for one that never did."""
    reach = [org.pk, *(group.pk for group in groups_of(org, on).values())]
    past = Jurisdiction.objects.filter(Q(org__in=reach) | Q(org=org.state_id), agency=agency, until_on__lte=on)
    found: date | None = past.aggregate(last=Max("until_on"))["last"]
    return found


def serving(org: Org, on: date) -> list[Org]:
    """The agencies that serve a place today, by service."""
    return list(agencies_serving(org, on))


def other_agencies(org: Org, on: date) -> QuerySet[Org]:
    """Agencies of the state that don't serve it: sharing with them takes two people."""
    known = [each.pk for each in serving(org, on)]
    agencies = Org.objects.filter(kind=Org.Kind.AGENCY, state=org.state_id).open_on(on)
    return agencies.exclude(pk__in=known).order_by("name", "pk")


def in_force_with_content(plan: Plan) -> Version | None:
    """The version in force with its text."""
    return Version.objects.filter(plan=plan).in_force().with_content().first()


def part_titles(version: Version | None) -> list[tuple[str, str, str]]:
    """Key, kind and title of every part of a version, in order."""
    return [(part["key"], part["kind"], part["title"]) for part in (version.parts if version else [])]


@dataclass(frozen=True)
class Held:
    """What an agency holds of a plan, as its keepers see it."""

    share: Share
    agency: Org
    serves: bool
    receipt: Receipt | None
    """Of the version in force."""
    opened: Opening | None
    """The last opening."""

    @property
    def state(self) -> str:
        """Whether it sees anything, and has what is in force."""
        if not self.serves and not self.share.is_outside:
            return "ended"
        return "acknowledged" if self.receipt else "waiting"


def holders(plan: Plan, on: date) -> list[Held]:
    """Every agency that holds parts of the plan, with its receipt of the version in force and its last opening."""
    shares = list(Share.objects.filter(plan=plan).live(on).select_related("agency").order_by("agency__name"))
    serve = {each.pk for each in serving(plan.org, on)} if shares else set()
    receipts = {
        each.share_id: each
        for each in Receipt.objects.filter(share__in=shares, version__state="in_force").select_related(
            "acknowledged_by"
        )
    }
    latest = Opening.objects.filter(share__in=shares).order_by("share_id", "-opened_at").distinct("share_id")
    opened = {each.share_id: each for each in latest}
    return [
        Held(share, share.agency, share.agency_id in serve, receipts.get(share.pk), opened.get(share.pk))
        for share in shares
    ]


def openings_of(plan: Plan) -> QuerySet[Opening]:
    """Who opened the plan, the latest first."""
    return Opening.objects.filter(share__plan=plan).select_related("agency", "version").order_by("-opened_at", "-pk")


def receipts_of(share: Share) -> Sequence[Receipt]:
    """Which versions an agency acknowledged under a share."""
    found = share.receipts.select_related("version").order_by("-version__number")
    return list(found)


def not_yet_shared(plan: Plan, on: date) -> dict[str, list[Org]]:
    """Agencies that serve the place and hold nothing of its plan, by service."""
    hold = set(Share.objects.filter(plan=plan).live(on).values_list("agency_id", flat=True))
    found: dict[str, list[Org]] = defaultdict(list)
    for agency in serving(plan.org, on):
        if agency.pk not in hold:
            found[agency.get_service_display()].append(agency)
    return dict(found)


def to_tell(share: Share) -> Version | None:
    """The version in force, if the agency wasn't told of it. For the system's eyes."""
    version: Any = share.plan.versions.in_force().first()
    return None if version is None or version.pk == share.told_version_id else version
