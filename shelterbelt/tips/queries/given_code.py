"""Which code was given: all that the tip line's login may see follows from it."""

from django.db import connection


def tell_next_receipt(receipt: bytes) -> None:
    """Tell the database which code takes the given one's place, for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('shelterbelt.next_receipt', %s, true)", [receipt.hex()])


def tell_receipt(receipt: bytes) -> None:
    """Tell the database which code was given, for this transaction: the tip line's login sees that tip alone."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('shelterbelt.receipt', %s, true)", [receipt.hex()])
