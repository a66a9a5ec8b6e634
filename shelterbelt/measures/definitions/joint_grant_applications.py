"""Grant applications for school safety submitted in the year jointly by state and local applicants."""

from shelterbelt.measures.answers import number
from shelterbelt.measures.asking import Amounts, Asked, Line, Total, amount


def amounts(asked: Asked) -> Amounts:
    """Joint ones."""
    return amount(asked, number("joint"))


def line_all_applications(asked: Asked) -> Line:
    """All applications, joint or not."""
    return Total(amount(asked, number("all_applications")))


def line_amount(asked: Asked) -> Line:
    """Dollars asked for."""
    return Total(amount(asked, number("amount")))
