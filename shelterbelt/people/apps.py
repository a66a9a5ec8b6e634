"""Tells Django how a sign-in is remembered."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People, their offices, and how they sign in."""

    name = "shelterbelt.people"

    def ready(self) -> None:
        """Django would note the last sign-in as nobody, for whom no person exists; we do it in the sign-in's scope."""
        from django.contrib.auth.signals import user_logged_in

        from shelterbelt.people import checks  # noqa: F401  registers itself
        from shelterbelt.people.sign_in import remember_sign_in

        user_logged_in.disconnect(dispatch_uid="update_last_login")
        user_logged_in.connect(remember_sign_in, dispatch_uid="people.remember_sign_in")
