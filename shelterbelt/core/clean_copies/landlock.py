"""Takes the disk and the network from this process for good, where the system can (Linux 5.13 and later: Landlock).

It binds the system's administrator too, unlike limits, and whatever this process would start.
"""

import ctypes
import os
import struct
import sys

_CREATE, _RESTRICT = 444, 446
"""Numbers of the system's calls, the same on every kind of processor in use (linux/landlock.h)."""
_ASK_VERSION = 1
_NO_NEW_RIGHTS = 38
_FILES = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 4: 0x7FFF}
"""All that can be done with files, as far as each version knows; from the fifth on 0xffff."""
_CONNECTIONS, _SCOPES = 0b11, 0b11
"""Binding and connecting; other processes' abstract sockets, and signals to them."""


def leave_the_disk() -> bool:
    """Have every file refused from now on, and every TCP connection; whether the system does that."""
    if sys.platform != "linux":
        return False
    system = ctypes.CDLL(None, use_errno=True)
    version = system.syscall(_CREATE, None, 0, _ASK_VERSION)
    if version < 1:
        return False
    asked = struct.pack("QQQ", _FILES.get(version, 0xFFFF), _CONNECTIONS, _SCOPES)
    asked = asked[: 8 if version < 4 else 16 if version < 6 else 24]
    rules = system.syscall(_CREATE, asked, len(asked), 0)
    if rules < 0:
        return False
    system.prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0)
    is_bound: bool = system.syscall(_RESTRICT, rules, 0) == 0
    os.close(rules)
    return is_bound
