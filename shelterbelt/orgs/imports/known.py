"""What the directory already holds, as far as a file of a given kind needs to know it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from shelterbelt.orgs import places
from shelterbelt.orgs.models import Identifier, Org

Key = tuple[str, str, int | None]
"""Scheme, value, and inside what."""


@dataclass
class Known:
    """Organisations by their codes."""

    states: dict[str, int]
    """Postal code to state."""
    orgs: dict[Key, int]
    """Organisations of the file's own kind."""
    counties: dict[str, int]
    """By FIPS code."""
    districts: dict[Key, int]
    schools: dict[Key, int] = field(default_factory=dict)
    primary: set[int] = field(default_factory=set)
    """Organisations of the file's kind that bear a code in its surest scheme."""
    others: dict[Key, str] = field(default_factory=dict)
    """Own keys of organisations of another kind, and their names."""
    _spellings: dict[Key, Key] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key in self.orgs:
            self._spellings.setdefault(_folded(key), key)

    def spelled(self, key: Key) -> Key:
        """The key as it was first written: people write their own keys now in capitals, now in small letters."""
        if key[0] != Identifier.Scheme.OWN or key in self.orgs:
            return key
        return self._spellings.setdefault(_folded(key), key)

    def school_by_own_key(self, value: str, state: int) -> int | None:
        """The school that a file's own key names, capitals apart."""
        wanted: Key = ("own", value, state)
        alike = (org for key, org in self.schools.items() if key[0] == "own" and _folded(key) == _folded(wanted))
        return self.schools.get(wanted) or next(alike, None)


def _folded(key: Key) -> Key:
    return (key[0], key[1].casefold(), key[2])


def look_up(
    kind: str, schemes: Collection[str], district_schemes: Iterable[str], *, primary: str, state: int | None
) -> Known:
    """Read all that is known; of one state only, when one is given."""
    orgs = _by_code(kind, schemes, state)
    return Known(
        states=known_states(),
        orgs=orgs,
        counties=counties_by_fips(state),
        districts=_by_code(Org.Kind.DISTRICT, district_schemes, state),
        schools=_by_code(Org.Kind.SCHOOL, _SCHOOL_SCHEMES, state) if kind in {"agency", "region"} else {},
        others=_own_keys_of_others(kind) if Identifier.Scheme.OWN in schemes else {},
        primary={org for (scheme, _value, _within), org in orgs.items() if scheme == primary},
    )


_SCHOOL_SCHEMES = ("nces_school", "nces_private", "own")


def known_states() -> dict[str, int]:
    """Postal code to state, for states that have been made."""
    rows = Identifier.objects.filter(scheme="fips", org__kind=Org.Kind.STATE).values_list("value", "org_id")
    return {places.postal_of_fips()[fips]: org for fips, org in rows if fips in places.postal_of_fips()}


def counties_by_fips(state: int | None) -> dict[str, int]:
    """Counties by their five digits."""
    rows = Identifier.objects.filter(scheme="fips", org__kind=Org.Kind.COUNTY)
    if state is not None:
        rows = rows.filter(org__state=state)
    return dict(rows.values_list("value", "org_id"))


def _own_keys_of_others(kind: str) -> dict[Key, str]:
    rows = Identifier.objects.filter(scheme=Identifier.Scheme.OWN).exclude(org__kind=kind)
    return {(Identifier.Scheme.OWN.value, value, within): name for value, within, name in
            rows.values_list("value", "within_id", "org__name")}  # fmt: skip


def _by_code(kind: str, schemes: Iterable[str], state: int | None) -> dict[Key, int]:
    rows = Identifier.objects.filter(scheme__in=tuple(schemes), org__kind=kind)
    if state is not None:
        rows = rows.filter(org__state=state)
    return {(scheme, value, within): org for scheme, value, within, org in
            rows.values_list("scheme", "value", "within_id", "org_id")}  # fmt: skip
