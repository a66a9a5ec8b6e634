"""Local safety projects paid by grants or other outside funds, active in the year."""

from shelterbelt.measures.answers import number
from shelterbelt.measures.asking import Amounts, Asked, Line, Total, amount


def amounts(asked: Asked) -> Amounts:
    """Active ones."""
    return amount(asked, number("active"))


def line_newly_awarded(asked: Asked) -> Line:
    """Those awarded in the year."""
    return Total(amount(asked, number("newly_awarded")))


def line_amount(asked: Asked) -> Line:
    """Dollars received."""
    return Total(amount(asked, number("amount")))
