"""Changes a code that somebody heard for one that nobody did. Done on the tip line, with what the old code opens."""

from django.db import transaction

from shelterbelt.tips.models import Tip
from shelterbelt.tips.queries.given_code import tell_next_receipt, tell_receipt
from shelterbelt.tips.sealing import codes


@transaction.atomic
def exchange_code(*, receipt: bytes, key: bytes, code: str) -> str | None:
    """Give the reporter `code` for their own and end the one that was read out. None if it was changed already.

    `key` is the tip's, as the old code opened it.
    """
    keys = codes.keys_of(code)
    tell_receipt(receipt)
    tell_next_receipt(keys.receipt)
    changed = Tip.objects.filter(receipt=receipt, code_is_spoken=True).update(
        receipt=keys.receipt, key_for_code=codes.wrap(key, keys), code_is_spoken=False
    )
    return code if changed else None
