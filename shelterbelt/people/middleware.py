"""What every request of somebody who signed in must meet, and who allauth is told that they are."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase


class SignInRules:
    """Stands after access's ActAsPerson, which knows who acts and with which offices."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        """Answer, or lead to what has to be done first."""
        if request.person is None:
            request.user = AnonymousUser()  # allauth asks everybody's request who its user is
        return self.get_response(request)
