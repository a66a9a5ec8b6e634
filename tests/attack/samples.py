"""For every word in an address: one of ours, one of the foreign district's, and one that was never given."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import StringConverter

from tests.attack.world import World

ABSENT = 8_000_000_000
NEVER = uuid.UUID("00000000-0000-4000-8000-000000000000")

RECORDS: dict[str, str] = {
    "drill_id": "drill",
    "document_id": "document",
    "attestation_id": "attestation",
    "report_id": "attestation",
    "designation_id": "designation",
    "action_id": "action",
    "person_id": "person",
    "appointment_id": "appointment",
    "stand_in_id": "stand_in",
    "import_id": "import",
    "invitation_id": "invitation",
    "approval_id": "approval",
    "provider_id": "provider",
    "claim_id": "claim",
    "factor_id": "factor",
    "entry_id": "entry",
    "tip_id": "tip",
    "link_id": "tip_link",
    "view_id": "tip_view",
    "referral_id": "referral",
    "file_id": "tip_file",
    "alarm_id": "alarm",
    "shift_id": "shift",
    "browser_id": "browser",
    "sent_id": "sent",
    "call_id": "call",
    "contact_id": "contact",
    "hold_id": "hold",
    "request_id": "unmask_request",
    "source_id": "source",
    "notice_id": "notice",
    "finding_id": "finding",
    "purchase_id": "purchase",
    "offer_id": "offer",
    "clause_id": "clause",
    "corrective_id": "corrective",
    "incident_report_id": "incident_report",
    "evaluation_id": "evaluation",
    "briefing_id": "briefing",
    "assessment_id": "assessment",
    "team_id": "team",
    "member_id": "member",
    "photograph_id": "photograph",
    "share_id": "share",
    "determination_id": "determination",
    "asked_id": "records_request",
    "requested_id": "requested",
    "incoming_id": "incoming",
    "plan_id": "plan",
    "section_id": "section",
    "drawing_id": "drawing",
    "mark_id": "mark",
    "revision_id": "revision",
    "goal_id": "goal",
    "course_id": "course",
    "hazard_id": "hazard",
    "row_id": "plan_row",
    "task_id": "task",
    "version_id": "version",
}
"""Arguments that name a record, with its kind in the world. A foreign one must look like one that never was."""

PUBLIC = {"with_id": "provider", "shared_id": "shared"}
"""Arguments that name a record of which anybody may know: that a district has a sign-in of its own, what it shares."""

ORGANISATIONS = {"org_id": "linden", "school_id": "linden", "district_id": "cedar", "agency_id": "police"}
FOREIGN_ORGANISATIONS = {"org_id": "willow", "school_id": "willow", "district_id": "ash", "agency_id": "sheriff"}
"""The directory is public (decision 0004): that a school exists is no secret, what it does is."""

WORDS: dict[str, str] = {
    "output_id": "F-O5",
    "recommendation_id": "A-L2",
    "year": "2026-27",
    "form": "csv",
    "role": "principal",
    "reference": "MQ",
    "token": "never-given",
    "protocol": "saml",
    "area": "team",
    "criterion": "fit",
    "shelf": "product",
    "published_key": "locks",
    "domain": "perimeter",
    "question": "perimeter-edge",
    "template_key": "school-site",
    "template_version": "2026.1",
    "digest": "0" * 64,
    "step": "team",
    "list_name": "contacts",
}
"""Arguments that name nothing of anybody's."""


@dataclass(frozen=True)
class Page:
    """One pattern of an address."""

    name: str
    route: str
    converters: dict[str, Any]
    audience: str

    @property
    def names_a_record(self) -> bool:
        """Whether its address holds the key of a record."""
        return bool(set(self.converters) & set(RECORDS))

    def filled(self, values: dict[str, Any]) -> str:
        """The address with these words in it."""
        path = "/" + self.route
        for name in self.converters:
            start = path.index("<")
            end = path.index(">", start)
            path = path[:start] + str(values[name]) + path[end + 1 :]
        return path


def pages(resolver: URLResolver | None = None, before: str = "", room: str = "") -> list[Page]:
    """Every address there is, from the addresses themselves."""
    found = []
    for each in (resolver or get_resolver()).url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            found += pages(each, route, f"{room}{each.namespace}:" if each.namespace else room)
        elif isinstance(each, URLPattern):
            audience = getattr(each.callback, "audience", "")
            found.append(Page(f"{room}{each.name}", route, _in_order(route, each), audience))
    return found


def _in_order(route: str, pattern: URLPattern) -> dict[str, Any]:
    names = [part.split(">")[0].split(":")[-1] for part in route.split("<")[1:]]
    known = pattern.pattern.converters
    return {name: known.get(name, StringConverter()) for name in names}


def ours(world: World) -> dict[str, Any]:
    """Words that name what is at Linden, its district or the agency that serves it."""
    records = {name: _first(world, ("linden", "cedar", "state"), kind) for name, kind in (RECORDS | PUBLIC).items()}
    return WORDS | records | {name: getattr(world, at).org.pk for name, at in ORGANISATIONS.items()}


def theirs(world: World) -> dict[str, Any]:
    """Words that name the same of the foreign district."""
    records = {name: _first(world, ("willow", "ash", "state"), kind) for name, kind in (RECORDS | PUBLIC).items()}
    return WORDS | records | {name: getattr(world, at).org.pk for name, at in FOREIGN_ORGANISATIONS.items()}


def nobodys(world: World) -> dict[str, Any]:
    """Words that name nothing: for organisations the foreign ones, so that only records differ from `theirs`."""
    given = theirs(world)
    return given | {name: NEVER if isinstance(given[name], uuid.UUID) else ABSENT for name in RECORDS}


def unknown(all_pages: list[Page]) -> set[str]:
    """Arguments for which no sample is known."""
    return {name for page in all_pages for name in page.converters} - set(RECORDS | PUBLIC | ORGANISATIONS | WORDS)


def _first(world: World, places: tuple[str, ...], kind: str) -> Any:
    things = next(getattr(world, at) for at in places if kind in getattr(world, at).by_kind)
    return things.by_kind[kind].pk
