"""Who may look at what was sent, and who writes down what a call came to. Rows nobody may see don't exist for them."""

from django.utils.translation import gettext_lazy as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.delivery.models import Attempt, Message
from shelterbelt.delivery.rules.letters import EVERYBODY_WITHIN_REACH

NOT_YOURS = Refusal(_("This message is for other offices to see."))
NO_CALL = Refusal(_("This is not a call that waits for somebody to make it."))


@policy("delivery.see_message")
def may_see_message(standing: Standing, message: Message) -> Refusal | None:
    """Whoever the room that sent it named; where it named everybody within reach, row security is what decides."""
    if EVERYBODY_WITHIN_REACH in message.readers or set(message.readers) & posts_of(standing):
        return None
    return NOT_YOURS


@policy("delivery.record_call")
def may_record_call(standing: Standing, attempt: Attempt) -> Refusal | None:
    """Whoever may see the message may call its recipients and say what came of it."""
    if attempt.channel != "call" or attempt.outcome:
        return NO_CALL
    return may_see_message(standing, attempt.message)


def posts_of(standing: Standing) -> set[str]:
    """The posts somebody holds, as `readers` names them."""
    return {f"{holding.office}@{holding.org.pk}" for holding in standing.holdings}
