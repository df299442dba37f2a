"""The gradebook: a teacher's file filled in place, our own one brought up to date, or a plain one where there is none.

Pitfall: bytes that are neither UTF-8 nor the encoding that was named are carried through as they are; only a UTF-16 file
is decoded, since its commas take two bytes.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable

from ..errors import UsageError
from ..record import Record
from ..report.gradebook import HEAD, Gradebook
from ..report.grades import Grades
from ..text import _
from ._lock import locked, unchanged
from ._output import remark, write

MOST_BYTES = 32 * 2**20
"""Of a gradebook; one of 10,000 students has a few million."""
NOTHING = "–"


class Way(Record):
    """How a gradebook is filled: its column, a mark for Excel in a new one, its encoding.

    `dry` only says what would change; an `anonymous` run fills no file that has names.
    """

    column: str | None = None
    bom: bool = False
    encoding: str | None = None
    dry: bool = False
    anonymous: bool = False


def write_gradebook(grades: Grades, path: str, way: Way) -> None:
    """Fill the file, or write a new one. Raises UsageError where it cannot be told what to fill."""
    with locked(path):
        if path.lower().endswith(".db"):
            _named(path, way)
            _database(grades, path, way)
        elif os.path.exists(path):
            _fill(grades, path, way)
        else:
            text = _plain(grades, path)
            if not way.dry:
                unchanged(path, None)
                write(f"\ufeff{text}" if way.bom else text, path)
            _person(grades)
            _changes([(s.student, "", f"{s.score:g}") for s in grades.sheets if not s.unread], way.dry)


def _fill(grades: Grades, path: str, way: Way) -> None:
    from ..homework.gradebooks import fill
    from ..homework.gradebooks.own import refilled
    from ..homework.gradebooks.sheet import parse
    from ..render.pages.comment import in_html

    data = _bytes(path)
    text, encoding = decoded(data, way.encoding)
    table = parse(text)
    own = table.header[: len(HEAD)] == HEAD
    if own:
        rows = [table.value(row, 0).lstrip("'") for row in range(1, len(table.rows))]
        filled = refilled(text, _plain(grades, path), {s.student for s in grades.sheets if s.unread})
        known = {sheet.student for sheet in grades.sheets}
        absent = [name for name in rows if name not in known]
        _person(grades)
    else:
        _named(path, way)
        absent = []
        filled = fill(text, grades, way.column, path, {id(sheet): in_html(sheet) for sheet in grades.sheets})
    if not way.dry:
        unchanged(path, data)
        bom = "\ufeff" if own and way.bom and not filled.text.startswith("\ufeff") else ""
        write(bom + filled.text, path, encoding=encoding, errors="surrogateescape")
    for note in filled.notes:
        remark(note)
    if absent:
        remark(_("no hand-in, and left as they were: {names}").format(names=", ".join(absent)))
    _changes([(c.student, c.old, c.new) for c in filled.changes], way.dry)
    if not way.dry:
        remark(_("{path} is filled").format(path=path))


def _named(path: str, way: Way) -> None:
    """Raises UsageError where a file with names is to be filled by a run that must not know any."""
    if way.anonymous:
        raise UsageError(
            _("{path} has names, and --anonymous is for marks without").format(path=path),
            _("give a new name to have a gradebook written, or leave --anonymous out"),
        )


def _changes(changes: Iterable[tuple[str, str, str]], dry: bool) -> None:
    """Marks that changed, old → new; before anything is written also those where none stood."""
    told = [f"{name} {old or NOTHING} → {new}" for name, old, new in changes if dry or old]
    if told:
        text = _("marks that would be written: {names}") if dry else _("marks that changed: {names}")
        remark(text.format(names=", ".join(told)))
    elif dry:
        remark(_("no mark would change"))


def _person(grades: Grades) -> None:
    """Hand-ins that somebody has to look at."""
    unread = [sheet.student or sheet.file for sheet in grades.sheets if sheet.unread]
    if unread:
        text = _("for a person, since they could not be read; their marks stay as they were: {names}")
        remark(text.format(names=", ".join(unread)))


def _database(grades: Grades, path: str, way: Way) -> None:
    """Fill nbgrader's gradebook.db, or a copy of it where nothing may be written."""
    from ..homework.gradebooks.database import fill_database
    from ..render.pages.comment import in_markdown

    comments = {id(sheet): in_markdown(sheet) for sheet in grades.sheets}
    if way.dry:
        from shutil import copyfile
        from tempfile import TemporaryDirectory

        with TemporaryDirectory() as folder:
            copy = os.path.join(folder, "gradebook.db")
            if os.path.exists(path):
                copyfile(path, copy)
            notes = fill_database(grades, copy, way.column, comments)
    else:
        notes = fill_database(grades, path, way.column, comments)
    for note in notes:
        remark(note)
    if not way.dry:
        remark(_("{path} is filled").format(path=path))


def _plain(grades: Grades, path: str) -> str:
    """A whole gradebook of this run."""
    from ..render import render

    return render([Gradebook(grades)], "tsv" if path.lower().endswith(".tsv") else "csv")


def read_gradebook(path: str, encoding: str | None = None) -> tuple[str, str]:
    """The file's text, and how it is to be written again."""
    return decoded(_bytes(path), encoding)


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(
            _("{path} cannot be read: {reason}").format(path=path, reason=error.strerror)
        ) from None
    if len(data) > MOST_BYTES:
        message = _("{path} has more than {n} MB").format(path=path, n=MOST_BYTES // 2**20)
        raise UsageError(message, _("take out the columns that are not needed"))
    return data


def decoded(data: bytes, named: str | None = None) -> tuple[str, str]:
    """A file's text and its encoding: UTF-16 by its mark, UTF-8 where valid, else the one that was named.

    What is none of them is UTF-8 with each odd byte a letter of its own.
    """
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark) and (text := _text(data, encoding)) is not None:
            return text, encoding
    for name in ("utf-8", named):
        if name and (text := _text(data, name)) is not None:
            return text, name
    return data.decode("utf-8", "surrogateescape"), "utf-8"


def _text(data: bytes, encoding: str) -> str | None:
    """The text, None where it would not be the same bytes again."""
    try:
        text = data.decode(encoding)
        return text if text.encode(encoding) == data else None
    except (UnicodeError, LookupError):
        return None
