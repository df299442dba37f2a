"""Marks without names: every student is a few letters that the salt and his id give, the same ones in every run with it.

Pitfall: a name stands in more places than one. File names, sentences about files and what a student wrote beside his
answers hold it, too, so whatever is known to name somebody is replaced wherever it stands.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from base64 import b32encode
from collections.abc import Callable, Iterable
from os.path import basename, splitext

from ..report.grades import Grades, Sheet
from .settle import is_late

LETTERS = 8
_SHORTEST = 2
_PARTED = re.compile(r"[\s_.+-]+")
"""What stands for a blank in a file's name: Jonas_Weber is Jonas Weber."""
_ADDRESS = re.compile(r"[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@,;<>()]+")


def pseudonyms(salt: str | None) -> Callable[[str], str]:
    """A student's letters; without a salt those of this run alone."""
    key = (salt or secrets.token_hex(16)).encode("utf-8", "surrogateescape")[:64]

    def pseudonym(student: str) -> str:
        digest = hashlib.blake2b(student.encode("utf-8", "surrogateescape"), key=key, digest_size=10).digest()
        return f"anon-{b32encode(digest).decode().lower()[:LETTERS]}"

    return pseudonym


def anonymous(grades: Grades, pseudonym: Callable[[str], str], students: Iterable[str] = ()) -> Grades:
    """The grades without anything that is known to name a student, in an order that tells nothing either.

    `students` are further ones that sentences may name.
    """
    names = {student.casefold(): pseudonym(student) for student in students}
    for sheet in grades.sheets:
        new = pseudonym(sheet.student or sheet.file)
        names |= {name.casefold(): new for name in _known(sheet)}
    hide = _hider(names)
    sheets = [_nameless(sheet, pseudonym(sheet.student or sheet.file), hide) for sheet in grades.sheets]
    notes = tuple(hide(note) for note in grades.notes)
    return grades._replace(sheets=tuple(sorted(sheets, key=lambda sheet: sheet.student)), notes=notes)


def _known(sheet: Sheet) -> Iterable[str]:
    """What names a student: the id, the file and its folders, and what the platform says of him."""
    stem = splitext(basename(sheet.file))[0]
    yield from (sheet.student, sheet.file, basename(sheet.file), stem)
    yield from (_PARTED.sub(" ", name).strip() for name in (sheet.student, stem))
    for fact in ("name", "email", "sid", "identifier", "login", "submission"):
        if text := str(sheet.facts.get(fact, "")):
            yield text


def _hider(names: dict[str, str]) -> Callable[[str], str]:
    """Replaces names, the longest first; a short one only where it stands alone."""
    known = sorted((name for name in names if len(name) >= _SHORTEST), key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in known), re.IGNORECASE)

    def hide(text: str) -> str:
        text = pattern.sub(lambda match: names[match[0].casefold()], text) if known and text else text
        return _ADDRESS.sub("…@…", text) if "@" in text else text

    return hide


def _nameless(sheet: Sheet, name: str, hide: Callable[[str], str]) -> Sheet:
    suffix = splitext(sheet.file)[1]
    cells = tuple(
        cell._replace(
            given=hide(cell.given),
            remark=hide(cell.remark),
            by_hand=None if cell.by_hand is None else hide(cell.by_hand),
        )
        for cell in sheet.cells
    )
    return sheet._replace(
        student=name,
        file=f"{name}{suffix}",
        cells=cells,
        problems=tuple(map(hide, sheet.problems)),
        strays=tuple(map(hide, sheet.strays)),
        settled=tuple(map(hide, sheet.settled)),
        facts={"late": True} if is_late(sheet.facts) else {},
    )
