"""One run at a time reads a file, changes it and puts it back: the second one waits, and finds what the first has written.

The system's lock on the folder is taken, so nothing is left behind by a run that is killed. Pitfall: other programs know
nothing of it, and some systems have no such lock; so a file that changed meanwhile is noticed, and nothing is written.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import UsageError
from ..text import _

PATIENCE = 60.0
"""Seconds to wait for another run."""
_STEP = 0.05


@contextmanager
def locked(path: str) -> Iterator[None]:
    """No other run of ours changes files in the folder of `path`. Raises UsageError where one does not get done."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    try:
        folder = os.open(os.path.dirname(os.path.realpath(path)), os.O_RDONLY)
    except OSError:  # what is wrong with it is said where it is written
        yield
        return
    try:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    message = _("another run is writing beside {path}").format(path=path)
                    raise UsageError(message, _("wait until it is done, and run again")) from None
                time.sleep(_STEP)
                continue
            except OSError:  # a file system without locks
                pass
            break
        yield
    finally:
        os.close(folder)


def unchanged(path: str, before: bytes | None) -> None:
    """Raises UsageError where a file is no longer what was read; None is a file that was not there."""
    try:
        with open(path, "rb") as file:
            now: bytes | None = file.read()
    except OSError:
        now = None
    if now != before:
        raise UsageError(
            _("{path} was changed by another program meanwhile, and nothing was written").format(path=path),
            _("close it there, and run again"),
        )
