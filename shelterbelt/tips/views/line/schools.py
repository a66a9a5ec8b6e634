"""The schools that fit what was typed: a part of the form, for its script and for its own answer."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from shelterbelt.tips.queries.schools import Found, find_schools, state_served
from shelterbelt.tips.views.line.pages import Line, line_page


@require_GET
@line_page("schools")
def schools(line: Line) -> HttpResponse:
    """What the form's script puts under the field as one types."""
    text = line.request.GET.get("q", "")
    return line.show("schools.html", found=found(line, text), looked_for=text.strip())


def found(line: Line, text: str) -> list[Found]:
    """Schools of the state that fit."""
    return find_schools(text, state=state_served(), on=timezone.localdate(line.at)) if text else []
