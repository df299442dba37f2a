"""Findings as one JSON object, the number of files looked at beside them.

Pitfall: columns count characters from 1, and `end_column` is the first one outside.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import Diagnostic
from ..report.broken import diagnostic_data
from .json import pretty


def render(diagnostics: Sequence[Diagnostic], files: Sequence[str]) -> str:
    """`{"files": n, "diagnostics": […]}`."""
    return pretty({"files": len(files), "diagnostics": [diagnostic_data(d) for d in diagnostics]})
