"""Pages for students: a file each, under a name that is safe on every system, in a folder or in a zip for Moodle.

Pitfall: a student's id comes from a file name or a cell, so it may hold `../`, a colon or nothing at all; and Moodle finds
the student of a page by the number in the folder's name alone.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Mapping, Sequence

from ..errors import UsageError
from ..report.grades import Grades, Sheet, Style
from ..text import _, ngettext
from ._output import remark, write, write_bytes

_UNSAFE = re.compile(r"[^\w.@+-]+")
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
LONGEST = 80


def write_pages(
    grades: Grades, path: str, style: Style, format: str | None = None, gradebook: str | None = None
) -> None:
    """A page for every sheet, in HTML and in Markdown unless one is asked for; one student's further sheets get a number.

    A `path` that ends in .zip is one file for Moodle, its students by their numbers in `gradebook` where the hand-ins do
    not have them.
    """
    from ..render.look import Look
    from ..render.pages import PAGES, page

    look = Look(ascii=style.ascii)
    zipped = path.lower().endswith(".zip")
    formats = [format] if format else ["html"] if zipped else list(PAGES)
    pages = [{PAGES[f]: page(grades, sheet, f, look) for f in formats} for sheet in grades.sheets]
    if zipped:
        _zip(grades.sheets, pages, path, _participants(grades, gradebook))
    else:
        make_folder(path)
        taken: set[str] = set()
        for sheet, texts in zip(grades.sheets, pages):
            name = unique(safe(sheet.student), taken)
            for suffix, text in texts.items():
                write(text, os.path.join(path, f"{name}{suffix}"))
    n = len(grades.sheets)
    line = ngettext("{n} page written to {folder}", "{n} pages written to {folder}", n)
    remark(line.format(n=n, folder=path))


def _zip(
    sheets: Sequence[Sheet],
    pages: Sequence[Mapping[str, str]],
    path: str,
    known: Mapping[int, tuple[str, str]],
) -> None:
    """Moodle's "Upload multiple feedback files in a zip": folders named as those that it gives out."""
    data = io.BytesIO()
    taken: set[str] = set()
    lost = []
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, (sheet, texts) in enumerate(zip(sheets, pages)):
            if place in known:
                name, number = known[place]
                plain = " ".join(re.sub(r"[\W_]+", " ", name).split()) or "Participant"
                folder = unique(f"{plain[:LONGEST]}_{number}_assignsubmission_file_", taken)
            else:
                lost.append(sheet.student or sheet.file)
                folder = unique(safe(sheet.student), taken)
            for suffix, text in texts.items():
                member = zipfile.ZipInfo(
                    f"{folder}/feedback{suffix}", (1980, 1, 1, 0, 0, 0)
                )  # same in, same out
                member.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(member, text.encode("utf-8", "replace"))
    write_bytes(data.getvalue(), path)
    if lost:
        text = _("Moodle finds a page by the participant's number, and has none for {names}; give its worksheet as --gradebook")  # fmt: skip
        remark(text.format(names=", ".join(lost[:20]) + (", …" if len(lost) > 20 else "")))


def _participants(grades: Grades, gradebook: str | None) -> dict[int, tuple[str, str]]:
    """Name and number in Moodle of the sheets, by their places: from the hand-in's folder, or from Moodle's worksheet."""
    from ..homework.gradebooks.participants import from_folder, in_worksheet

    found: dict[int, tuple[str, str]] = {}
    if gradebook and os.path.exists(gradebook) and not gradebook.lower().endswith(".db"):
        from ._gradebook import read_gradebook

        found = in_worksheet(read_gradebook(gradebook)[0], grades, gradebook)
    own = {i: who for i, sheet in enumerate(grades.sheets) if (who := from_folder(sheet))}
    return {**found, **own}


def make_folder(folder: str) -> None:
    """The folder, made where it is not there. Raises UsageError where it cannot be."""
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise UsageError(
            _("{path} cannot be made: {reason}").format(path=folder, reason=error.strerror)
        ) from None


def safe(name: str) -> str:
    """A student's id as a file name: letters of any script, digits and . _ - @ +, and no option of a command."""
    plain = _UNSAFE.sub("_", name).strip("._ ")[:LONGEST].rstrip(".").lstrip("-")
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
