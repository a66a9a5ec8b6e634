"""Chat (a desk's room in Mattermost, Matrix, Teams, ...), through the service that SHELTERBELT_CHAT_URL names."""

from django.conf import settings

from shelterbelt.delivery.channels import Line
from shelterbelt.delivery.channels.apprise_line import AppriseLine
from shelterbelt.delivery.channels.files import FileLine


def line() -> Line:
    """The line that the settings ask for."""
    return AppriseLine(settings.CHAT_URL) if settings.CHAT_URL else FileLine("chat")
