"""Texts to phones, through the service that SHELTERBELT_SMS_URL names; without one, files in HOME/texts."""

from django.conf import settings

from shelterbelt.delivery.channels import Line
from shelterbelt.delivery.channels.apprise_line import AppriseLine
from shelterbelt.delivery.channels.files import FileLine


def line() -> Line:
    """The line that the settings ask for."""
    return AppriseLine(settings.SMS_URL) if settings.SMS_URL else FileLine("texts")
