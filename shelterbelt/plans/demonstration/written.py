"""What is being written at the places whose people one can be: sections, hazards, team, contacts, places, tasks."""

from collections.abc import Iterator
from datetime import timedelta

from shelterbelt.demo.world import District, Row, Rows, World, holder, moment
from shelterbelt.plans.demonstration import texts
from shelterbelt.plans.rules import hazards, outline

SECTION = (
    "id", "plan_id", "org_id", "key", "kind", "title", "position", "body", "owner_id", "state", "left_out_because",
    "revision", "changed_at", "changed_by_id", "source_id", "accepted_id", "sent_id",
)  # fmt: skip
REVISION = (
    "id", "section_id", "org_id", "number", "based_on", "body", "origin", "saved_at", "saved_by_id", "settled_at",
)  # fmt: skip
HAZARD = (
    "plan_id", "org_id", "key", "name", "category", "probability", "magnitude", "warning", "duration", "score",
    "priority", "is_planned_for", "note",
)  # fmt: skip
TEAM = ("plan_id", "org_id", "group", "name", "title", "organization", "email", "phone", "person_id")
MEETING = ("plan_id", "org_id", "held_on", "topics", "attended")
CONTACT = (
    "plan_id", "org_id", "kind", "name", "title", "organization", "phone", "after_hours", "email", "position",
    "checked_on", "checked_by_id",
)  # fmt: skip
ROLE = ("plan_id", "org_id", "key", "title", "holder", "first_deputy", "second_deputy", "phone", "position")
PLACE = (
    "plan_id", "org_id", "kind", "name", "where", "is_alternative", "is_off_site", "capacity", "note", "checked_on",
    "position",
)  # fmt: skip
TASK = (
    "plan_id", "org_id", "kind", "section_id", "offered_id", "what", "source_kind", "source_id", "opened_at", "due_on",
    "done_at", "done_by_id", "outcome", "note",
)  # fmt: skip
GOAL = ("id", "plan_id", "org_id", "section_id", "when", "text", "position")
COURSE = ("goal_id", "objective_id", "org_id", "text", "role", "minutes", "position")
CHANGED = "lockdown"
"""The section that the district changed lately, so that its schools have something to look at."""
OWN = {
    "evacuate": "<p>The kindergarten leaves by door 5, because the main stairs are narrow.</p>",
    "shelter": "<p>The music room has no inner wall: its classes go to the library hallway.</p>",
}


