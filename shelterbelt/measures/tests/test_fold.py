"""Change notes are folded at night."""

from shelterbelt.core.models import Change
from shelterbelt.measures.measured import Measured
from shelterbelt.measures.tasks import fold_changes
from shelterbelt.measures.tests.conftest import TODAY, YEAR, attest
from shelterbelt.orgs.models import Org
from shelterbelt.strategy import current


def test_folding_leaves_one_note_a_topic_and_no_figure_changes(state: Org, school: Org) -> None:
    made = attest(school, "B-O2", trained_staff=1)
    made.save()
    before = Measured(state, TODAY).figure(current().output("B-O2"), YEAR)

    fold_changes(0)

    notes = Change.objects.filter(topic="attestations:B-O2")
    assert notes.count() == 1
    assert Measured(state, TODAY).figure(current().output("B-O2"), YEAR) == before
