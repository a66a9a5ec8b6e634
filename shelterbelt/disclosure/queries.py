"""What is closed at an organisation, and what waits for its custodian of records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from shelterbelt.disclosure import rules
from shelterbelt.disclosure.models import ClosureDetermination, RecordsRequest, RequestedRecord
from shelterbelt.disclosure.rules import Law, Records
from shelterbelt.orgs.models import Org
from shelterbelt.orgs.queries import district_of


def our_law() -> Law:
    """The rules of the state this installation serves."""
    return rules.law(settings.STATE)


def closed_now(org: Org, record_class: str, on: date) -> ClosureDetermination | None:
    """The determination that closes a class of records of an organisation on a day, its own or its district's.

    None means that nobody determined it, not that it may be shown: see `is_never_shown`.
    """
    return determinations_of(org, on).get(record_class)


def is_never_shown(record_class: str) -> bool:
    """Whether no export and no public page holds such records, whoever determined what."""
    return our_law().class_of(record_class).usually == "closed"


def determinations_of(org: Org, on: date) -> dict[str, ClosureDetermination]:
    """What is closed at an organisation on a day, by class; the first ground where there are two."""
    return {each.records: each for each in reversed(all_determinations_of(org, on))}


def all_determinations_of(org: Org, on: date) -> list[ClosureDetermination]:
    """Every determination that closes records there on a day: its own first, then its district's."""
    above = district_of(org, on) if org.kind == Org.Kind.SCHOOL else None
    orgs = [org.pk] + ([above.pk] if above is not None else [])
    held = ClosureDetermination.objects.filter(org__in=orgs).holding(on).select_related("org", "decided_by")
    return sorted(held, key=lambda each: (each.org_id != org.pk, each.from_on, each.pk))


@dataclass(frozen=True)
class Standing:
    """A class of records, and what closes it."""

    records: Records
    held: tuple[ClosureDetermination, ...]

    @property
    def lacks_determination(self) -> bool:
        """It is kept closed, but nothing in writing says why."""
        return self.records.usually == "closed" and not self.held


def register(org: Org, on: date) -> list[Standing]:
    """Every class of records that may be closed, with the determinations that do; what lacks one first."""
    held = all_determinations_of(org, on)
    found = [
        Standing(records, tuple(each for each in held if each.records == records.id))
        for records in our_law().records
        if records.may_be_closed
    ]
    return sorted(found, key=lambda each: not each.lacks_determination)


def requests_of(org: Org) -> Sequence[RecordsRequest]:
    """Those that wait, by the day they are due; then the others, the latest first."""
    waiting = list(RecordsRequest.objects.filter(org=org).waiting().order_by("due_on", "number"))
    return waiting + list(RecordsRequest.objects.filter(org=org).exclude(status="received").order_by("-number"))


def parts_of(asked: RecordsRequest) -> list[RequestedRecord]:
    """The records asked for, in the order they were written down."""
    return list(asked.parts.select_related("document", "determination").order_by("pk"))


def faults_of(asked: RecordsRequest, parts: Sequence[RequestedRecord], on: date) -> list[tuple[str, str]]:
    """What stands between the request and its answer."""
    held = all_determinations_of(asked.org, on)
    closed, grounds = {each.records for each in held}, {(each.pk, each.records) for each in held}
    return rules.missing(
        rules.Part(
            title=part.title,
            given=part.given,
            is_closed_class=part.records in closed,
            has_file=part.document_id is not None,
            has_ground=(part.determination_id, part.records) in grounds,
        )
        for part in parts
    )
