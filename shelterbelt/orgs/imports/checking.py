"""Check every row against itself, the other rows and the directory, and give each its place there."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from shelterbelt.orgs import places
from shelterbelt.orgs.imports.facts import Facts
from shelterbelt.orgs.imports.known import Key, Known
from shelterbelt.orgs.imports.problems import Findings
from shelterbelt.orgs.models import Identifier, Membership, Org
from shelterbelt.orgs.rules import grades_run_backwards

IN_A_DISTRICT = frozenset({Org.Sector.PUBLIC, Org.Sector.CHARTER})
"""A school of these sectors that is in no district would be nobody's."""

FARTHEST_AHEAD = timedelta(days=2 * 366)


@dataclass
class Placed:
    """Every row with its organisation, state, district and county as the directory numbers them."""

    facts: Facts
    state_ids: list[int | None]
    org_ids: list[int | None]
    """The organisation a row is about; None: not known yet."""
    district_ids: list[int | None]
    county_ids: list[int | None]
    sectors: list[str]
    gone: list[bool]
    """Rows that say the organisation no longer exists (or doesn't yet)."""
    new_codes: list[tuple[int, str, str, int | None, int | None]] = field(default_factory=list)
    """Place, scheme, value, inside what, and who bore the code until now."""
    members: list[tuple[int, int]] = field(default_factory=list)
    """Place of a region's row, and the county, district or school that belongs to it."""
    serves: list[tuple[int, int]] = field(default_factory=list)
    """Place of an agency's row, and whom it serves."""
    left_out: set[int] = field(default_factory=set)


def check(facts: Facts, known: Known, findings: Findings, *, state: str, closes: tuple[str, ...] = ()) -> Placed:
    """Look at everything, whatever was found before; `state` stands for rows that don't name theirs.

    `closes`: the sectors of which whatever the file doesn't list will be closed.
    """
    postals = _states(facts, findings, state)
    placed = Placed(
        facts=facts,
        state_ids=[known.states.get(postal) if postal else None for postal in postals],
        org_ids=[None] * len(facts),
        district_ids=_districts(facts, known, findings, [known.states.get(p) if p else None for p in postals]),
        county_ids=_counties(facts, known, findings, postals),
        sectors=[sector or facts.profile.sector for sector in facts.column("sector")],
        gone=_gone(facts),
    )
    _check_spans(facts, findings)
    _check_positions(facts, findings)
    _check_days(facts, findings)
    if facts.profile.kind == Org.Kind.REGION:
        _place_regions(placed, known, findings)
    else:
        _recognise(placed, known, findings, closes)
    if facts.profile.district_keys:
        _check_belonging(placed, findings)
    if facts.profile.kind == Org.Kind.AGENCY:
        _place_jurisdictions(placed, known, findings)
    return placed


def _states(facts: Facts, findings: Findings, state: str) -> list[str | None]:
    given = facts.columns.get("state")
    if given is None:
        return [state or facts.profile.state] * len(facts)
    postals = [postal or state or None for postal in given]
    for place, postal in enumerate(postals):
        if postal is None and place not in facts.bad:
            facts.error(findings, place, "state", _("This row doesn't say in which state it lies."))
    return postals


def _districts(facts: Facts, known: Known, findings: Findings, states: list[int | None]) -> list[int | None]:
    """The district each school is in, by the first of the profile's schemes that the row fills in."""
    found: list[int | None] = [None] * len(facts)
    for scheme in reversed(facts.profile.district_keys):
        inside_state = scheme in {Identifier.Scheme.STATE_DISTRICT, Identifier.Scheme.OWN}
        for place, value in enumerate(facts.column(f"in_{scheme}")):
            if value is None:
                continue
            found[place] = known.districts.get((scheme, value, states[place] if inside_state else None))
            if found[place] is None:
                _say_unknown_district(facts, findings, place, f"in_{scheme}", value)
    return found


def _say_unknown_district(facts: Facts, findings: Findings, place: int, fact: str, value: str) -> None:
    school = facts.column("name")[place] or facts.rows[place]
    facts.error(
        findings, place, fact,
        _("“%(value)s” is not a district in the directory, so %(school)s has nowhere to go. Load the districts first, "
          "or correct the code.") % {"value": value, "school": school},
    )  # fmt: skip


