"""A disposed tip's files are removed from the store. Nobody could read them any more: its key is gone."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from shelterbelt.core.storage import tip_store
from shelterbelt.tips.models import Attachment


def remove_files_of(tips: Collection[UUID]) -> None:
    """Remove them once the transaction that disposes of these tips has committed; if it is undone, they stay."""
    rows = Attachment.objects.filter(tip__in=tips).values_list("original", "clean_copy")
    digests = [digest for row in rows for digest in row if digest]
    transaction.on_commit(lambda: _remove(digests))


def _remove(digests: Collection[str]) -> None:
    store = tip_store()
    for digest in digests:
        store.remove(digest)
