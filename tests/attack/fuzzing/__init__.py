"""Hostile requests to every page, form and operation, made by a seed; what they are, how they go, what must hold."""

import os

REQUESTS = int(os.environ.get("SHELTERBELT_FUZZ", "3000"))
"""How many hostile requests pages and forms get; the API gets a share beside them. `make fuzz` says 20,000."""
SEED = int(os.environ.get("SHELTERBELT_FUZZ_SEED", "20261102"))


def is_full() -> bool:
    """Whether there is time for every office."""
    return REQUESTS > 3000
