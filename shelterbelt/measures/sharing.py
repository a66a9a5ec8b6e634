"""The versions of emergency plans as D-O4 reads them: which one was in force, and which agencies had said they have it.

A school of whose plan a version was in force in the year is judged by it; what it attested then says nothing.
"""

from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value

from shelterbelt.measures.asking import Asked, Evidence
from shelterbelt.measures.passes import RECORDED
from shelterbelt.measures.sets import Units
from shelterbelt.orgs.models import Org
from shelterbelt.plans.models import Receipt, Version

POLICE, FIRE, EMS = Org.Service.LAW_ENFORCEMENT, Org.Service.FIRE, Org.Service.EMS
EMERGENCY_MANAGEMENT = Org.Service.EMERGENCY_MANAGEMENT
OTHERS = (FIRE, EMS, EMERGENCY_MANAGEMENT)
"""First responders besides law enforcement, as the attestation asks about them."""
TRIO = (POLICE, FIRE, EMERGENCY_MANAGEMENT)
"""With whom RSMo 160.480 asks to share it."""


def with_a_version(asked: Asked) -> QuerySet[Any, Any]:
    """Schools of whose plan some version was in force in the year, up to the asked day."""
    until = Q(until_on=None) | Q(until_on__gt=asked.year.starts_on)
    adopted = Version.objects.filter(until, org__kind=Org.Kind.SCHOOL, from_on__lte=_day(asked))
    return _units(adopted.exclude(from_on=None).order_by())


def shared_with(asked: Asked, *, others: int) -> Units:
    """Schools whose version in force law enforcement and so many other services had acknowledged."""
    said = _acknowledged(asked).annotate(
        police=Count("receipts", filter=_of(asked, POLICE)),
        others=Count("receipts__agency__service", filter=_of(asked, *OTHERS), distinct=True),
    )
    return _units(said.filter(police__gte=1, others__gte=others))


def shared_with_the_trio(asked: Asked) -> Units:
    """Schools whose version in force law enforcement, fire and emergency management had acknowledged."""
    said = _acknowledged(asked).annotate(
        services=Count("receipts__agency__service", filter=_of(asked, *TRIO), distinct=True)
    )
    return _units(said.filter(services=len(TRIO)))


def sharing_evidence(asked: Asked, unit: int) -> list[Evidence]:
    """Who acknowledged the version in force, and which of them count."""
    held = Receipt.objects.filter(version__in=_in_force(asked).filter(org=unit)).select_related("agency", "share")
    return [
        Evidence(
            what=row.agency.name,
            on=row.acknowledged_at.date(),
            level=RECORDED,
            counts=row.agency.service in {POLICE, *OTHERS}
            and row.acknowledged_at.date() <= asked.known_on
            and (row.share.revoked_at is None or row.share.revoked_at.date() > _day(asked)),
            route=("plans:shares", str(unit)),
            facts=(("Service", str(row.agency.get_service_display())),),
        )
        for row in held.order_by("acknowledged_at", "pk")
    ]


def _in_force(asked: Asked) -> QuerySet[Any]:
    day = _day(asked)
    return Version.objects.filter(Q(until_on=None) | Q(until_on__gt=day), from_on__lte=day, org__kind=Org.Kind.SCHOOL)


def _acknowledged(asked: Asked) -> QuerySet[Any]:
    return _in_force(asked).filter(receipts__isnull=False).order_by()


def _of(asked: Asked, *services: str) -> Q:
    """Receipts of these services that were known, under a share that still held on the day."""
    day = _day(asked)
    held = Q(receipts__share__until_on=None) | Q(receipts__share__until_on__gt=day)
    kept = Q(receipts__share__revoked_at=None) | Q(receipts__share__revoked_at__date__gt=day)
    known = Q(receipts__acknowledged_at__date__lte=asked.known_on, receipts__agency__service__in=services)
    return held & kept & known


def _units(versions: QuerySet[Any]) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = versions.annotate(unit=F("org"), verified=Value(RECORDED)).values("unit", "verified")
    return found.distinct()


def _day(asked: Asked) -> date:
    return min(asked.on, asked.year.ends_on)
