"""What is decided about drills without database, clock or request."""

from shelterbelt.drills.rules.due import Due, School, due, school_year_day
from shelterbelt.drills.rules.entry import Problem, problems_of_facts, problems_of_learned, problems_of_plan
from shelterbelt.drills.rules.kinds import KINDS, NO_PART, OTHER_PART, PLAN_PARTS, RESPONDERS
from shelterbelt.drills.rules.sentences import Sentence
from shelterbelt.drills.rules.standard_form import Facts, Learned, Missing, missing_from
from shelterbelt.drills.rules.states import NEXT, may_become
from shelterbelt.drills.rules.two_drills import Explanation, Line, two_drills_as_recommended

__all__ = [
    "KINDS",
    "NEXT",
    "NO_PART",
    "OTHER_PART",
    "PLAN_PARTS",
    "RESPONDERS",
    "Due",
    "Explanation",
    "Facts",
    "Learned",
    "Line",
    "Missing",
    "Problem",
    "School",
    "Sentence",
    "due",
    "may_become",
    "missing_from",
    "problems_of_facts",
    "problems_of_learned",
    "problems_of_plan",
    "school_year_day",
    "two_drills_as_recommended",
]
