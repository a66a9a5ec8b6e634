"""Form a team, and note who comes and goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shelterbelt.access.policy import require
from shelterbelt.access.standing import Standing
from shelterbelt.assessments.models import Role, Team, TeamMember
from shelterbelt.assessments.policy.assessment import may_change_team, may_form_team
from shelterbelt.orgs.models import Org
from shelterbelt.people.models import Person


@dataclass(frozen=True)
class Joining:
    """Somebody who joins: by name, as what they look at the school, and their account where they have one."""

    name: str
    role: str
    person: Person | None = None


@transaction.atomic
def form_team(*, org: Org, name: str, members: Sequence[Joining], by: Standing, on: date) -> Team:
    """A team of a school or district, with its first members."""
    require(may_form_team(by, org))
    if not name.strip():
        raise ValidationError({"name": [_("Give the team a name, such as “Safety team”.")]})
    team = Team.objects.create(org=org, name=name.strip(), formed_on=on)
    for each in members:
        add_member(team, joining=each, by=by, on=on)
    return team


@transaction.atomic
def add_member(team: Team, *, joining: Joining, by: Standing, on: date) -> TeamMember:
    """Somebody joins. The same name in the same role joins once."""
    require(may_change_team(by, team))
    name = " ".join(joining.name.split())
    if not name:
        raise ValidationError({"name": [_("Write the person's name.")]})
    if joining.role not in Role.values:
        raise ValidationError({"role": [_("Choose the role in which this person looks at the school.")]})
    known = TeamMember.objects.filter(team=team, name=name, role=joining.role).on(on).first()
    if known is not None:
        return known
    return TeamMember.objects.create(
        team=team, org_id=team.org_id, name=name, role=joining.role, person=joining.person, from_on=on
    )


@transaction.atomic
def end_member(member: TeamMember, *, by: Standing, on: date) -> None:
    """Somebody leaves; what they took part in stays."""
    require(may_change_team(by, member.team))
    if member.until_on is None:
        member.until_on = on
        member.save(update_fields=["until_on"])
