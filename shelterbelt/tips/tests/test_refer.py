"""A tip is referred, the notice goes out over real SMTP, somebody acknowledges, reports what came of it, it is closed."""

import pytest

from shelterbelt.delivery.tests.mail_servers import Post, serving
from shelterbelt.tips.actions import answering, closing
from shelterbelt.tips.models import Referral, StatFact, Tip
from shelterbelt.tips.tests.conftest import NOW
from shelterbelt.tips.tests.referring import chains, deliver, referred

pytestmark = pytest.mark.django_db
WORDS = "Somebody hid a strange zebra behind the bleachers"
OUTCOME = answering.Outcome(
    "actionable", "support_given", ["talked_to_student"], was_aware=False, words="All well now."
)


@pytest.fixture
def ready(town, at_desk):
    chains(town, at_desk)
    return town


def now(at_desk, referral):
    with at_desk():
        return Referral.objects.select_related("tip", "org").get(pk=referral.pk)


def steps(at_desk):
    with at_desk():
        return list(StatFact.objects.order_by("pk").values_list("step", flat=True))


def test_from_the_desk_to_the_school_and_back(ready, a_tip, acting, at_desk, settings):
    tip = a_tip(WORDS).tip
    with serving(Post(), settings) as server:
        with acting("ada") as ada:
            [referral] = referred(tip, ada, ready.linden)
        assert now(at_desk, referral).state == "queued"
        deliver()
    [letter] = server.post.letters
    assert letter["To"] == "pia@school.example"
    assert letter["Subject"] == "A tip was referred to you (Linden Creek Elementary)"
    assert f"/referrals/{referral.pk}/" in letter.get_content()
    sent = now(at_desk, referral)
    assert (sent.state, sent.tip.state) == ("sent", "dispatched")

    with acting("pia") as pia:
        mine = Referral.objects.get()
        answering.acknowledge(mine, by=pia, at=NOW)
        assert now(at_desk, referral).tip.state == "acknowledged"
        answering.report_outcome(mine, by=pia, at=NOW, outcome=OUTCOME)
    assert now(at_desk, referral).tip.state == "outcome_reported"

    with acting("ada") as ada:
        closed = closing.close(Tip.objects.get(), by=ada, at=NOW)
    assert (closed.state, closed.received_at.minute) == ("closed", 0)
    assert str(closed.expires_on) == "2029-11-17"
    assert sorted(steps(at_desk))[:4] == ["acknowledged", "answered", "closed", "met"]
