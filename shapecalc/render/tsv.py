"""Tab-separated values: `csv` with another separator.

Pitfall: a tab inside a name is quoted, as in csv; a program must read quotes, not split lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..report.grid import Document
from .csv import write
from .look import Look


def render(documents: Sequence[Document], look: Look) -> str:
    """The documents' rows under one header."""
    return write(documents, "\t")
