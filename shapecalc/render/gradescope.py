"""Gradescope's results.json for one hand-in: a test a cell, its score, and what the student may be told.

As gradescope/autograder_samples, docs/specs.md has it. Pitfall: a file that is missing shows a student nothing but
"autograder failed", so a hand-in that cannot be read still gets a whole file, with a score of 0 and the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..report.grades import Cell, Grades, Sheet, number, tidy
from ..report.told import feedback
from ..text import _
from .json import pretty
from .safe import stripped


def render(grades: Grades, sheet: Sheet | None, notes: Sequence[str] = ()) -> str:
    """The text of results.json; without a sheet, that of a submission in which nothing was found."""
    if sheet is None:
        lines = [_("nothing to mark was found in the submission"), *notes]
        return pretty(
            {"score": 0.0, "output": "\n".join(map(stripped, lines)), "output_format": "text", "tests": []}
        )
    rows = list(dict.fromkeys(cell.layer for cell in sheet.cells))
    seen: dict[str, int] = {}
    tests = []
    for cell in sheet.told():
        seen[cell.layer] = seen.get(cell.layer, 0) + 1
        tests.append(_test(sheet, cell, f"{rows.index(cell.layer) + 1}.{seen[cell.layer]}"))
    head = _("{score} of {max}").format(score=number(sheet.score), max=number(sheet.max_score))
    extra = {"key": grades.name, "key_version": grades.version, "conventions": " ".join(notes[:1])}
    return pretty(
        {
            "score": sheet.score,
            "output": "\n".join(map(stripped, [head, *sheet.problems])),
            "output_format": "text",
            "stdout_visibility": "hidden",
            "tests": tests,
            "extra_data": {key: stripped(value) for key, value in extra.items()},
        }
    )


def _test(sheet: Sheet, cell: Cell, number: str) -> Mapping[str, Any]:
    given = _("given {given}").format(given=cell.given) if cell.given.strip() else ""
    said = feedback(cell, sheet.style) or (_("right") if cell.right else _("not right"))
    tags = [cell.state] if not cell.right else []
    return {
        "number": number,
        "name": stripped(cell.place),
        "score": tidy(cell.score),
        "max_score": tidy(cell.marks),
        "status": "passed" if cell.credit >= 1 else "failed",
        "output": stripped("\n".join(part for part in (given, said) if part)),
        "output_format": "text",
        "tags": tags if sheet.style.hints else [*tags, *(d.id for d in cell.diagnoses)],
    }
