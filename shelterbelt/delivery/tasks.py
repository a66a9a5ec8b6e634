"""What the process `python -m shelterbelt watch` does for this room, each in a thread of its own.

A slow mail server holds up no text, and a long bulletin no alarm: what is urgent has a line of its own.
"""

from shelterbelt.core.watching import watch
from shelterbelt.delivery import working
from shelterbelt.delivery.actions.sending import DUE

URGENT = 1
"""The rank of rules.pace up to which something is urgent."""


@watch("delivery.send_urgent_mail", channel=DUE, every=1.0)
def send_urgent_mail() -> None:
    """Mail about life safety, and what else is urgent."""
    working.drain("email", rank=URGENT)


@watch("delivery.send_mail", channel=DUE, every=1.0)
def send_mail() -> None:
    """All mail."""
    working.drain("email")


@watch("delivery.send_texts", channel=DUE, every=1.0)
def send_texts() -> None:
    """Texts and chat."""
    working.drain("sms")
    working.drain("chat")


@watch("delivery.send_notifications", channel=DUE, every=1.0)
def send_notifications() -> None:
    """Notifications on phones."""
    working.drain("push")


@watch("delivery.go_on", channel=DUE, every=1.0)
def go_on() -> None:
    """Next addresses, next steps, and what never ended."""
    working.go_on()
