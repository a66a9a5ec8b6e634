"""Teams, site assessments with their answers and photographs, and the templates they follow."""

from shelterbelt.assessments.models.assessment import Answer, Assessment, Participation, Photograph
from shelterbelt.assessments.models.team import Role, Team, TeamMember
from shelterbelt.assessments.models.template import PublishedTemplate

__all__ = [
    "Answer",
    "Assessment",
    "Participation",
    "Photograph",
    "PublishedTemplate",
    "Role",
    "Team",
    "TeamMember",
]
