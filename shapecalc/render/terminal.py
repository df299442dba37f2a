"""The terminal that an answer is drawn for: as wide as it is, in colour where that was asked for.

Pitfall: rich asks the environment for colours by itself, so what was decided in `look` is forced upon it.
"""

from __future__ import annotations

import shutil
from io import StringIO

from rich.console import Console

from .look import Look


def console(look: Look) -> Console:
    """A console that writes into a text."""
    return Console(
        file=StringIO(),
        width=look.width or shutil.get_terminal_size().columns,
        force_terminal=look.color,
        color_system="standard" if look.color else None,
        legacy_windows=False,
    )
