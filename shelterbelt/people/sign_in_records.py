"""What is kept of signing in: who came in where and when, which browsers hold a session, how often somebody failed."""

from datetime import datetime
from typing import ClassVar, Self

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from shelterbelt.people.device_words import shown


class SignIn(models.Model):
    """That somebody signed in on a device, or failed to; and when and how the session that followed ended."""

    class Outcome(models.TextChoices):
        """What came of it."""

        SIGNED_IN = "signed_in", _("Signed in")
        WRONG_PASSWORD = "wrong_password", _("Wrong password")
        WRONG_CODE = "wrong_code", _("Wrong code or passkey")
        MUST_WAIT = "must_wait", _("Refused until some time has passed")

    class Way(models.TextChoices):
        """With what."""

        PASSWORD = "password", _("Password")
        PASSKEY = "passkey", _("Passkey")
        PROVIDER = "provider", _("Sign-in of their organization")
        CLICK = "click", _("A click, in a demonstration")

    class Ended(models.TextChoices):
        """How a session ended."""

        SIGNED_OUT = "signed_out", _("Signed out")
        ELSEWHERE = "elsewhere", _("Ended from another device")
        IDLE = "idle", _("Nothing was done for too long")
        TOO_LONG = "too_long", _("It had lasted long enough")
        CLOCK = "clock", _("The clock of the server was changed")
        PASSWORD = "password", _("The password was changed")
        RESET = "reset", _("The second factors were taken away")
        REPLACED = "replaced", _("Signed in again")
        PROVIDER = "provider", _("The organization's own sign-in no longer speaks for them")

    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, related_name="sign_ins", help_text="Null: nobody has the address."
    )
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    way = models.CharField(max_length=8, choices=Way.choices)
    at = models.DateTimeField()
    device = models.CharField(max_length=60, help_text="Browser and system in words; no address, nothing finer.")
    ended_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=10, choices=Ended.choices, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-at"], name="sign_in_by_person")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {self.device}"

    @property
    def device_shown(self) -> str:
        """The device in the reader's language."""
        return shown(self.device)


class SessionQuerySet(models.QuerySet["Session"]):
    """The words for picking sessions."""

    def known_by(self, reference: str) -> Self:
        """Those that a page names so: none or one."""
        return self.filter(session_key__startswith=reference) if len(reference) == Session.REFERENCE else self.none()


class Session(AbstractBaseSession):
    """What a browser's cookie stands for. Its key is a hash of the cookie's, its data are sealed for that key."""

    REFERENCE = 16
    """So many letters of the key name it on a page. They let nobody in: the cookie holds what the key is a hash of."""

    session_key = models.CharField(max_length=64, primary_key=True)
    person = models.ForeignKey("people.Person", models.CASCADE, null=True, related_name="sessions")
    sign_in = models.OneToOneField(SignIn, models.PROTECT, null=True, related_name="session")
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="To the minute.")
    device = models.CharField(max_length=60)
    reauthenticated_at = models.DateTimeField(null=True, help_text="When they last proved that it is they.")

    objects = SessionQuerySet.as_manager()  # type: ignore[assignment, misc]  # ours, in place of Django's

    @property
    def reference(self) -> str:
        """How a page names it."""
        return self.session_key[: self.REFERENCE]

    @property
    def device_shown(self) -> str:
        """The device in the reader's language."""
        return shown(self.device)


class Tries(models.Model):
    """How often signing in failed lately, for an address and a browser. Neither can be read from the key."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField()
    last_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    is_told = models.BooleanField(default=False, help_text="That they must wait is on record.")

    def __str__(self) -> str:
        return str(self.failures)