def _counties(facts: Facts, known: Known, findings: Findings, postals: list[str | None]) -> list[int | None]:
    fips_of = {postal: place.fips for postal, place in places.states().items()}
    given = facts.columns.get("county")
    found: list[int | None] = [None] * len(facts)
    if given is None:
        return found
    with_counties = {fips[:2] for fips in known.counties}
    for place, (value, postal) in enumerate(zip(given, postals, strict=True)):
        if value is None or postal is None:
            continue
        # The Private School Survey writes a county by its three digits within the state.
        fips = fips_of[postal] + value.zfill(3) if len(value) <= 3 else value
        found[place] = known.counties.get(fips) if fips.startswith(fips_of[postal]) else None
        if found[place] is None and fips_of[postal] in with_counties:
            facts.error(
                findings, place, "county",
                _("“%(value)s” is not a county of %(state)s.")
                % {"value": value, "state": places.states()[postal].name},
            )  # fmt: skip
    return found


def _gone(facts: Facts) -> list[bool]:
    closings, standings = facts.column("closed_on"), facts.column("status")
    return [
        standing in {"closed", "future"} or (closes is not None and closes <= facts.effective_on)
        for closes, standing in zip(closings, standings, strict=True)
    ]


def _check_spans(facts: Facts, findings: Findings) -> None:
    pairs = zip(facts.column("low_grade"), facts.column("high_grade"), strict=True)
    for place, (low, high) in enumerate(pairs):
        if grades_run_backwards(low, high):
            facts.error(
                findings, place, "low_grade",
                _("The lowest grade, %(low)s, comes after the highest, %(high)s.") % {"low": low, "high": high},
            )  # fmt: skip


def _check_positions(facts: Facts, findings: Findings) -> None:
    pairs = zip(facts.column("latitude"), facts.column("longitude"), strict=True)
    for place, (latitude, longitude) in enumerate(pairs):
        if (latitude is None) != (longitude is None) and place not in facts.bad:
            facts.error(findings, place, "latitude", _("A position needs both latitude and longitude."))
        elif latitude == 0 and longitude == 0:
            facts.error(
                findings, place, "latitude", _("0, 0 lies in the sea. Leave both blank where the position is unknown.")
            )


def _check_days(facts: Facts, findings: Findings) -> None:
    latest = facts.effective_on + FARTHEST_AHEAD
    pairs = zip(facts.column("opened_on"), facts.column("closed_on"), strict=True)
    for place, (opens, closes) in enumerate(pairs):
        if opens and closes and closes <= opens:
            facts.error(
                findings, place, "closed_on", _("It closes on %(closes)s, before it opens.") % {"closes": closes}
            )
        for fact, day in (("opened_on", opens), ("closed_on", closes)):
            if day and day > latest:
                facts.error(findings, place, fact, _("%(day)s lies more than two years ahead.") % {"day": day})


def _recognise(placed: Placed, known: Known, findings: Findings, closes: tuple[str, ...]) -> None:
    """Find each row's organisation by its surest code, and note which codes the directory doesn't hold yet."""
    facts = placed.facts
    keys = {scheme: _keys_of(placed, known, scheme) for scheme in facts.profile.keys}
    for scheme, column in keys.items():
        _note_twice(facts, findings, scheme, column)
    for place in range(len(facts)):
        placed.org_ids[place] = _recognised([keys[scheme][place] for scheme in keys], known)
        if not any(keys[scheme][place] for scheme in keys) and place not in facts.bad:
            facts.error(findings, place, facts.profile.keys[0], _("This row has no code by which to know it again."))
    _note_two_for_one(placed, findings)
    bearers = _closed_bearers(known, keys, placed, closes)
    for scheme, column in keys.items():
        for place, key in enumerate(column):
            if key is not None:
                _note_code(placed, known, findings, place, scheme, key, bearers)


def _keys_of(placed: Placed, known: Known, scheme: str) -> list[Key | None]:
    values = placed.facts.column(scheme)
    inside = placed.facts.profile.within.get(scheme)
    if inside is None:
        return [(scheme, value, None) if value else None for value in values]
    groups = placed.district_ids if inside == "district" else placed.state_ids
    return [
        known.spelled((scheme, value, group)) if value and group else None
        for value, group in zip(values, groups, strict=True)
    ]


def _note_twice(facts: Facts, findings: Findings, scheme: str, column: list[Key | None]) -> None:
    times = Counter(key for key in column if key is not None)
    first: dict[Key, int] = {}
    for place, key in enumerate(column):
        if key is None or times[key] == 1:
            continue
        if key in first:
            facts.error(
                findings, place, scheme,
                _("%(value)s stands in row %(first)s already.") % {"value": key[1], "first": facts.rows[first[key]]},
            )  # fmt: skip
        else:
            first[key] = place


