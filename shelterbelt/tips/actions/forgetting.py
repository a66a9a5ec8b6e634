"""A browser that its push service doesn't know any more is forgotten: its person sees that, and adds it anew."""

import hashlib
import json

from shelterbelt.delivery.hooks import Ended, attempted
from shelterbelt.tips.models import Browser

GONE = ("404", "410")
"""What a push service answers for a subscription that is over (RFC 8030, section 5.1)."""


@attempted
def forget_gone(ended: Ended) -> None:
    """Heard from the delivery room, in its transaction and with its eyes."""
    attempt = ended.attempt
    if attempt.channel == "push" and attempt.outcome == "refused" and attempt.reply.startswith(GONE):
        endpoint = str(json.loads(attempt.address)["endpoint"])
        Browser.objects.filter(endpoint_digest=hashlib.sha256(endpoint.encode()).hexdigest()).delete()
