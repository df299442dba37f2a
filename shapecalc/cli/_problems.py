"""`grade` where the key is a file of problems: a line a question, or the published answers that are to be checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..homework.problems import ProblemFile
from ..report.checked_key import CheckedKey
from ..report.grades import Style
from ._output import complain, emit


def command(
    file: ProblemFile, answers: Sequence[str], options: dict[str, Any], format: str, style: Style
) -> int:
    """Mark the answers, or check the published ones; the exit code."""
    from ..homework.problems.grading import grade_problems, notes, published
    from .grade import finish, rules

    complain(file.warnings)
    if options["check_key"]:
        checked = CheckedKey(published(file)._replace(notes=notes(file)))
        emit([checked], options, format)
        return int(bool(checked.errors))
    reading = {name: options[name] for name in ("id_pattern", "assignment")}
    encoding = options["encoding"] or "utf-8"
    grades = grade_problems(file, answers, rules(options, style), encoding, **reading)
    return finish(grades, answers, options, format, style)
