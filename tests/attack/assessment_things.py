"""A team, an assessment under way, one that is finished, and a photograph, at each school."""

import uuid
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from shelterbelt.assessments.models import Answer, Assessment, Participation, Photograph, Team, TeamMember
from shelterbelt.people.models import Person

if TYPE_CHECKING:
    from tests.attack.world import Things

TODAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)


def fill(things: "Things", by: Person, word: str) -> None:
    """Put them where what belongs to a school is looked for."""
    org = things.org
    team = Team.objects.create(org=org, name=word, formed_on=TODAY)
    member = TeamMember.objects.create(team=team, org=org, name=word, role="safety", from_on=TODAY)
    told = {"org": org, "team": team, "planned_on": TODAY, "planned_by": by}
    ours = {"template": "school-site", "template_version": "2026.1", "is_recognised": True}
    walk = Assessment.objects.create(**told, **ours, status="in_field", facilities=word)
    ended = {"assessed_on": TODAY, "submitted_on": TODAY, "submitted_by": by, "summary": word, "roles": 1}
    submitted = Assessment.objects.create(**told, **ours, **ended, status="submitted")
    accepted = Assessment.objects.create(**told, **ended, method="own", status="accepted", accepted_on=TODAY)
    Participation.objects.create(assessment=submitted, org=org, member=member)
    Answer.objects.create(
        id=uuid.uuid4(), assessment=walk, org=org, question="perimeter-edge", level=1, note=word, written_at=NOW,
        received_at=NOW, by=by,
    )  # fmt: skip
    picture = Photograph.objects.create(
        id=uuid.uuid4(), assessment=walk, org=org, question="perimeter-edge", document=things.document,
        sent_sha256="0" * 64, received_at=NOW, by=by,
    )  # fmt: skip
    things.by_kind |= {
        "team": team,
        "member": member,
        "assessment": walk,
        "assessment_submitted": submitted,
        "assessment_accepted": accepted,
        "photograph": picture,
    }
