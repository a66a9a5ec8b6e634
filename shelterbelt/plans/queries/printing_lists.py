"""What a plan lists (team, hazards, contacts, roles, places), as tables to print."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shelterbelt.plans.models import Place, PlanContact, When
from shelterbelt.plans.rules import outline
from shelterbelt.ui.pdf.tables import listing
from shelterbelt.ui.pdf.tree import Node, heading, paragraph

Row = Mapping[str, Any]
Rows = Sequence[Row]


def listed(key: str, rows: Rows) -> list[Node]:
    """The blocks of a list; one that is not known here is set as it stands."""
    return _LISTS.get(key, _as_it_stands)(rows)


def goals(rows: Rows, level: int) -> list[Node]:
    """An annex's goals, each with its objectives and courses of action."""
    if not rows:
        return []
    blocks: list[Node] = [heading(_("Goals and courses of action"), level)]
    for row in rows:
        when = dict(When.choices).get(row["when"], row["when"])
        blocks.append({"is": "paragraph", "in": [{"is": "strong", "in": [f"{when}: "]}, row["goal"]]})
        if row["objectives"]:
            blocks.append({"is": "bullets", "in": [[paragraph(each)] for each in row["objectives"]], "start": 1})
        if row["courses"]:
            blocks.append(_courses(row["courses"]))
    return blocks


def _courses(rows: Rows) -> Node:
    minutes = [_("%(count)s min") % {"count": row["minutes"]} if row["minutes"] else "" for row in rows]
    cells = [[row["text"], row["role"], took] for row, took in zip(rows, minutes, strict=True)]
    return listing([_("What is done"), _("By whom"), _("Time")], cells, widths=[6, 3, 1])


def _team(rows: Rows) -> list[Node]:
    names = {group.key: group.name for group in outline.groups()}
    cells = [[row["name"], row["title"], row["organization"], names.get(row["group"], row["group"])] for row in rows]
    return [listing([_("Name"), _("Title"), _("Organization"), _("Speaks for")], cells, widths=[3, 3, 4, 3])]


def _hazards(rows: Rows) -> list[Node]:
    words = outline.categories()
    heads = [
        _("Threat or hazard"), _("Kind"), _("Probability"), _("Magnitude"), _("Warning"), _("Duration"), _("Score"),
        _("Priority"),
    ]  # fmt: skip
    rated = ("probability", "magnitude", "warning", "duration", "score", "priority")
    cells = [
        [row["name"], words.get(row["category"], row["category"]), *(str(row[name]) for name in rated)] for row in rows
    ]
    return [listing(heads, cells, widths=[5, 4, 3, 3, 3, 3, 2, 3])]


def _actions(rows: Rows) -> list[Node]:
    cells = [[f"{row['name']}. {row['call']}", " · ".join(row["students"]), " · ".join(row["adults"])] for row in rows]
    return [listing([_("Action, and what is called out"), _("Students"), _("Adults")], cells, widths=[3, 4, 5])]


def roles(rows: Rows) -> list[Node]:
    """Who leads, and who does when they are away."""
    heads = [_("Role"), _("Who"), _("First deputy"), _("Second deputy"), _("Phone")]
    names = ("title", "holder", "first_deputy", "second_deputy", "phone")
    return [listing(heads, _cells(rows, names), widths=[4, 4, 3, 3, 3])]


def contacts(rows: Rows) -> list[Node]:
    """Whom to call."""
    kinds = dict(PlanContact.Kind.choices)
    cells = [
        [
            str(kinds.get(row["kind"], row["kind"])),
            ", ".join(filter(None, (row["name"], row["title"], row["organization"]))),
            row["phone"],
            row["after_hours"],
            _day(row["checked_on"]),
        ]
        for row in rows
    ]
    heads = [_("For"), _("Who"), _("Phone"), _("After hours"), _("Checked")]
    return [listing(heads, cells, widths=[4, 6, 3, 3, 3])]


def places(rows: Rows) -> list[Node]:
    """Where people go, and where things are."""
    kinds = dict(Place.Kind.choices)
    cells = [[str(kinds.get(row["kind"], row["kind"])), row["name"], row["where"], _of_a_place(row)] for row in rows]
    return [listing([_("What"), _("Name"), _("Where"), _("Remarks")], cells, widths=[3, 3, 5, 4])]


def _of_a_place(row: Row) -> str:
    told = [
        _("Used when the first can't be reached") if row["is_alternative"] else "",
        _("Off the site") if row["is_off_site"] else "",
        _("Room for %(count)s") % {"count": row["capacity"]} if row["capacity"] else "",
        row["note"],
    ]
    return " · ".join(filter(None, told))


def _as_it_stands(rows: Rows) -> list[Node]:
    if not rows:
        return []
    names = list(rows[0])
    return [listing([name.replace("_", " ").capitalize() for name in names], _cells(rows, names))]


def _cells(rows: Rows, names: Sequence[str]) -> list[list[str]]:
    return [[_text(row.get(name)) for name in names] for row in rows]


def _text(value: object) -> str:
    if isinstance(value, list):
        return " · ".join(map(str, value))
    return "" if value is None else str(value)


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT") if text else _("not yet")


_LISTS: dict[str, Callable[[Rows], list[Node]]] = {
    "team": _team,
    "hazards": _hazards,
    "actions": _actions,
    "roles": roles,
    "contacts": contacts,
    "places": places,
}
