"""A school meets this when, after the year's plan update, a session on it reached 90 % of staff."""

from typing import Any

from django.db.models import F, Max, QuerySet, Sum, Value

from shelterbelt.measures.asking import Asked, Evidence, Line, Share
from shelterbelt.measures.passes import RECORDED
from shelterbelt.measures.plans import attested_without_record, plan_evidence, reported, updated_on, versions_in_force
from shelterbelt.measures.sets import Units
from shelterbelt.plans.models import Briefing

READS = ("plans", "briefings")


def units_that_meet(asked: Asked) -> Units:
    """No update in the year is a no, not an exemption. Sessions for those who missed the first are added to it."""
    said = attested_without_record(
        asked,
        plan_in_force=True,
        updated_in_year=True,
        session_held=True,
        after_update=True,
        staff_share__gte=asked.threshold("min_staff_share"),
    )
    came = _after_update(asked).values(unit=F("org")).annotate(came=Sum("attended"), work=Max("staff"))
    enough = came.filter(came__gte=F("work") * asked.threshold("min_staff_share") / 100.0)
    return said.or_in(enough.annotate(verified=Value(RECORDED)).values("unit", "verified"))


def units_that_reported(asked: Asked) -> Units:
    """A plan in force here, or an attestation."""
    return reported(asked)


def line_any_session(asked: Asked) -> Line:
    """Any session on the plan."""
    held: QuerySet[Any, Any] = _sessions(asked).values(unit=F("org")).distinct().annotate(verified=Value(RECORDED))
    said = attested_without_record(asked, plan_in_force=True, session_held=True)
    return Share(said.or_in(held.values("unit", "verified")))


def evidence(asked: Asked, unit: int) -> list[Evidence]:
    """The version in force and the year's sessions; without one, the attestation."""
    return plan_evidence(asked, unit, lambda: _session_evidence(asked, unit))


def _sessions(asked: Asked) -> QuerySet[Briefing]:
    """The year's sessions on the version in force, up to the asked day."""
    return Briefing.objects.filter(
        withdrawn_because="",
        held_on__range=(asked.year.starts_on, min(asked.on, asked.year.ends_on)),
        recorded_at__date__lte=asked.known_on,
        version__in=versions_in_force(asked),
    )


def _after_update(asked: Asked) -> QuerySet[Briefing]:
    return _sessions(asked).annotate(updated_on=updated_on(asked)).filter(held_on__gte=F("updated_on"))


def _session_evidence(asked: Asked, unit: int) -> list[Evidence]:
    counted = set(_after_update(asked).filter(org=unit).values_list("pk", flat=True))
    return [
        Evidence(
            what=f"Session: {each.topics}",
            on=each.held_on,
            level=RECORDED,
            counts=each.pk in counted,
            route=("evaluation:briefings", str(unit)),
            facts=(("Staff who were there", f"{each.attended} of {each.staff}"),),
        )
        for each in _sessions(asked).filter(org=unit).order_by("held_on", "pk")
    ]
