"""Find organisations by part of a name (also a former one), by code, or by city."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Upper

from shelterbelt.orgs import lookups  # noqa: F401  registers `like`
from shelterbelt.orgs.models import FormerName, Identifier, Membership, Org
from shelterbelt.orgs.rules import like_literally

ALIKE = 0.5
"""How alike a word must be to be shown when nothing fits exactly (0 to 1)."""
SHOWN_CODES = ("state_district", "state_building", "nces_district", "nces_school", "nces_private", "fips", "own")


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; empty parts don't narrow it."""

    text: str = ""
    kind: str = ""
    county: int | None = None
    district: int | None = None
    closed_too: bool = False
    state: int | None = None


@dataclass(frozen=True)
class Line:
    """One organisation as a list shows it."""

    org: Org
    district: Org | None
    county: Org | None
    codes: tuple[str, ...]


def find(wanted: Wanted, on: date) -> QuerySet[Org]:
    """Organisations that fit, those whose name begins with the text first."""
    found = Org.objects.exclude(kind=Org.Kind.STATE)
    if wanted.state is not None:
        found = found.filter(state=wanted.state)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if not wanted.closed_too:
        found = found.open_on(on)
    for group in (wanted.county, wanted.district):
        if group is not None:
            found = found.filter(pk__in=_members(group, on))
    return _by_text(found, wanted.text.strip())


def _members(group: int, on: date) -> QuerySet[Membership, int]:
    held = Q(until_on=None) | Q(until_on__gt=on)
    return Membership.objects.filter(held, group=group, from_on__lte=on).values_list("member_id", flat=True)


def _by_text(found: QuerySet[Org], text: str) -> QuerySet[Org]:
    if not text:
        return found.order_by("name", "pk")
    exactly = found.filter(pk__in=_fitting(text))
    if exactly.exists():
        first = Case(When(name__istartswith=text, then=Value(0)), default=Value(1), output_field=IntegerField())
        return exactly.order_by(first, "name", "pk")
    alike = found.annotate(likeness=TrigramWordSimilarity(text, "name")).filter(likeness__gte=ALIKE)
    return alike.order_by("-likeness", "name", "pk")


def _fitting(text: str) -> QuerySet[Org, int]:
    """Ids from four indexes, each asked by itself: one condition over all of them could use none."""
    part, start = f"%{like_literally(text.upper())}%", f"{like_literally(text.upper())}%"
    by_name = Org.objects.annotate(upper=Upper("name")).filter(upper__like=part).values_list("pk", flat=True)
    by_city = Org.objects.annotate(upper=Upper("city")).filter(upper__like=start).values_list("pk", flat=True)
    former = FormerName.objects.annotate(upper=Upper("name")).filter(upper__like=part).values_list("org_id", flat=True)
    by_code = Identifier.objects.filter(value__like=f"{like_literally(text)}%").values_list("org_id", flat=True)
    return by_name.union(by_city, former, by_code, all=True)


def lines(orgs: Iterable[Org], on: date) -> list[Line]:
    """What a list says beside each name; two queries however many there are."""
    listed = list(orgs)
    ids = [org.pk for org in listed]
    groups: dict[tuple[int, str], Org] = {}
    held = Membership.objects.filter(Q(until_on=None) | Q(until_on__gt=on), member__in=ids, from_on__lte=on)
    for membership in held.filter(axis__in=("district", "county")).select_related("group"):
        groups[membership.member_id, membership.axis] = membership.group
    codes: dict[int, list[Identifier]] = {}
    for code in Identifier.objects.filter(org__in=ids, scheme__in=SHOWN_CODES):
        codes.setdefault(code.org_id, []).append(code)
    return [
        Line(org, groups.get((org.pk, "district")), groups.get((org.pk, "county")), _in_order(codes.get(org.pk, [])))
        for org in listed
    ]


def _in_order(codes: list[Identifier]) -> tuple[str, ...]:
    return tuple(code.value for code in sorted(codes, key=lambda code: SHOWN_CODES.index(code.scheme)))
