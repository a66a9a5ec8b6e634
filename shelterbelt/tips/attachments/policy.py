"""Who may do what with a tip's files. rules.py holds the line between what is sexual in nature and what isn't."""

from django.utils.translation import gettext as _

from shelterbelt.access.policy import Refusal, policy
from shelterbelt.access.standing import Standing
from shelterbelt.core.clean_copies.kinds import BY_TYPE
from shelterbelt.core.clean_copies.outcome import State
from shelterbelt.tips.attachments import queries, rules
from shelterbelt.tips.attachments.rules import Viewer
from shelterbelt.tips.models import Attachment, Referral, Tip
from shelterbelt.tips.policy.desk import desks, may_work


def viewer_of(standing: Standing, attachment: Attachment) -> Viewer:
    """As what they look at this file."""
    if attachment.org_id in desks(standing):
        return Viewer.DESK
    received = queries.received_as(attachment)
    if Referral.To.LAW_ENFORCEMENT in received:
        return Viewer.LAW_ENFORCEMENT
    return Viewer.OTHER_RECIPIENT if received else Viewer.NOBODY


@policy("tips.attach")
def may_attach(standing: Standing, tip: Tip) -> Refusal | None:
    """Add a file at the desk."""
    return may_work(standing, tip)


@policy("tips.mark_file")
def may_mark(standing: Standing, attachment: Attachment) -> Refusal | None:
    """Say that a file is sexual in nature, or that it isn't."""
    return may_work(standing, attachment.tip)


@policy("tips.have_copy")
def may_have_copy(standing: Standing, attachment: Attachment) -> Refusal | None:
    """Get the clean copy of a file."""
    viewer = viewer_of(standing, attachment)
    if not rules.is_seen(viewer, is_sexual=attachment.is_sexual):
        return _not_seen(viewer)
    if attachment.state == State.WAITING:
        return Refusal(_("This file is being cleaned. Try again in a minute."))
    if attachment.state != State.CLEAN:
        return Refusal(_("This file has no clean copy. The tip desk can open the original."))
    return None


@policy("tips.have_original")
def may_have_original(standing: Standing, attachment: Attachment) -> Refusal | None:
    """Get a file as it came, for a reason that the trail keeps."""
    viewer = viewer_of(standing, attachment)
    if viewer is Viewer.NOBODY:
        return _not_seen(viewer)
    if not rules.may_have_original(viewer):
        return Refusal(_("An original may tell who made it, so it is for law enforcement and the tip desk."))
    return None


def is_shown_in_page(standing: Standing, attachment: Attachment) -> bool:
    """Whether a page may show the picture itself."""
    kind = BY_TYPE.get(attachment.clean_type)
    viewer = viewer_of(standing, attachment)
    return rules.is_shown_in_page(viewer, attachment.state, kind, is_sexual=attachment.is_sexual)


def _not_seen(viewer: Viewer) -> Refusal:
    if viewer is Viewer.NOBODY:
        return Refusal(_("Files of a tip are for the tip desk and for whom the tip was sent to."))
    return Refusal(_("This file is sexual in nature, so it is for law enforcement alone."))
