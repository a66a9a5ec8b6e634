"""Whether anybody is on shift, as pages of the desk say it."""

from typing import Any

from django import template
from django.template.context import Context

from shelterbelt.core import clock
from shelterbelt.delivery.queries import calls_waiting
from shelterbelt.tips.policy.desk import desks
from shelterbelt.tips.queries.duty import Duty, shift_of

register = template.Library()


@register.inclusion_tag("tips/desk/_duty.html", takes_context=True)
def duty_line(context: Context) -> dict[str, Any]:
    """Who is on shift at one's desk, in red where nobody is, and whether oneself is."""
    standing, now = context["request"].standing, clock.now()
    states = sorted(desks(standing))
    return {
        "on_shift": [person for state in states for person in Duty(state, now).on_shift],
        "calls": calls_waiting(now),
        "mine": shift_of(standing.person, states, now),
    }
