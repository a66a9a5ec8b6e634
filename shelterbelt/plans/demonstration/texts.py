"""What invented plans say: short, so that a state full of them stays small."""

from functools import cache
from typing import Any

from shelterbelt.plans.demonstration import drawings
from shelterbelt.plans.rules import freezing, outline

WORDS: dict[str, str] = {
    "promulgation": "<p>The board puts this plan into force. The superintendent and the principal see to it.</p>",
    "purpose": "<p>This plan says who does what before, during and after an emergency. It binds staff, substitutes, "
    "contractors and volunteers, at school, on buses, on trips and at games.</p>",
    "situation": "<p>The building has two floors and one elevator. A rail line runs half a mile to the west. Help "
    "arrives within eight minutes on most days.</p>",
    "concept": "<p>Whoever sees danger calls out the response action. The principal or a deputy takes command, and "
    "hands it over when responders arrive.</p>",
    "responsibilities": "<p>Every adult knows two roles: the own one, and that of the neighbor in the next room.</p>",
    "direction": "<p>The command post is the front office, or the bus barn when the office can't be used.</p>",
    "training": "<p>Staff learn the plan in August, substitutes on their first day. Ten drills are held in a year.</p>",
    "maintenance": "<p>The team looks at the plan each July, and after every drill that showed something.</p>",
    "communications": "<p>Radio channel 2 for staff; loudspeaker and strobe lights for everybody. Families get a "
    "message in English and Spanish within fifteen minutes.</p>",
    "evacuate": "<ol><li>Leave by the nearest safe door.</li><li>Walk to the ball field.</li><li>Hold up the green or"
    " the red card.</li></ol><p>Two adults bring the evacuation chair for the second floor.</p>",
    "secure": "<p>Everybody comes in; the custodian checks the outer doors, front to back, and reports on channel "
    "2.</p>",
    "lockdown": "<p>Anybody may call it. Lock the door, lights off, out of sight. Nobody opens until police unlock "
    "the room.</p>",
    "hold": "<p>Teachers keep teaching with closed doors until the office says that the hallway is clear.</p>",
    "shelter": "<p>Inner hallways of the ground floor, away from the gym. Staff shut off the ventilation from the "
    "office when something is in the air.</p>",
    "accounting": "<p>Each teacher counts within three minutes and reports who is missing, hurt, or extra.</p>",
    "reunification": "<p>At the Methodist church on Elm Street. Families show an identity card at the first table.</p>",
    "medical": "<p>Bleeding control kits hang beside the gym and the cafeteria. Six adults are trained.</p>",
    "cardiac": "<p>The team brings the AED within three minutes, also to the track. One calls 911, one meets the "
    "ambulance at door 4.</p>",
    "mental_health": "<p>The counselor leads support in the first days; the health center sends two more.</p>",
    "security": "<p>Visitors come in by door 1 and show an identity card. All classroom doors lock from inside.</p>",
    "access_needs": "<p>A helper and a deputy are named for each person who needs one; the list is with the nurse.</p>",
    "continuity": "<p>Pay, meals and lessons go on from the middle school if the building is lost.</p>",
    "recovery": "<p>The team meets daily until school is as usual, then weekly, and keeps an eye on the "
    "anniversary.</p>",
    "hazard-tornado": "<p>On a warning everybody goes to the shelter area. Nobody leaves by car until it is over.</p>",
    "hazard-fire": "<p>Pull the alarm, evacuate, shut doors behind you. The custodian meets the fire engine.</p>",
    "hazard-active_shooter": "<p>Lockdown where you are; get away if you can; defend yourselves if you must.</p>",
}
OF_SMALL_PLANS = (
    "purpose", "concept", "communications", "evacuate", "lockdown", "shelter", "reunification", "medical", "cardiac",
    "recovery",
)  # fmt: skip
"""Sections of plans that few people will open."""
PEOPLE = (
    "Ruth Alder", "Jim Bellamy", "Carol Dietz", "Tom Eads", "Nan Fields", "Luis Garza", "Deb Hahn", "Ray Ivers",
    "Kay Jonas", "Walt Kemper", "Lena Moss", "Al Norris", "Pat Orr", "Gwen Pike", "Stan Quigley", "Rosa Tate",
)  # fmt: skip
MEETINGS = ("Regular meeting", "Board meeting", "August meeting", "Special meeting")
CONTACTS = (
    ("dispatch", "911 dispatch center", "", "573-555-0100"),
    ("fire", "Fire station", "Shift captain", "573-555-0112"),
    ("utility", "Gas company, emergencies", "", "573-555-0134"),
    ("district", "District on duty", "", "573-555-0156"),
)
PLACES = (
    ("assembly", "Ball field", "North of the gym, behind the fence", False),
    ("assembly", "Bus lane", "South side, along the street", True),
    ("reunification", "Methodist church", "Elm Street 12, main hall", False),
    ("shelter", "Inner hallway", "Ground floor, between rooms 4 and 12", False),
    ("aed", "AED at the gym", "Wall beside door 7", False),
    ("shut_off", "Gas shut-off", "Boiler room, red handle left of the door", False),
    ("keys", "Key box", "Beside door 1, opened by the fire department", False),
)
TEAM = (
    ("leadership", "Principal"),
    ("teachers", "Teacher, fourth grade"),
    ("support", "School nurse"),
    ("operations", "Custodian"),
    ("law_enforcement", "School resource officer"),
    ("fire", "Battalion chief"),
)
RATINGS = {
    "tornado": (4, 4, 3, 1),
    "fire": (3, 4, 4, 1),
    "active_shooter": (2, 4, 4, 2),
    "winter_storm": (4, 2, 1, 4),
    "flood": (2, 2, 2, 3),
    "medical": (4, 3, 4, 1),
    "bus": (2, 3, 4, 1),
}


