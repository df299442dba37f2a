"""Pages for students: one Markdown file each, under a name that is safe on every system.

Pitfall: a student's id comes from a file name or a cell, so it may hold `../`, a colon or nothing at all.
"""

from __future__ import annotations

import os
import re

from ..errors import UsageError
from ..report.grades import Grades, Style
from ..text import _
from ._output import remark, write

_UNSAFE = re.compile(r"[^\w.@+-]+")
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
LONGEST = 80


def write_pages(grades: Grades, folder: str, style: Style) -> None:
    """A page for every sheet; one student's further sheets get a number."""
    from ..render.feedback import render
    from ..render.look import Look

    make_folder(folder)
    taken: set[str] = set()
    for sheet in grades.sheets:
        name = unique(safe(sheet.student), taken)
        write(render(sheet, grades.notes, Look(ascii=style.ascii)), os.path.join(folder, f"{name}.md"))
    remark(_("{n} pages written to {folder}").format(n=len(grades.sheets), folder=folder))


def make_folder(folder: str) -> None:
    """The folder, made where it is not there. Raises UsageError where it cannot be."""
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise UsageError(
            _("{path} cannot be made: {reason}").format(path=folder, reason=error.strerror)
        ) from None


def safe(name: str) -> str:
    """A student's id as a file name: letters of any script, digits and . _ - @ +."""
    plain = _UNSAFE.sub("_", name).strip("._ ")[:LONGEST].rstrip(".")
    if not plain or plain.partition(".")[0].lower() in _DEVICES:
        plain = f"student_{plain}".rstrip("_")
    return plain


def unique(name: str, taken: set[str]) -> str:
    """`name`, with a number where another file has it already, in whatever case."""
    found, n = name, 1
    while found.casefold() in taken:
        n += 1
        found = f"{name}-{n}"
    taken.add(found.casefold())
    return found
