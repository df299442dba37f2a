"""What is done to a class after marking: marks given by hand, names taken out, and a look at an earlier run.

Pitfall: marks by hand come first, since they name students; after that nothing may hold a name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from ..errors import UsageError
from ..report.changed import Changed, changed
from ..report.grades import Grades
from ..text import _
from ._output import remark

MOST_BYTES = 512 * 2**20
"""Of an earlier run; one of 10,000 sheets has about 150 million."""


def final(
    grades: Grades, options: dict[str, Any], overrides: Sequence[Any], students: Sequence[str]
) -> Grades:
    """The grades as they are printed and written."""
    if options["salt"] and not options["anonymous"]:
        raise UsageError(_("--salt is for --anonymous"), _("give both, or neither"))
    if options["overrides"]:
        from ..api.grading import overrides_in

        overrides = (*overrides, *overrides_in(options["overrides"]))
    if overrides:
        from ..homework.overrides import overridden

        grades, said = overridden(grades, overrides)
        for line in () if options["anonymous"] else said:
            remark(line)
    if options["anonymous"]:
        from ..homework.anonymous import anonymous, pseudonyms

        options["pseudonym"] = pseudonyms(options["salt"])
        grades = anonymous(grades, options["pseudonym"], students)
    return grades


def compared(grades: Grades, options: dict[str, Any]) -> Changed | None:
    """What changed since the run that --compare names."""
    path = options["compare"]
    return changed(grades, _earlier(path, options.get("pseudonym")), path) if path else None


def _earlier(path: str, pseudonym: Callable[[str], str] | None) -> Any:
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
        old = json.loads(data) if len(data) <= MOST_BYTES else None
    except OSError as error:
        raise UsageError(
            _("{path} cannot be read: {reason}").format(path=path, reason=error.strerror)
        ) from None
    except (ValueError, RecursionError):
        old = None
    if pseudonym and isinstance(old, dict) and isinstance(old.get("answers"), list):
        for sheet in old["answers"]:
            name = str(sheet.get("student", "")) if isinstance(sheet, dict) else ""
            if name and not name.startswith("anon-"):
                sheet["student"] = pseudonym(name)
    return old
