"""What signing in asks after the first factor, as a stage of django-allauth."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpResponseBase
from django.shortcuts import redirect


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]  # allauth brings no types
    """Who has a second factor shows it, unless they came in by a passkey that asked who they are."""

    urlname = "people:second_factor"

    def handle(self) -> tuple[HttpResponseBase | None, bool]:
        """Lead to our page, or on."""
        return (redirect(self.urlname), True) if self._should_handle(self.request) else (None, True)
