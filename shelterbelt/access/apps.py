"""Tells Django what access needs whenever tables were made."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from shelterbelt.core import health
from shelterbelt.core.serving import prepared


class AccessConfig(AppConfig):
    """Who may see and do what, and who did."""

    name = "shelterbelt.access"

    def ready(self) -> None:
        """The database learns the keys that seal scopes, and the trail which columns there are now.

        Keys may change, migrations change tables, and databases come from elsewhere.
        """
        from shelterbelt.access.audit import watching  # noqa: F401  it adds its figure to the page of figures

        post_migrate.connect(_renew_triggers, sender=self, dispatch_uid="access.audit_triggers")
        post_migrate.connect(_store_scope_keys, sender=self, dispatch_uid="access.scope_keys")
        prepared.connect(_store_scope_keys, dispatch_uid="access.scope_keys")


@health.check("scope key")
def _scope_key_is_known() -> str:
    """Whether the database takes our seal. If it doesn't, nobody sees or does anything."""
    from django.db import ProgrammingError, connection

    from shelterbelt.access.scope import acting_as_system
    from shelterbelt.core import clock

    try:
        scope = acting_as_system("measures", today=clock.today(), reason="look whether the scope key is known")
        with scope, connection.cursor() as cursor:
            cursor.execute("select access_is_system()")
    except ProgrammingError:
        return "The database doesn't know this process's SHELTERBELT_SCOPE_KEY. Run: python -m shelterbelt prepare"
    return ""


def _store_scope_keys(**_: Any) -> None:
    from django.db import connection

    from shelterbelt.access import scope_keys
    from shelterbelt.access.models import ScopeKey

    # While old migrations are tried out the table may not be there yet.
    if ScopeKey._meta.db_table in connection.introspection.table_names():
        scope_keys.store()


def _renew_triggers(**_: Any) -> None:
    from django.db import connection

    from shelterbelt.access.audit import triggers

    with connection.cursor() as cursor:
        triggers.renew(cursor)
