"""Findings in SARIF 2.1.0, the exchange format of code scanning (OASIS standard, 2020).

Pitfall: a path is a URI there, so blanks and Chinese letters are percent-encoded and backslashes turned.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from ..errors import Diagnostic, Span
from .json import pretty
from .safe import clean

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(diagnostics: Sequence[Diagnostic], files: Sequence[str]) -> str:
    """One run with one result a finding; every code that occurs is a rule."""
    rules = [{"id": code} for code in sorted({d.code for d in diagnostics})]
    run = {
        "tool": {"driver": {"name": "shapecalc", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": _artifact(name)} for name in dict.fromkeys(files)],
        "results": [_result(d) for d in diagnostics],
    }
    return pretty({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(diagnostic: Diagnostic) -> dict[str, Any]:
    text = diagnostic.message + (f"\nhelp: {diagnostic.help}" if diagnostic.help else "")
    result: dict[str, Any] = {"ruleId": diagnostic.code, "level": diagnostic.severity}
    result["message"] = {"text": text}
    if diagnostic.span:
        result["locations"] = [_location(diagnostic.span)]
    if diagnostic.related:
        result["relatedLocations"] = [
            {"id": i, **_location(related.span), "message": {"text": related.message}}
            for i, related in enumerate(diagnostic.related)
        ]
    return result


def _location(span: Span) -> dict[str, Any]:
    region = dict(zip(("startLine", "startColumn", "endLine", "endColumn"), span[1:]))
    return {"physicalLocation": {"artifactLocation": _artifact(span.source.name), "region": region}}


def _artifact(name: str) -> dict[str, str]:
    path = clean(name).replace("\\", "/")
    return {"uri": ("file://" if path.startswith("/") else "") + quote(path)}
