"""Whose hand-in a file is: from the names that Moodle, Canvas, Gradescope, nbgrader and teachers' own folders give it.

Pitfall: two students may have one name and no two one number, so where a platform writes a number that is the student,
and the name is kept as a fact beside it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

from ..errors import UsageError
from ..pattern import Pattern
from ..record import Record
from ..text import _
from .spelling.listed import listed

MAX_NAME = 512
_MOODLE = Pattern(
    r"(?P<name>[^/]*?)_(?P<id>\d+)_assignsubmission_(?P<kind>file|onlinetext|[a-z]+)_?(?P<rest>[^/]*)"
)
_CANVAS = Pattern(
    r"(?P<name>[^_/]+?)(?P<late>_LATE)?_(?:question_\d+_)?(?P<id>\d+)_(?:(?P<sub>\d+)_)?(?P<file>[^/]+)"
)
_NBGRADER = Pattern(
    r"(?:^|.*/)(?P<step>submitted|autograded|feedback|source|release)/(?P<id>[^/]+)/(?P<assignment>[^/]+)/[^/]+(?:/[^/]+)*"
)
_OTTER = Pattern(r"(?P<rest>[^/]+?)_\d{4}_\d\d_\d\dT\d\d_\d\d_\d\d_\d+")
"""What otter calls an exported notebook: the time, and no student."""
_STEPS = ("autograded", "feedback", "source", "release")
_ATTEMPT = Pattern(
    r"(?:(?:^|[-_ ])\(?(?:attempt|version|ver|try|v|第)[-_ ]?(\d{1,4})(?:次|版)?\)?|[-_](\d{1,3})|\s?\((\d{1,3})\))$",
    re.IGNORECASE,
)
_NESTED = Pattern(
    r"\((?:[^()\\]|\\.)*[+*}](?:[^()\\]|\\.)*\)\s*[+*{]|\((?:[^()\\]|\\.)*\|(?:[^()\\]|\\.)*\)\s*[+*{]|(?:\([^()]*\([^()]*[+*}])[^()]*\)[^()]*\)\s*[+*{]|\\[1-9]"
)
_GENERIC = frozenset(
    listed(
        "answers answer sheet submission homework hw solution solutions assignment part question lenet alexnet table answersheet answer_sheet data file files 答案 作业"
    )
)


class Identity(Record):
    """A student, which of several attempts this is (a later one is larger), and what else the name says."""

    student: str
    attempt: tuple[int, ...] = ()
    facts: Mapping[str, Any] = {}
    skipped: bool = False
    """Not a hand-in: another step of nbgrader's, which the teacher or the tool wrote."""
    base: str = ""
    """The name without the number of the attempt, `mei` of `mei (2).csv`: the student, where there is a `mei.csv` too."""


def compiled(pattern: str) -> re.Pattern[str]:
    """A teacher's pattern, with the student in its group `id` or its first one. Raises UsageError."""
    if len(pattern) > 300 or _NESTED.search(pattern):
        help = _(
            "a repeat inside a repeated group, (a+)+, and a look back, \\1, can take for ever: write it without"
        )
        raise UsageError(_("--id-pattern {pattern} is not accepted").format(pattern=pattern[:300]), help)
    try:
        found = re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise UsageError(_("--id-pattern is no regular expression: {reason}").format(reason=error)) from None
    if not found.groups:
        raise UsageError(
            _("--id-pattern has no group"), _("put brackets around the part that is the student: hw1_(\\w+)")
        )
    return found


def identity(name: str, pattern: re.Pattern[str] | None = None) -> Identity:
    """Who handed in the file of this name (a path below what was given, with /)."""
    if pattern:
        match = pattern.search(name[:MAX_NAME])
        found = match and (match["id"] if "id" in pattern.groupindex else match[1])
        if found:
            return _platform(name)._replace(student=found)
    return _platform(name)


def _platform(name: str) -> Identity:
    parts = name.split("/")
    for part in parts:
        if moodle := _MOODLE.fullmatch(part):
            facts = {
                "platform": "moodle",
                "name": moodle["name"],
                "identifier": f"Participant {moodle['id']}",
            }
            return Identity(moodle["id"], _attempt(parts[-1]), facts)
    if match := _NBGRADER.fullmatch(name):
        facts = {"platform": "nbgrader", "assignment": match["assignment"]}
        return Identity(match["id"], _attempt(parts[-1]), facts, match["step"] in _STEPS)
    for part in (os.path.splitext(parts[-1])[0], *parts[:-1]):
        if otter := _OTTER.fullmatch(part):
            canvas = _CANVAS.fullmatch(otter["rest"])
            if canvas is None or len(canvas["id"]) < 3:
                return Identity(part, facts={"platform": "otter"})
    for part in (parts[-1], parts[0]):
        if canvas := _CANVAS.fullmatch(part):
            facts = {"platform": "canvas", "name": canvas["name"], "identifier": canvas["id"]}
            if canvas["late"]:
                facts = {**facts, "late": True}
            return Identity(canvas["id"], (int(canvas["sub"] or 0), *_attempt(part)), facts)
    if len(parts) > 1:
        return Identity(_folder_of(parts[:-1]), _attempt(parts[-1]))
    stem = os.path.splitext(parts[0])[0]
    attempt = _ATTEMPT.search(stem)
    return Identity(stem, _attempt(stem), base=stem[: attempt.start()].rstrip(" _-") if attempt else "")


def _folder_of(folders: list[str]) -> str:
    """The folder that is a student's: the topmost one whose name is not a word for homework."""
    return next((f for f in folders if not generic(f)), folders[0])


def _attempt(name: str) -> tuple[int, ...]:
    """The number of an attempt in a file's name: answers-2.csv, answers (1).csv, hw_v3.csv."""
    match = _ATTEMPT.search(os.path.splitext(name)[0])
    number = match and next((g for g in match.groups() if g), None)
    return (int(number),) if number else (0,)


def wrapping(names: list[str]) -> int:
    """How many folders lie around all hand-ins, as unpacking leaves them: hw1/hw1/mei.csv, hw1/hw1/bob.csv."""
    split = [name.split("/") for name in names]
    depth = 0
    while split and all(len(parts) > depth + 1 and parts[depth] == split[0][depth] for parts in split):
        below = {parts[depth + 1] for parts in split}
        folders = all(len(parts) > depth + 2 for parts in split)
        if _platform("/".join(split[0][depth:])).facts or (
            not folders and (len(below) < 2 or all(map(generic, below)))
        ):
            break
        depth += 1
    return depth


def generic(name: str) -> bool:
    """Whether a file's name tells no student: answers.csv, hw1.ipynb, part2.md."""
    return os.path.splitext(name)[0].lower().rstrip("0123456789-_ ()") in _GENERIC
