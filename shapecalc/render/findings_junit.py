"""Findings as JUnit XML, which every build server shows: a suite a file, a failed case an error.

Pitfall: a warning fails nothing, so it is a passed case with the warning as its output.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from xml.etree import ElementTree as ET

from ..errors import Diagnostic
from .safe import clean


def render(diagnostics: Sequence[Diagnostic], files: Sequence[str]) -> str:
    """One suite a file, the files without findings too; what has no place is under `shapecalc`."""
    suites: dict[str, list[Diagnostic]] = {name: [] for name in files}
    for diagnostic in diagnostics:
        name = diagnostic.span.source.name if diagnostic.span else "shapecalc"
        suites.setdefault(name, []).append(diagnostic)
    root = ET.Element("testsuites", {"name": "shapecalc", **_numbers(suites.values())})
    for name, found in suites.items():
        suite = ET.SubElement(root, "testsuite", {"name": clean(name), **_numbers([found])})
        if not found:
            ET.SubElement(suite, "testcase", name="check", classname=clean(name))
        for diagnostic in found:
            _case(suite, clean(name), diagnostic)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _numbers(suites: Collection[list[Diagnostic]]) -> dict[str, str]:
    failures = sum(d.severity == "error" for found in suites for d in found)
    tests = sum(max(1, len(found)) for found in suites)
    return {"tests": str(tests), "failures": str(failures), "errors": "0"}


def _case(suite: ET.Element, name: str, diagnostic: Diagnostic) -> None:
    spot = {"file": name, "line": str(diagnostic.span.line)} if diagnostic.span else {}
    case = ET.SubElement(suite, "testcase", {"name": diagnostic.code, "classname": name, **spot})
    place = f"{diagnostic.span}: " if diagnostic.span else ""
    text = "\n".join(clean(line) for line in (place + diagnostic.message, diagnostic.help) if line)
    if diagnostic.severity == "error":
        failure = ET.SubElement(case, "failure", message=clean(diagnostic.message), type=diagnostic.code)
        failure.text = text
    else:
        ET.SubElement(case, "system-out").text = text
