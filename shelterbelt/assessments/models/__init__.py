"""Teams, site assessments with their answers and photographs, the templates they follow, and security purchases."""

from shelterbelt.assessments.models.assessment import Answer, Assessment, Participation, Photograph
from shelterbelt.assessments.models.procurement import (
    Procurement,
    ProcurementClause,
    ProcurementDocument,
    ProcurementFinding,
)
from shelterbelt.assessments.models.product_evaluation import ProductEvaluation, ProductScore, SharedEvaluation
from shelterbelt.assessments.models.team import Role, Team, TeamMember
from shelterbelt.assessments.models.template import PublishedTemplate

__all__ = [
    "Answer",
    "Assessment",
    "Participation",
    "Photograph",
    "Procurement",
    "ProcurementClause",
    "ProcurementDocument",
    "ProcurementFinding",
    "ProductEvaluation",
    "ProductScore",
    "PublishedTemplate",
    "Role",
    "SharedEvaluation",
    "Team",
    "TeamMember",
]
