"""The look is tested by itself, with addresses of its own."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def addresses(settings: Any) -> None:
    """Lead nowhere but to our own addresses."""
    settings.ROOT_URLCONF = "shelterbelt.ui.tests.addresses"
