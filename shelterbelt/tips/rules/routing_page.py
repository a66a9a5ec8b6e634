"""The page docs/reference/routing.md, from data/routing.yaml."""

from collections.abc import Iterator

from shelterbelt.tips.rules.event_types import event_types, groups
from shelterbelt.tips.rules.routing import CLASSES, RECIPIENTS, Recipient, Rule, Table

_HEAD = """\
# Routing

Printed from `shelterbelt/tips/data/routing.yaml` (version {version}) by `python -m shelterbelt routing_page`. Who a tip
is proposed to follows from what it is about, whether life is in danger, where it plays and at which hours; the analyst
decides. Rules are read from top to bottom: of two that name the same recipient the later one holds. A tip that is about
several things is routed for each of them, and the strongest word holds; *not told* holds against all.

A state's own rules stand in a file of the same name in the folder of `SHELTERBELT_TIP_RULES`. A wrong file stops the
start with the reason; a changed one holds from the next start.

## Words

*Must answer*: acknowledges, acts, and owes an outcome. *For information*: is told, and owes nothing.

| recipient | counted as | which organisation |
|---|---|---|
{recipients}

Night is from {night_from} to {night_until}. School hours, breaks and the summer are the school's own, its district's,
or the usual ones. *After hours* is a school day without school; *break* is a day without any, weekends included.

## Rules

| rule | about | life safety | place | hours | recipients | why |
|---|---|---|---|---|---|---|
{rules}
"""
_NAMES: dict[Recipient, tuple[str, str]] = {
    "law_enforcement": (
        "Law enforcement",
        "the agency of the narrowest jurisdiction: the school's before the county's",
    ),
    "dispatch": ("911 dispatch", "the same"),
    "school_team": ("School team", "the school that the tip names"),
    "district": ("District", "the district that the school belongs to that day"),
    "mental_health": ("Mental health", "the agency of the narrowest jurisdiction"),
    "child_welfare": ("Child welfare", "the same"),
    "out_of_state": ("Another state", "an office that the analyst types in"),
}
_PLACES = {
    "public": "public school", "charter": "charter school", "private": "private school",
    "not_a_school": "not a school", "unknown": "school unknown", "other_state": "another state",
}  # fmt: skip
_PARTS = {"primary": "must answer", "informed": "for information", "no": "not told"}
_CLASS_WORDS = {
    "school": "school or district", "law_enforcement": "law enforcement",
    "community_support": "mental health or other community support", "out_of_state": "another state",
}  # fmt: skip


def printed(table: Table) -> str:
    """The page."""
    return _HEAD.format(
        version=table.version,
        night_from=table.night[0],
        night_until=table.night[1],
        recipients="\n".join(_recipients()),
        rules="\n".join(_row(rule) for rule in table.rules),
    )


def _recipients() -> Iterator[str]:
    for each in RECIPIENTS:
        name, which = _NAMES[each]
        yield f"| {name} | {_CLASS_WORDS[CLASSES[each]]} | {which} |"


def _row(rule: Rule) -> str:
    when = rule.when
    urgent = {None: "", True: "yes", False: "no"}[when.life_safety]
    places = "any" if not when.place else ", ".join(_PLACES[each] for each in when.place)
    hours = ", ".join(each.replace("_", " ") for each in when.hours)
    told = "; ".join(f"{_NAMES[each][0]} {_PARTS[part]}" for each, part in rule.then.items())
    why = rule.why if isinstance(rule.why, str) else " ".join(rule.why.values())
    return f"| `{rule.code}` | {_about(rule)} | {urgent} | {places} | {hours} | {told} | {why} |"


def _about(rule: Rule) -> str:
    titles = [event_types()[each].title("en") for each in rule.when.events]
    return "; ".join([*titles, *(groups()[each]["en"] for each in rule.when.groups)])
