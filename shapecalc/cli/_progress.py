"""A line on stderr that says how far a long command has come, where somebody is looking.

Pitfall: it is for a terminal alone; on a pipe, and where quiet was asked for, nothing is written.
"""

from __future__ import annotations

import sys

from ._output import global_options


class Progress:
    """The line is written anew by `say`, and is gone at the end."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty() and not global_options().quiet

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.shown:
            sys.stderr.write("\r\x1b[K")

    def say(self, text: str) -> None:
        """Put `text` in the place of the line before."""
        if self.shown:
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()
