"""What was given on the command line, as pools of files whose names tell their students.

A shell writes `submitted/*/hw1` out as one path for each student, and what varies between them is the student. Pitfall: two
folders may as well be two sections of a class, so a folder's own name counts only where its files do not tell students.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence

from .hand_in_files import File, files
from .identity import generic, identity

TREE = "submitted"
"""Nbgrader's folder of hand-ins: submitted/STUDENT/ASSIGNMENT/FILE."""
DEPTH = 4
"""How far up from what was given that folder is looked for."""
SEVERAL = 3
"""Folders from which on a name that recurs in most of them is the homework's and not a student's."""


def pools(paths: Sequence[str], whole: bool) -> list[list[File]]:
    """The files of paths that are one class together, or of each path by itself; `whole` names have all that varies."""
    found = [list(files(path)) for path in paths]
    parts = [_parts(path) for path in paths]
    above = [_tree(own, path) for own, path in zip(parts, paths)]
    if not all(above):
        above = _varying(parts, paths, found, whole)
    named = [
        [file._replace(name="/".join(filter(None, (top, file.name)))) for file in own]
        for top, own in zip(above, found)
    ]
    return [[file for own in named for file in own]] if all(above) else named


def _parts(path: str) -> list[str]:
    return os.path.abspath(path).replace(os.sep, "/").split("/")


def _tree(parts: Sequence[str], path: str) -> str:
    """The way down from nbgrader's folder to a path, its own name left to the file; empty where it is in no such tree."""
    near = parts[-DEPTH:]
    way = near[near.index(TREE) :] if TREE in near else []
    return "/".join(way if os.path.isdir(path) else way[:-1])


def _varying(
    parts: Sequence[Sequence[str]], paths: Sequence[str], found: Sequence[Sequence[File]], whole: bool
) -> list[str]:
    """For each path what stands above its files: the student, or nothing where the files tell him."""
    stems = [_stem(path, own[-1]) for path, own in zip(paths, parts)]
    opened = [os.path.isdir(path) or path.lower().endswith(".zip") for path in paths]
    before, after = _common(parts), _common([own[::-1] for own in parts])
    if len(paths) > 1 and all(len(own) > before + after for own in parts):
        differing = [own[before : len(own) - after] for own in parts]
        if whole:
            return ["/".join((*own[before:-1], *([own[-1]] if o else []))) for own, o in zip(parts, opened)]
        if after:
            return _student(differing)
        if all(opened) and _homework(found):
            return stems
    return [
        stem if o and identity(f"{stem}/x").facts.get("platform") in ("moodle", "otter") else ""
        for stem, o in zip(stems, opened)
    ]


def _stem(path: str, name: str) -> str:
    return name if os.path.isdir(path) else os.path.splitext(name)[0]


def _common(parts: Sequence[Sequence[str]]) -> int:
    """How many parts all paths begin with."""
    return next(
        (i for i, column in enumerate(zip(*parts)) if len(set(column)) > 1), min(map(len, parts), default=0)
    )


def _student(differing: Sequence[Sequence[str]]) -> list[str]:
    """The part of each that tells the most apart; the last one of several that do."""
    depth = min(map(len, differing))
    best = max(range(depth), key=lambda i: (len({own[i] for own in differing}), i))
    return [own[best] for own in differing]


def _homework(found: Sequence[Sequence[File]]) -> bool:
    """Return True if the files are called after the homework: a word for it, or one name in most of the folders."""
    names = [{file.name.rsplit("/", 1)[-1] for file in own} for own in found]
    counts = Counter(name for own in names for name in own)
    if counts and all(generic(name) for name in counts):
        return True
    return len(found) >= SEVERAL and any(2 * n > len(found) for n in counts.values())
