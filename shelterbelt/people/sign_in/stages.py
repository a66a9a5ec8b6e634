"""What signing in asks after the first factor, as a stage of django-allauth."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpResponseBase
from django.shortcuts import redirect


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]  # allauth brings no types
    """Who has a second factor shows it, unless a passkey or their organization's own sign-in has asked for one."""

    urlname = "people:second_factor"

    def handle(self) -> tuple[HttpResponseBase | None, bool]:
        """Lead to our page, or on."""
        asks = self._should_handle(self.request) and not self._shown_elsewhere()
        return (redirect(self.urlname), True) if asks else (None, True)

    def _shown_elsewhere(self) -> bool:
        records = get_authentication_records(self.request, self.login.user)
        return any(record["method"] == "mfa" and record.get("type") == "provider" for record in records)
