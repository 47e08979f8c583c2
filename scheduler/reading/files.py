"""Opens what a person names as input; a pipe that nobody writes into is answered, not waited for."""

from __future__ import annotations

import errno
import os
import select
import stat
from pathlib import Path
from typing import IO

PATIENCE_SECONDS = 5.0
"""How long a named pipe may be silent before it is given up."""


def open_for_reading(path: str | Path) -> IO[bytes]:
    """Open a file, or a pipe as soon as something comes out of it.

    Raises:
        TimeoutError: nothing is written into the pipe.
        OSError: as ``open`` does.
    """
    if not stat.S_ISFIFO(os.stat(path).st_mode):  # noqa: PTH116  what open takes
        return Path(path).open("rb")
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        ready, _, _ = select.select([handle], [], [], PATIENCE_SECONDS)
        if not ready:
            raise TimeoutError(errno.ETIMEDOUT, "this is a pipe, and nothing is written into it: name a file")
        os.set_blocking(handle, True)
    except BaseException:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")
