"""How the invented schools and districts answer the plan's questions. Keys are those of the strategy's file.

`Draw` stands for one unit in one year: how far it is, and random numbers that it uses up.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp

from shelterbelt.core.school_year import SchoolYear

Answers = dict[str, object]


@dataclass(slots=True)
class Draw:
    """One unit in one year."""

    year: SchoolYear
    level: float
    on: date
    """The day of the answer."""
    numbers: list[float]
    has_plan: bool = True
    """Emergency plan in force (a school's), or cybersecurity plan (a district's): one truth for all outputs."""
    serving: int = 0
    """Coordinators and officers who serve it."""
    campuses: int = 1
    campuses_with_officer: int = 0
    with_resource_officer: int = 0
    linked: bool = False
    trained: bool = False
    conference: bool = False

    def luck(self) -> float:
        """The next random number."""
        return self.numbers.pop()

    def yes(self, bias: float) -> bool:
        """A yes, likelier for those who are further; `bias` is the level at which half say yes, turned round."""
        return self.luck() < 1 / (1 + exp(-1.6 * (self.level + bias)))

    def some(self, most: int) -> int:
        """A count from 1 to `most`, small ones likelier."""
        luck = self.luck()
        return 1 + int(luck * luck * most)

    def share(self) -> int:
        """A percentage, near full for those who are further."""
        return min(100, max(20, round(86 + 6 * self.level + 22 * (self.luck() - 0.5))))

    def day_before(self, days: int) -> str:
        """A day up to so many before the answer, inside the school year."""
        return max(self.year.starts_on, self.on - timedelta(days=int(self.luck() * days))).isoformat()

    def pick(self, *choices: str) -> str:
        """One of the choices, the first ones likelier."""
        luck = self.luck()
        return choices[int(luck * luck * len(choices))]


def _trained(bias: float, most: int) -> Callable[[Draw], Answers]:
    return lambda d: {"trained_staff": d.some(most) if d.yes(bias) else 0}


def _team(d: Draw) -> Answers:
    if not d.yes(-0.1):
        return {"team_covers": False}
    return {"team_covers": True, "roles_filled": d.yes(0.7), "meetings": d.some(9) if d.yes(1.2) else 0}


def _trauma_informed(d: Draw) -> Answers:
    if not d.yes(0.1):
        return {"stage": "none"}
    stage = d.pick("aware", "aware", "sensitive", "responsive", "informed")
    return {"stage": stage, "evidence_in_year": d.yes(0.9)}


def _climate(d: Draw) -> Answers:
    if not d.yes(0.2):
        return {"program": "none"}
    parts = (
        "positive_interactions",
        "feeling_safe",
        "consistent_expectations",
        "family_and_community",
        "learning_expectations",
    )
    said: Answers = {"program": d.pick("pbis", "pbis", "restorative", "comparable")}
    said |= {part: d.yes(2.1) for part in parts}
    said["fidelity_measured"] = d.yes(-0.3)
    return said | ({"fidelity_reached": d.yes(0.3)} if said["fidelity_measured"] else {})


def _plan(d: Draw) -> Answers:
    if not d.has_plan:
        return {"plan_in_force": False}
    said: Answers = {"plan_in_force": True, "adopted_in_year": d.yes(1.1)}
    if d.yes(0.9):
        said |= {"score": d.share(), "critical_item_failed": not d.yes(1.9)}
    return said


def _evaluated(d: Draw) -> Answers:
    if not d.has_plan:
        return {"plan_in_force": False}
    if not d.yes(0.2):
        own: Answers = {"method": "own", "evaluated_on": d.day_before(90)}
        return {"plan_in_force": True, **(own if d.luck() < 0.4 else {"method": "none"})}
    method = d.pick("eop_evaluate", "state_checklist", "fema_cpg_101", "other_recognised")
    late = d.luck() < 0.08
    day = (d.year.starts_on - timedelta(days=30 + int(d.luck() * 300))).isoformat() if late else d.day_before(120)
    return {"plan_in_force": True, "method": method, "evaluated_on": day}


def _session(d: Draw) -> Answers:
    if not d.has_plan:
        return {"plan_in_force": False}
    said: Answers = {"plan_in_force": True, "updated_in_year": d.yes(1.0), "session_held": d.yes(0.8)}
    return said | ({"after_update": d.yes(1.5), "staff_share": min(100, d.share() + 5)} if said["session_held"] else {})


def _shared(d: Draw) -> Answers:
    if not d.has_plan:
        return {"plan_in_force": False}
    biases = {"law_enforcement": 0.7, "fire": 0.2, "emergency_medical": -0.7, "emergency_management": -0.4}
    states = {
        who: "acknowledged" if d.yes(bias) else "shared" if d.yes(bias) else "not_shared"
        for who, bias in biases.items()
    }
    return {"plan_in_force": True, **states}


def _site(d: Draw) -> Answers:
    if not d.yes(0.0):
        return {"method": "none"}
    method = d.pick("site_assess", "state_tool", "cisa_ssat", "pass_guidelines", "other_recognised", "own")
    return {"method": method, "by_team": d.yes(1.4), "assessed_on": d.day_before(150), "every_facility": d.yes(0.9)}


def _trainings(d: Draw) -> Answers:
    held = d.some(6) if d.yes(1.1) else 0
    return {"trainings_held": held, "trainings_complete": held if d.yes(0.6) else int(held * d.luck())}


def _holding(*extra: str, required: str, bias: float) -> Callable[[Draw], Answers]:
    def answer(d: Draw) -> Answers:
        if not d.serving:
            return {"serving": 0}
        holders = sum(d.yes(bias) for _ in range(d.serving))
        return {"serving": d.serving, required: holders, **{name: int(holders * d.luck() + 0.5) for name in extra}}

    return answer


def _privacy(d: Draw) -> Answers:
    if not d.yes(0.4):
        return {"training_held": False}
    return {"training_held": True, "all_topics": d.yes(0.9), "staff_share": d.share()}


def _cyber_training(d: Draw) -> Answers:
    return {"training_held": True, "staff_share": d.share()} if d.yes(0.7) else {"training_held": False}


def _procurements(d: Draw) -> Answers:
    bought = d.some(5) if d.luck() < 0.72 else 0
    if not bought:
        return {"procurements": 0}
    evaluated = bought if d.yes(0.1) else int(bought * d.luck())
    return {
        "procurements": bought,
        "evaluated_before_award": evaluated,
        "with_performance_clause": int(bought * d.luck()),
    }


def _regional_training(d: Draw) -> Answers:
    if not d.trained and d.luck() < 0.05:
        return {"held_in_region": False}
    return {"held_in_region": True, "attended": d.some(4) if d.trained else 0}


def _conference(d: Draw) -> Answers:
    return {"conference_held": True, "attended": d.some(6) if d.conference else 0}


def _officers(d: Draw) -> Answers:
    return {"campuses": d.campuses, "campuses_with_officer": d.campuses_with_officer}


def _agreement(d: Draw) -> Answers:
    if not d.with_resource_officer:
        return {"has_officer": False}
    covered = d.with_resource_officer if d.yes(0.9) else int(d.with_resource_officer * d.luck())
    return {"has_officer": True, "campuses_with_officer": d.with_resource_officer, "campuses_covered": covered,
            "all_elements": d.yes(0.6)}  # fmt: skip


def attended(d: Draw) -> Answers:
    """What is said of one person: whether they had training on privacy law, and when."""
    return {"attended": True, "attended_on": d.day_before(120)} if d.yes(0.2) else {"attended": False}


def _cyber_plan(d: Draw) -> Answers:
    return (
        {"cyber_plan_in_force": True, "linked_to_emergency_plan": d.linked}
        if d.has_plan
        else {"cyber_plan_in_force": False}
    )


def _channels(d: Draw) -> Answers:
    def said(bias: float) -> str:
        return "yes" if d.yes(bias) else "no"

    yes = {True: "yes", False: "no"}
    return {"weekly_update": said(1.3), "conference": yes[d.conference], "regional_training": yes[d.trained],
            "alert_network": said(0.8)}  # fmt: skip


def _cyber_evaluated(d: Draw) -> Answers:
    """Only plans that are linked get evaluated, so that J-O5 never passes J-O2."""
    if not d.has_plan:
        return {"cyber_plan_in_force": False}
    if not d.linked or not d.yes(0.0):
        return {"cyber_plan_in_force": True, "method": "own", "evaluated_on": d.day_before(200)}
    method = d.pick("nist_csf", "cis_controls", "cisa_goals", "other_recognised")
    return {"cyber_plan_in_force": True, "method": method, "evaluated_on": d.day_before(150)}


OF_SCHOOLS: dict[str, Callable[[Draw], Answers]] = {
    "B-O2": _trained(0.3, 9),
    "B-O3": _trained(-0.1, 6),
    "B-O4": _team,
    "C-O1": _trauma_informed,
    "C-O2": _climate,
    "D-O1": _plan,
    "D-O2": _evaluated,
    "D-O3": _session,
    "D-O4": _shared,
    "E-O2": _site,
    "F-O4": _trainings,
    "G-O3": _holding("with_mental_health_first_aid", "with_behavioral_risk", "with_trauma_informed",
                     required="with_any", bias=0.4),
    "G-O4": _holding(required="with_crisis_intervention", bias=-0.6),
    "I-O2": _privacy,
    "J-O3": _cyber_training,
}  # fmt: skip

OF_DISTRICTS: dict[str, Callable[[Draw], Answers]] = {
    "E-O1": _procurements,
    "F-O2": _regional_training,
    "F-O3": _conference,
    "G-O1": _officers,
    "G-O2": _agreement,
    "J-O2": _cyber_plan,
    "J-O4": _channels,
    "J-O5": _cyber_evaluated,
}