class Written:
    """The drafts of one district and of its schools."""

    def __init__(self, world: World, district: District) -> None:
        self.world, self.district = world, district
        self.at = moment(world.today - timedelta(days=20), 0.4)
        self.lately = moment(world.today - timedelta(days=4), 0.5)
        self.writer = holder(district.coordinator, world.today)
        self.sections: list[Row] = []
        self.revisions: list[Row] = []
        self.goals: list[Row] = []
        self.courses: list[Row] = []
        self.tasks: list[Row] = []
        self.above: dict[str, tuple[int, int, int]] = {}
        """By key: the district's section, the text its schools stand by, and the latest."""

    def tables(self) -> Iterator[Rows]:
        """Rows, in the order in which they refer to each other."""
        places = [self.district.id, *(school.id for school in self.district.schools if school.closed_on is None)]
        held = {org: self.world.plans[org].plan_id for org in places if org in self.world.plans}
        for org, plan in held.items():
            self._write(plan, org)
        # Sections and texts point at each other: the texts' key is checked when all are there.
        yield Rows("plans_section", SECTION, self.sections)
        yield Rows("plans_sectionrevision", REVISION, self.revisions)
        yield Rows("plans_goal", GOAL, self.goals)
        yield Rows("plans_course", COURSE, self.courses)
        yield Rows("plans_hazard", HAZARD, [row for org, plan in held.items() for row in _hazards(plan, org)])
        yield Rows("plans_teammember", TEAM, [row for org, plan in held.items() for row in self._team(plan, org)])
        yield Rows("plans_teammeeting", MEETING, [self._meeting(plan, org) for org, plan in held.items()])
        yield Rows(
            "plans_plancontact", CONTACT, [row for org, plan in held.items() for row in self._contacts(plan, org)]
        )
        yield Rows("plans_icsrole", ROLE, [row for org, plan in held.items() for row in self._roles(plan, org)])
        yield Rows("plans_place", PLACE, [row for org, plan in held.items() for row in self._places(plan, org)])
        yield Rows("plans_reviewtask", TASK, self.tasks)

    def _write(self, plan: int, org: int) -> None:
        for key, text in texts.WORDS.items():
            if org == self.district.id:
                self._of_the_district(plan, org, key, text)
            else:
                self._of_a_school(plan, org, key)

    def _of_the_district(self, plan: int, org: int, key: str, text: str) -> None:
        section, first = self.world.next_id("plans_section"), self._text(org, 1, text)
        latest = first
        if key == CHANGED:
            text += "<p>From this year on the office doesn't announce drills of it on the loudspeaker.</p>"
            latest = self._text(org, 2, text)
        number = 2 if key == CHANGED else 1
        self.above[key] = (section, first, latest)
        self._revise(section)
        self.sections.append(
            (section, plan, org, key, *texts.titled(key), text, self.writer, "ready", "", number, self.at, self.writer,
             None, None, latest)
        )  # fmt: skip

    def _of_a_school(self, plan: int, org: int, key: str) -> None:
        source, accepted, latest = self.above[key]
        section, own = self.world.next_id("plans_section"), OWN.get(key, "")
        if own:
            self._text(org, 1, own)
            self._revise(section)
        state = "writing" if key in {"situation", "cardiac"} else "ready"
        self.sections.append(
            (section, plan, org, key, *texts.titled(key), own, None, state, "", 1 if own else 0, self.at, self.writer,
             source, accepted, None)
        )  # fmt: skip
        if latest != accepted:
            what = f"The district changed its part: {texts.titled(key)[1]}."
            due = self.world.today + timedelta(days=26)
            self.tasks.append(
                (plan, org, "district_change", section, latest, what, "", "", self.lately, due, None, None, "", "")
            )
        if key.startswith(outline.HAZARD_PREFIX):
            self._goal(plan, org, section)

    def _text(self, org: int, number: int, text: str) -> int:
        """A text whose section is named as soon as that has its number."""
        revision = self.world.next_id("plans_sectionrevision")
        at = self.at if number == 1 else self.lately
        self.revisions.append((revision, 0, org, number, number - 1, text, "typed", at, self.writer, None))
        return revision

    def _revise(self, section: int) -> None:
        """Give the texts that wait for it their section."""
        for place in range(len(self.revisions) - 1, -1, -1):
            row = self.revisions[place]
            if row[1] != 0:
                return
            self.revisions[place] = (row[0], section, *row[2:])

    def _goal(self, plan: int, org: int, section: int) -> None:
        goal = self.world.next_id("plans_goal")
        self.goals.append((goal, plan, org, section, "during", "Everybody is in a safe place within four minutes.", 0))
        self.courses += [
            (goal, None, org, "Lead the class by the nearest safe way.", "Each teacher", 3, 0),
            (goal, None, org, "Look through restrooms and hallways.", "Custodian", 4, 1),
        ]

    def _team(self, plan: int, org: int) -> Iterator[Row]:
        for place, (group, title) in enumerate(texts.TEAM):
            yield (plan, org, group, _name(org, place), title, "", "", "", None)

    def _meeting(self, plan: int, org: int) -> Row:
        return plan, org, self.world.today - timedelta(days=60), "Divided the sections, and walked the shelter areas", 6

    def _contacts(self, plan: int, org: int) -> Iterator[Row]:
        july = self.world.this_year.starts_on
        for place, (kind, name, title, phone) in enumerate(texts.CONTACTS):
            checked = july + timedelta(days=30) if place else july - timedelta(days=200)
            yield (plan, org, kind, name, title, "", phone, "", "", place, checked, self.writer)

    def _roles(self, plan: int, org: int) -> Iterator[Row]:
        for place, role in enumerate(outline.roles()):
            first, second = _name(org, place), _name(org, place + 5)
            yield (
                plan,
                org,
                role.key,
                role.title,
                first if place < 7 else "",
                second if place < 5 else "",
                "",
                "",
                place,
            )

    def _places(self, plan: int, org: int) -> Iterator[Row]:
        if org == self.district.id:
            return
        for place, (kind, name, where, is_other) in enumerate(texts.PLACES):
            yield (plan, org, kind, name, where, is_other, kind == "reunification", None, "", None, place)


def _name(org: int, place: int) -> str:
    return texts.PEOPLE[(org * 5 + place) % len(texts.PEOPLE)]


def _hazards(plan: int, org: int) -> Iterator[Row]:
    for known in outline.hazards():
        given = texts.RATINGS.get(known.key)
        if given is None and not known.is_usual:
            continue
        ratings = dict(zip([rating.key for rating in outline.ratings()], given or (None,) * 4, strict=True))
        score = hazards.score(ratings)
        is_planned = outline.HAZARD_PREFIX + known.key in texts.WORDS
        yield (
            plan, org, known.key, known.name, known.category, *(given or (None,) * 4), score, hazards.priority(score),
            is_planned, "",
        )  # fmt: skip
