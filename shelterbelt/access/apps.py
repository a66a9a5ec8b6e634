"""Tells Django what access needs whenever tables were made."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from shelterbelt.core.serving import prepared


class AccessConfig(AppConfig):
    """Who may see and do what, and who did."""

    name = "shelterbelt.access"

    def ready(self) -> None:
        """The database learns the keys that seal scopes: keys may change, and databases come from elsewhere."""
        post_migrate.connect(_store_scope_keys, sender=self, dispatch_uid="access.scope_keys")
        prepared.connect(_store_scope_keys, dispatch_uid="access.scope_keys")


def _store_scope_keys(**_: Any) -> None:
    from django.db import connection

    from shelterbelt.access import scope_keys
    from shelterbelt.access.models import ScopeKey

    # While old migrations are tried out the table may not be there yet.
    if ScopeKey._meta.db_table in connection.introspection.table_names():
        scope_keys.store()
