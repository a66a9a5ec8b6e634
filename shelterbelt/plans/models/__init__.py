"""A plan, what it is made of, its versions, and what is to be looked at again."""

from shelterbelt.plans.models.briefing import Briefing, BriefingAttendance
from shelterbelt.plans.models.contact import IcsRole, PlanContact
from shelterbelt.plans.models.drawing import Drawing, Mark
from shelterbelt.plans.models.evaluation import Evaluation, EvaluationAnswer
from shelterbelt.plans.models.goal import Course, Goal, Objective, When
from shelterbelt.plans.models.hazard import Hazard
from shelterbelt.plans.models.incoming import Incoming
from shelterbelt.plans.models.place import Place
from shelterbelt.plans.models.plan import Plan, TeamMeeting, TeamMember
from shelterbelt.plans.models.section import Section, SectionRevision
from shelterbelt.plans.models.sharing import Opening, Receipt, SeenPart, SeenPlan, Share
from shelterbelt.plans.models.task import ReviewTask
from shelterbelt.plans.models.version import Version

__all__ = [
    "Briefing",
    "BriefingAttendance",
    "Course",
    "Drawing",
    "Evaluation",
    "EvaluationAnswer",
    "Goal",
    "Hazard",
    "IcsRole",
    "Incoming",
    "Mark",
    "Objective",
    "Opening",
    "Place",
    "Plan",
    "PlanContact",
    "Receipt",
    "ReviewTask",
    "Section",
    "SectionRevision",
    "SeenPart",
    "SeenPlan",
    "Share",
    "TeamMeeting",
    "TeamMember",
    "Version",
    "When",
]
