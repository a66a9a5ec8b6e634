"""B-O1: one agency leads on mental and behavioral health."""

from shelterbelt.measures.rules import Answer
from shelterbelt.measures.tests.conftest import answer_of, designate
from shelterbelt.orgs.models import Org


def test_the_state_meets_it_while_a_lead_is_designated(state: Org) -> None:
    assert answer_of(state, "B-O1", state.pk) == Answer.NOT_MET

    designate(state, "behavioral_health_lead")

    assert answer_of(state, "B-O1", state.pk) == Answer.MET