@cache
def titled(key: str) -> tuple[str, str, int]:
    """Kind, title and position of a section."""
    each = next((each for each in outline.sections() if each.key == key), None)
    if each is not None:
        return each.kind, each.title, each.position
    known = {outline.HAZARD_PREFIX + known.key: (place, known.name) for place, known in enumerate(outline.hazards())}
    place, name = known[key]
    return outline.HAZARD, name, outline.FIRST_HAZARD + place


@cache
def content(keys: tuple[str, ...], variant: int) -> tuple[str, str]:
    """Frozen parts as JSON, and their hash; the same for every plan that says the same."""
    parts: list[dict[str, Any]] = [freezing.part(key, *titled(key)[:2], html=_html(key, variant)) for key in keys]
    parts += [_contacts(), _places(), _actions(), *([drawings.part()] if keys == tuple(WORDS) else [])]
    return freezing.canonical(parts).decode(), freezing.digest(parts)


def _html(key: str, variant: int) -> str:
    # A later version says a little more, so that differences have something to show.
    more = "<p>Looked over after the drills of the year.</p>" if variant and key in {"evacuate", "lockdown"} else ""
    return WORDS[key] + more


def _contacts() -> dict[str, Any]:
    names = ("kind", "name", "title", "phone")
    rows = [dict(zip(names, row, strict=True)) for row in CONTACTS]
    blank = {"organization": "", "after_hours": "", "email": "", "checked_on": ""}
    return freezing.part("contacts", "record", "Emergency contacts", facts=[row | blank for row in rows])


def _places() -> dict[str, Any]:
    rows = [
        {"kind": kind, "name": name, "where": where, "is_alternative": other, "is_off_site": kind == "reunification",
         "capacity": None, "note": ""}
        for kind, name, where, other in PLACES
    ]  # fmt: skip
    return freezing.part("places", "record", "Places", facts=rows)


def _actions() -> dict[str, Any]:
    rows = [
        {
            "key": each.key,
            "name": each.name,
            "call": each.call,
            "students": list(each.students),
            "adults": list(each.adults),
        }
        for each in outline.response_actions("five_actions")
    ]
    return freezing.part("actions", "record", "Response actions", facts=rows)
