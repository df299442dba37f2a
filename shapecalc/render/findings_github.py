"""Findings as GitHub Actions commands, which show as marks beside the lines of a pull request.

Pitfall: a line break or `::` in a message would start a command of its own, so both are escaped as GitHub asks.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import Diagnostic
from .safe import stripped


def render(diagnostics: Sequence[Diagnostic], files: Sequence[str]) -> str:
    """One command a finding."""
    return "".join(f"{_command(d)}\n" for d in diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    places: dict[str, object] = {}
    if span := diagnostic.span:
        places = {"file": span.source.name, "line": span.line, "endLine": span.end_line, "col": span.column}
        if span.line == span.end_line:  # GitHub drops the whole mark otherwise
            places["endColumn"] = max(span.column, span.end_column - 1)
    places["title"] = f"shapecalc {diagnostic.code}"
    message = "\n".join(filter(None, (diagnostic.message, diagnostic.help)))
    return f"::{diagnostic.severity} {','.join(f'{k}={_property(v)}' for k, v in places.items())}::{_data(message)}"


def _data(text: str) -> str:
    return stripped(text).replace("%", "%25").replace("\n", "%0A")


def _property(value: object) -> str:
    return _data(str(value)).replace(":", "%3A").replace(",", "%2C")