def _recognised(keys: list[Key | None], known: Known) -> int | None:
    """By the surest code; by a lesser one only where its bearer has no surest code that would contradict."""
    for turn, key in enumerate(keys):
        found = known.orgs.get(key) if key else None
        if found is not None and (turn == 0 or keys[0] is None or found not in known.primary):
            return found
    return None


def _check_belonging(placed: Placed, findings: Findings) -> None:
    """A public or charter school needs a district; a blank cell is enough where the directory knows it already."""
    facts = placed.facts
    said = facts.column("sector")
    alone = [
        place
        for place, district in enumerate(placed.district_ids)
        if district is None and not placed.gone[place] and place not in facts.bad
        and placed.sectors[place] in IN_A_DISTRICT
    ]  # fmt: skip
    known = {org for place in alone if (org := placed.org_ids[place]) is not None}
    homeless = _without_district(known, facts.effective_on)
    for place in alone:
        org = placed.org_ids[place]
        sector = placed.sectors[place] if org is None else said[place] or homeless.get(org)
        if sector in IN_A_DISTRICT and (org is None or org in homeless):
            facts.error(
                findings, place, f"in_{facts.profile.district_keys[0]}",
                _("A public or charter school belongs to a district: write the code of %(school)s's district.")
                % {"school": facts.column("name")[place]},
            )  # fmt: skip


def _without_district(orgs: set[int], day: date) -> dict[int, str]:
    """Those that are in no district on a day, with the sector the directory gives them."""
    if not orgs:
        return {}
    held = Membership.objects.filter(
        Q(until_on=None) | Q(until_on__gt=day), member=OuterRef("pk"), axis=Membership.DISTRICT, from_on__lte=day
    )
    return dict(Org.objects.filter(~Exists(held), pk__in=orgs).values_list("pk", "sector"))


def _note_two_for_one(placed: Placed, findings: Findings) -> None:
    first: dict[int, int] = {}
    for place, org in enumerate(placed.org_ids):
        if org is None:
            continue
        if org in first and place not in placed.facts.bad:
            placed.facts.error(
                findings, place, placed.facts.profile.keys[0],
                _("This row and row %(first)s are about the same organization.")
                % {"first": placed.facts.rows[first[org]]},
            )  # fmt: skip
        first.setdefault(org, place)


def _closed_bearers(
    known: Known, keys: dict[str, list[Key | None]], placed: Placed, closes: tuple[str, ...]
) -> set[int]:
    """Of the organisations whose code a row now gives to another: those that are closed, or that this file closes."""
    rivals = {
        bearer
        for column in keys.values()
        for key, org in zip(column, placed.org_ids, strict=True)
        if key is not None and (bearer := known.orgs.get(key)) is not None and bearer != org
    }
    listed = {org for org in placed.org_ids if org is not None}
    ends_now = {org for org, gone in zip(placed.org_ids, placed.gone, strict=True) if gone and org is not None}
    closed = Q(closed_on__lte=placed.facts.effective_on) | Q(pk__in=rivals & ends_now)
    missing = Q(pk__in=rivals - listed, sector__in=closes)
    return set(Org.objects.filter(closed | missing, pk__in=rivals).values_list("pk", flat=True))


def _note_code(
    placed: Placed, known: Known, findings: Findings, place: int, scheme: str, key: Key, closed: set[int]
) -> None:
    bearer, org = known.orgs.get(key), placed.org_ids[place]
    if key in known.others:
        placed.facts.error(
            findings, place, scheme,
            _("“%(value)s” is the key of %(name)s already; schools, districts and agencies share their keys.")
            % {"value": key[1], "name": known.others[key]},
        )  # fmt: skip
    elif bearer is None:
        placed.new_codes.append((place, *key, None))
    elif bearer != org and bearer in closed:
        placed.new_codes.append((place, *key, bearer))
    elif bearer != org:
        findings.warn(
            placed.facts.rows[place], placed.facts.headers.get(scheme, scheme),
            _("%(value)s is the code of another open organization in the directory and stays with it.")
            % {"value": key[1]},
        )  # fmt: skip


