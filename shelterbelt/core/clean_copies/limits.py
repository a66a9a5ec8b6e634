"""How much one file is given. A phone's largest photo, film or paper fits; a bomb doesn't."""

MEMORY = 1536 * 1024**2
"""Bytes of address space that the process has which cleans one file."""
SECONDS = 60
"""Seconds of processor that it has."""
PATIENCE = 120.0
"""Seconds after which we no longer wait for it, however little of them it was given."""
LARGEST_COPY = 64 * 1024**2
"""Bytes that a clean copy may have: redrawn without loss, a picture may become larger than it came."""
MOST_PIXELS = 64 * 1000**2
"""Of one picture. Larger JPEGs are drawn at half or a quarter of their size."""
MOST_PIXELS_OF_ALL = 128 * 1000**2
"""Of all pictures of a moving one."""
MOST_FRAMES = 1000
MOST_PARTS = 5000
"""Parts of an office file."""
MOST_UNPACKED = 256 * 1024**2
"""Bytes that a file's packed parts may unpack to, all together."""
LARGEST_XML = 32 * 1024**2
"""Bytes of one part that is read as XML."""
MOST_OBJECTS = 200_000
"""Objects of a PDF."""
MOST_PAGES = 2000
