"""The gradebook: a teacher's file filled in place, or a plain one written where there is none.

Pitfall: bytes that are no UTF-8 are carried through as they are; only a UTF-16 file is decoded, since its commas take
two bytes.
"""

from __future__ import annotations

import codecs
import os

from ..errors import UsageError
from ..report.gradebook import HEAD, Gradebook
from ..report.grades import Grades
from ..text import _
from ._output import remark, write


def write_gradebook(grades: Grades, path: str, column: str | None, bom: bool) -> None:
    """Fill the file, or write a new one. Raises UsageError where it cannot be told what to fill."""
    if path.lower().endswith(".db"):
        _database(grades, path, column)
        return
    if not os.path.exists(path):
        _new(grades, path, (), bom)
        return
    text, encoding = read_gradebook(path)
    from ..homework.gradebooks import fill
    from ..homework.gradebooks.sheet import parse
    from ..render.pages.comment import in_html

    table = parse(text)
    if table.header[: len(HEAD)] == HEAD:
        ids = [table.value(row, 0).lstrip("'") for row in range(1, len(table.rows))]
        known = {sheet.student for sheet in grades.sheets}
        _new(
            grades,
            path,
            tuple(dict.fromkeys(name for name in ids if name not in known)),
            bom or text.startswith("\ufeff"),
        )
        return
    filled = fill(text, grades, column, path, {id(sheet): in_html(sheet) for sheet in grades.sheets})
    write(filled.text, path, encoding=encoding, errors="surrogateescape")
    for note in filled.notes:
        remark(note)
    remark(_("{path} is filled").format(path=path))


def _database(grades: Grades, path: str, name: str | None) -> None:
    """Fill nbgrader's gradebook.db."""
    from ..homework.gradebooks.database import fill_database
    from ..render.pages.comment import in_markdown

    comments = {id(sheet): in_markdown(sheet) for sheet in grades.sheets}
    for note in fill_database(grades, path, name, comments):
        remark(note)
    remark(_("{path} is filled").format(path=path))


def _new(grades: Grades, path: str, absent: tuple[str, ...], bom: bool) -> None:
    from ..render import render

    delimiter = "tsv" if path.lower().endswith(".tsv") else "csv"
    text = render([Gradebook(grades, absent)], delimiter)
    write(f"\ufeff{text}" if bom else text, path)
    if absent:
        remark(_("no hand-in: {names}").format(names=", ".join(absent)))


def read_gradebook(path: str) -> tuple[str, str]:
    """The file's text, each odd byte a letter of its own, and how it is to be written again."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise UsageError(
            _("{path} cannot be read: {reason}").format(path=path, reason=error.strerror)
        ) from None
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                break
    return data.decode("utf-8", "surrogateescape"), "utf-8"