def _place_regions(placed: Placed, known: Known, findings: Findings) -> None:
    """Rows of one region become one organisation; each row's own member joins it."""
    facts = placed.facts
    systems, codes, names = facts.column("region_system"), facts.column("region_code"), facts.column("name")
    first: dict[Key, int] = {}
    for place in range(len(facts)):
        state = placed.state_ids[place]
        key: Key = ("region", f"{systems[place]}:{codes[place]}", state)
        if place in facts.bad or state is None:
            continue
        _check_system(facts, findings, place, systems[place])
        leader = first.setdefault(key, place)
        if names[leader] != names[place]:
            facts.error(
                findings, place, "name",
                _("Row %(first)s calls this region %(name)s.") % {"first": facts.rows[leader], "name": names[leader]},
            )  # fmt: skip
        if leader == place:
            placed.org_ids[place] = known.orgs.get(key)
            if placed.org_ids[place] is None:
                placed.new_codes.append((place, *key, None))
        else:
            placed.left_out.add(place)
        member = _member(facts, known, findings, place, state)
        if member is not None:
            placed.members.append((leader, member))
    _note_two_regions(placed, findings, systems)


def _check_system(facts: Facts, findings: Findings, place: int, system: str) -> None:
    if system in {"district", "county", "state", "sector", "grade_span", "size_band"} or not system.isidentifier():
        facts.error(
            findings, place, "region_system",
            _("“%(system)s” can't name a set of regions. Use one word in small letters, such as rpdc.")
            % {"system": system},
        )  # fmt: skip


def _member(facts: Facts, known: Known, findings: Findings, place: int, state: int) -> int | None:
    county = facts.column("member_county")[place]
    district = facts.column("member_district")[place]
    school = facts.column("member_school")[place]
    cells = (("member_county", county), ("member_district", district), ("member_school", school))
    given = [(fact, value) for fact, value in cells if value]
    if not given:
        return None
    if len(given) > 1:
        facts.error(findings, place, given[0][0], _("A row names one member: a county, a district or a school."))
        return None
    fact, value = given[0]
    found = _org_called(known, fact.removeprefix("member_"), value, state)
    if found is None:
        facts.error(findings, place, fact, _("“%(value)s” is not in the directory.") % {"value": value})
    return found


def _org_called(known: Known, kind: str, value: str, state: int) -> int | None:
    """A county, district or school by any code a state's own file may use for it."""
    if kind == "county":
        return known.counties.get(value)
    if kind == "district":
        return known.districts.get(("state_district", value, state)) or known.districts.get(
            ("nces_district", value, None)
        )
    tries: tuple[Key, ...] = (("nces_school", value, None), ("nces_private", value, None))
    found = next((known.schools[key] for key in tries if key in known.schools), None)
    return known.school_by_own_key(value, state) if found is None else found


def _note_two_regions(placed: Placed, findings: Findings, systems: Any) -> None:
    leader_of: dict[tuple[int, str], int] = {}
    for leader, member in placed.members:
        other = leader_of.setdefault((member, systems[leader]), leader)
        if other != leader:
            placed.facts.error(
                findings, leader, "region_code",
                _("A member of this region also stands in that of row %(row)s; it can be in one only.")
                % {"row": placed.facts.rows[other]},
            )  # fmt: skip


def _place_jurisdictions(placed: Placed, known: Known, findings: Findings) -> None:
    facts = placed.facts
    for kind, fact in (("county", "serves_counties"), ("district", "serves_districts"), ("school", "serves_schools")):
        for place, codes in enumerate(facts.column(fact)):
            state = placed.state_ids[place]
            for value in codes or ():
                found = _org_called(known, kind, value, state) if state else None
                if found is None:
                    facts.error(findings, place, fact, _("“%(value)s” is not in the directory.") % {"value": value})
                else:
                    placed.serves.append((place, found))


def opening_days(placed: Placed, known_scopes: set[tuple[int, str]], *, beginning: date) -> list[date]:
    """The day from which a new organisation counts: its own, else unknown on a state's first file, else the file's."""
    days = []
    facts = placed.facts
    for opens, standing, state, sector in zip(
        facts.column("opened_on"), facts.column("status"), placed.state_ids, placed.sectors, strict=True
    ):
        first_file = state is None or (state, scope_of(facts, sector)) not in known_scopes
        is_new = standing in {"new", "reopened"} or not first_file
        days.append(opens or (facts.effective_on if is_new else beginning))
    return days


def scope_of(facts: Facts, sector: str) -> str:
    """Sectors that one file lists together have one history."""
    return facts.profile.complete_for[0] if sector in facts.profile.complete_for else sector
