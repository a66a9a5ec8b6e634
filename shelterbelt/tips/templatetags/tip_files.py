"""What a page says of a tip's file, and what may be done with it there."""

from dataclasses import dataclass
from typing import Any

from django import template

from shelterbelt.access.standing import PersonRequest
from shelterbelt.core.clean_copies.kinds import BY_TYPE, Reason
from shelterbelt.tips.attachments import policy
from shelterbelt.tips.attachments.sentences import LEFT, WHY_NOT, WORDS
from shelterbelt.tips.models import Attachment

register = template.Library()


@dataclass(frozen=True)
class Acts:
    """A file as a page shows it."""

    kind: Any
    why_not: Any
    left: tuple[Any, ...]
    is_shown: bool
    may_copy: bool
    may_original: bool
    may_mark: bool


@register.simple_tag
def file_acts(request: PersonRequest, attachment: Attachment) -> Acts:
    """All that is asked about one file."""
    standing, kind, words = request.standing, BY_TYPE.get(attachment.content_type), attachment.because.split(",")
    return Acts(
        kind=WORDS[kind.family] if kind else attachment.content_type,
        why_not=next((WHY_NOT[Reason(word)] for word in words if word in {each.value for each in Reason}), ""),
        left=tuple(LEFT[word] for word in words if word in LEFT),
        is_shown=policy.is_shown_in_page(standing, attachment),
        may_copy=policy.may_have_copy(standing, attachment) is None,
        may_original=policy.may_have_original(standing, attachment) is None,
        may_mark=policy.may_mark(standing, attachment) is None,
    )
