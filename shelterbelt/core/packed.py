"""Looks at a ZIP file before it is opened: its list of parts alone can fill a machine's memory."""

import zipfile
from typing import IO

LARGEST_LIST = 2 * 1024 * 1024
"""Bytes that the list of parts may have: some twenty thousand parts."""
_SIZE_OF_LIST = 5


def is_reasonable(file: IO[bytes]) -> bool:
    """Whether the list of parts is short enough to be read; True also for what is no ZIP file, which zipfile tells."""
    # What zipfile itself goes by, so that no file shows us one list and it another.
    end = zipfile._EndRecData(file)  # type: ignore[attr-defined]
    file.seek(0)
    return end is None or end[_SIZE_OF_LIST] <= LARGEST_LIST
