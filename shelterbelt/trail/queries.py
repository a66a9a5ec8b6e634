"""Finding entries of the trail, newest first, by keys: fast also where there are millions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from shelterbelt.access.models import AuditEntry
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Appointment, Person

A_BATCH = 2000
FEW = 200
"""So many organisations are few: a district's, not a region's."""


@dataclass(frozen=True)
class Search:
    """What somebody looks for; what is empty doesn't matter."""

    person: int | None = None
    thing: str = ""
    thing_id: str = ""
    org: int | None = None
    verb: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether everything is looked for."""
        return self == Search()


def found(search: Search) -> QuerySet[AuditEntry]:
    """All entries that fit, newest first."""
    rows = AuditEntry.objects.order_by("-id")
    if search.person is not None:
        rows = rows.filter(_done_by(search.person) | Q(acting_for=search.person))
    elif not search.org and not search.thing_id:
        rows = _within_reach(rows)
    exact = {"thing": search.thing, "thing_id": search.thing_id, "verb": search.verb, "org_id": search.org}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if search.since is not None:
        rows = rows.filter(at__gte=_midnight(search.since))
    if search.until is not None:
        rows = rows.filter(at__lt=_midnight(search.until + timedelta(days=1)))
    return rows


def _done_by(person: int) -> Q:
    """What somebody did; the second word lets the index of people's acts be used, which leaves the system's out."""
    return Q(actor=f"person:{person}", actor__startswith="person:")


def _within_reach(rows: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
    """Leave out beforehand what row security would leave out, where few organisations are in reach.

    The same entries are found. But whoever leads one school doesn't wait until a whole state's were passed over.
    """
    with connection.cursor() as cursor:
        cursor.execute("select access_sees_all(), access_my_orgs(), access_person()")
        sees_all, orgs, me = cursor.fetchone()
    if sees_all or len(orgs) > FEW:
        return rows
    people = {me, *Appointment.objects.filter(org_id__in=orgs).values_list("person_id", flat=True)}
    return rows.filter(Q(org_id__in=orgs) | Q(about__in=people) | _done_by(me))


def a_page(search: Search, *, before: int | None, size: int) -> tuple[list[AuditEntry], int | None]:
    """So many entries older than one, and the one that the next page is older than; None at the end."""
    rows = found(search)
    if before is not None:
        rows = rows.filter(id__lt=before)
    page = list(rows[: size + 1])
    return page[:size], page[size - 1].pk if len(page) > size else None


def every(search: Search, *, most: int) -> Iterator[list[AuditEntry]]:
    """All that fit, up to so many, in batches."""
    before, taken = None, 0
    while taken < most:
        batch, before = a_page(search, before=before, size=min(A_BATCH, most - taken))
        yield batch
        taken += len(batch)
        if before is None:
            return


def people_named(ids: Iterable[int]) -> dict[int, str]:
    """Names of those among these people whom the reader may see."""
    return dict(Person.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


def orgs_named(ids: Iterable[int]) -> dict[int, str]:
    """Names of organisations."""
    return dict(Org.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
