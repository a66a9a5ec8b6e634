"""How much the setting of one sheet is given. A plan of 500 pages with forty drawings fits."""

MEMORY = 2 * 1024**3
"""Bytes of address space."""
SECONDS = 60
"""Seconds of processor."""
PATIENCE = 90.0
"""Seconds after which we no longer wait."""
LARGEST = 128 * 1024**2
"""Bytes of a finished PDF."""
FAILED = 5
"""How the process ends by itself when it could not set the sheet."""
