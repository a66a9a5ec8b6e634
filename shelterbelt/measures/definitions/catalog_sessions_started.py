"""Sessions of the training catalog that started in the year; cancelled ones are counted apart."""

from shelterbelt.measures.answers import number
from shelterbelt.measures.asking import Amounts, Asked, Line, Parts, Total, amount


def amounts(asked: Asked) -> Amounts:
    """Sessions that started."""
    return amount(asked, number("started"))


def line_cancelled(asked: Asked) -> Line:
    """Sessions that were cancelled; not part of the headline."""
    return Total(amount(asked, number("cancelled")))


def line_by_provider(asked: Asked) -> Line:
    """Sessions by who gave them."""
    providers = {"state": "by_state", "federal": "by_federal", "other_provider": "by_other_provider"}
    return Parts({name: amount(asked, number(key)) for name, key in providers.items()})


def line_seats(asked: Asked) -> Line:
    """Seats offered."""
    return Total(amount(asked, number("seats")))


def line_attended(asked: Asked) -> Line:
    """People who attended."""
    return Total(amount(asked, number("attended")))
