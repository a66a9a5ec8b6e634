"""The steps of tips as A-O2 and A-O3 count them, and what a state attested for years in which its desk wasn't here.

A school year in which the desk recorded a single step is counted from its facts; what is attested for it then says
nothing. Facts outlive their tips, so a count never changes when tips are disposed of.
"""

from django.db.models import Exists, F, FloatField, OuterRef, Q, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from shelterbelt.core.school_year import SchoolYear
from shelterbelt.measures.asking import Amounts, Asked, in_force
from shelterbelt.orgs.models import Org
from shelterbelt.tips.models import StatFact, Tip
from shelterbelt.tips.rules.event_types import event_types

COUNTED = (Tip.Kind.REAL, Tip.Kind.PRANK, Tip.Kind.FALSE, Tip.Kind.OUT_OF_SCOPE)
"""What the headline counts: everything but tests, spam and duplicates; notices of agencies are no tips at all."""


def received(asked: Asked) -> QuerySet[StatFact]:
    """Tips that came in the year up to the asked day, and notices."""
    return _steps(asked.year).filter(step__in=("received", "noticed"), received_on__lte=asked.on)


def tips(asked: Asked) -> QuerySet[StatFact]:
    """Those that the headline counts."""
    return received(asked).filter(step="received", kind__in=COUNTED)


def referrals(asked: Asked, step: str = "referred") -> QuerySet[StatFact]:
    """A step of referrals taken in the year up to the asked day."""
    return StatFact.objects.filter(step=step, on__gte=asked.year.starts_on, on__lte=min(asked.on, asked.year.ends_on))


def about(group: str) -> Q:
    """That a tip is of one of the classes in which tips are counted."""
    return Q(event_type__in=[code for code, kind in event_types().items() if kind.group == group])


def amount(asked: Asked, facts: QuerySet[StatFact], attested: Combinable) -> Amounts:
    """Each state's number: of its facts where its desk was at work in the year, else as it attested."""
    at_work = _steps(asked.year).filter(org=OuterRef("org"))
    said = in_force(asked).filter(~Exists(at_work)).annotate(n=attested, unit=F("org")).filter(n__isnull=False)
    counted = facts.values(unit=F("org")).annotate(n=Cast(Sum("amount"), FloatField()))
    return counted.values("unit", "n").union(said.values("unit", "n"), all=True)


def by_region(asked: Asked) -> dict[str, Amounts]:
    """The headline by the region of the school; tips that name none are under an empty name."""
    facts = tips(asked)
    regions = Org.objects.filter(pk__in=facts.values("region")).order_by("name")
    counted = {region.name: facts.filter(region=region) for region in regions}
    counted["no_region"] = facts.filter(region=None)
    return {
        name: rows.values(unit=F("org")).annotate(n=Cast(Sum("amount"), FloatField())).values("unit", "n")
        for name, rows in counted.items()
    }


def _steps(year: SchoolYear) -> QuerySet[StatFact]:
    return StatFact.objects.filter(received_on__gte=year.starts_on, received_on__lte=year.ends_on)
