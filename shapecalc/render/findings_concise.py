"""Findings one on a line, `file:line:column: error[CODE]: message`, as editors and `grep` read them.

Pitfall: the words `error` and `warning` stay English here, because programs look for them.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import Diagnostic
from .safe import clean


def render(diagnostics: Sequence[Diagnostic], files: Sequence[str]) -> str:
    """One line a finding."""
    return "".join(f"{_line(d)}\n" for d in diagnostics)


def _line(diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.span}: " if diagnostic.span else ""
    return clean(f"{place}{diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}")
