"""Gradescope's results.json: one file for a submission, or a folder of them for a class.

Pitfall: in `submission/` all files are one student's, whatever their names; for a class the files go into a folder.
"""

from __future__ import annotations

import os

from ..report.grades import Grades
from ._feedback import make_folder, safe, unique
from ._output import write


def write_results(grades: Grades, path: str | None) -> None:
    """One hand-in to `path` or stdout; several into the folder `path`, a file for each student."""
    from ..render.gradescope import render

    if path and path != "-" and not path.lower().endswith(".json"):
        taken: set[str] = set()
        make_folder(path)
        for sheet in grades.sheets:
            name = unique(safe(sheet.student), taken)
            write(render(grades, sheet, grades.notes), os.path.join(path, f"{name}.json"), json=True)
        return
    folder = os.path.dirname(path) if path and path != "-" else ""
    if folder:
        make_folder(folder)
    first = grades.sheets[0] if grades.sheets else None
    write(render(grades, first, grades.notes if first else ()), path, json=True)
