"""All hand-ins of a class, one after the other: files, folders as learning platforms unpack them, and zips.

Only names are held at once, never the sheets. Pitfall: one broken hand-in must not stop the class, so what cannot be read
is a HandIn without rows and with the reason.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..errors import UsageError, nearest
from ..record import Record
from ..text import _
from .answers import HandIn
from .gradescope import NAME, Submitter, submitters
from .hand_in_files import File
from .identity import Identity, compiled, identity, wrapping
from .sheets import read_sheets, readable
from .sheets.columns import Names
from .sheets.sheet import Sheet, merged
from .spelling.refused import Refused
from .trees import pools

MOST_NAMED = 5


class _Found(Record):
    """A file and whose it is."""

    file: File
    who: Identity


class _How(Record):
    """How hand-ins are read and told apart."""

    encoding: str
    pattern: Any
    names: Names
    assignment: str | None
    every: bool
    called: tuple[str, ...] = ()
    """Names that the key goes by: an assignment of one of them is its own."""


def read_answers(
    paths: Sequence[str],
    *,
    encoding: str = "utf-8",
    id_pattern: str | None = None,
    names: Names = frozenset(),
    assignment: str | None = None,
    every: bool = False,
    called: tuple[str, ...] = (),
) -> Iterator[HandIn]:
    """The hand-ins under `paths`, sorted by student within each path, read one at a time as they are asked for.

    A path is a file, a folder, or a zip. The student is whom the file itself names (a column `student_id`), else whom its
    folder's or its own name does, by the platforms' patterns or by `id_pattern`, a regular expression on the path below
    what was given, with the student in its group `id` or its first one. Of several files of one student the latest attempt
    with answers in it counts, and the others are named in its problems; with `every` attempt, each is a hand-in. `names`
    are those of the key's rows, canonical: they go before words for columns. `assignment` is the one to read in a tree of
    several; where none is said, the one that is `called` as the key is. Raises UsageError where a path is not there, the
    encoding is unknown, the pattern is not accepted, or (while reading) a tree has several assignments and none is named;
    never for what lies in a file.
    """
    how = _how(paths, encoding, id_pattern, names, assignment, every)._replace(called=called)
    return _all(list(dict.fromkeys(paths)), how)


def hand_in_files(
    paths: Sequence[str],
    *,
    encoding: str = "utf-8",
    id_pattern: str | None = None,
    assignment: str | None = None,
) -> Iterator[tuple[File, str]]:
    """The files of all hand-ins with their students, unread. Raises UsageError as `read_answers` does."""
    how = _how(paths, encoding, id_pattern, frozenset(), assignment, False)
    for found in pools(list(dict.fromkeys(paths)), bool(how.pattern)):
        for one in _named(found, how, _metadata(found)):
            yield one.file, one.who.student


def _how(
    paths: Sequence[str],
    encoding: str,
    id_pattern: str | None,
    names: Names,
    assignment: str | None,
    every: bool,
) -> _How:
    """What was asked for, checked."""
    pattern = compiled(id_pattern) if id_pattern else None
    known(encoding)
    for path in paths:
        if not os.path.exists(path):
            raise UsageError(
                _("{path} is not there").format(path=path), _("give a file, a folder or a zip of answers")
            )
    return _How(encoding, pattern, names, assignment, every)


def known(encoding: str) -> None:
    """Raises UsageError for the name of no encoding."""
    import codecs

    try:
        codecs.lookup(encoding)
    except (LookupError, ValueError):
        raise UsageError(
            _("the encoding {name} is not known").format(name=encoding),
            _("there are utf-8, gb18030, utf-16, latin-1 …"),
        ) from None


def _all(paths: list[str], how: _How) -> Iterator[HandIn]:
    seen = dict[str, str]()
    for found in pools(paths, bool(how.pattern)):
        metadata = _metadata(found)
        for student, group in _grouped(_named(found, how, metadata)):
            for hand_in in _hand_ins(student, group, metadata.get(student), how):
                first = seen.setdefault(hand_in.student, hand_in.file)
                if first != hand_in.file and not how.every:
                    message = _("{student} also has a hand-in in {file}; --id-pattern tells students apart")
                    message = message.format(student=hand_in.student, file=first)
                    hand_in = hand_in._replace(problems=(*hand_in.problems, message))
                yield hand_in


def _metadata(found: list[File]) -> dict[str, list[Submitter]]:
    """Gradescope's submitters by folder, where the export's file lies among the others."""
    for file in found:
        if file.name.rsplit("/", 1)[-1] == NAME:
            try:
                return submitters(file.read())
            except Refused:
                continue
    return {}


def _named(found: list[File], how: _How, metadata: Mapping[str, Any]) -> list[_Found]:
    """The files that are hand-ins, each with its student; Gradescope's by folder."""
    found = [file for file in found if file.name.rsplit("/", 1)[-1] != NAME]
    if any(
        "submitted" in file.name.split("/")[:-2] for file in found
    ):  # nbgrader's other steps are no hand-ins
        found = [file for file in found if "submitted" in file.name.split("/")[:-2]]
    strip = 0 if how.pattern or metadata else wrapping([file.name for file in found])
    named = list[_Found]()
    for file in found:
        folder = next((part for part in file.name.split("/")[:-1] if part in metadata), None)
        name = file.name.split("/", strip)[-1]
        who = Identity(folder, identity(file.name).attempt) if folder else identity(name, how.pattern)
        if not who.skipped:
            named.append(_Found(file, who))
    return _of_assignment(named, how)


def _grouped(named: list[_Found]) -> list[tuple[str, list[_Found]]]:
    """Files by student, both in a stable order."""
    students = {one.who.student for one in named}
    groups = dict[str, list[_Found]]()
    for one in named:
        groups.setdefault(one.who.base if one.who.base in students else one.who.student, []).append(one)
    return sorted(groups.items(), key=lambda item: (item[0].casefold(), item[0]))


def _of_assignment(named: list[_Found], how: _How) -> list[_Found]:
    """The files of one assignment. Raises UsageError where it is not there, or there are several and none is named."""
    there = sorted({str(one.who.facts["assignment"]) for one in named if "assignment" in one.who.facts})
    listed = ", ".join(there)
    own = [name for name in there if name in how.called]
    wanted = how.assignment or (own[0] if len(there) > 1 and len(own) == 1 else None)
    if wanted is None:
        if len(there) > 1:
            message = _("the hand-ins are of {n} assignments: {names}").format(n=len(there), names=listed)
            raise UsageError(message, _("say which: --assignment {name}").format(name=there[0]))
        return named
    kept = [one for one in named if wanted in one.file.name.split("/")[:-1]]
    if named and not kept:
        near = nearest(wanted, there)
        help = _("did you mean {word}?").format(word=near) if near else ""
        help = help or (_("there are {names}").format(names=listed) if there else "")
        raise UsageError(
            _("no hand-in is of the assignment {name}").format(name=wanted),
            help or _("an assignment is a folder around its hand-ins"),
        )
    return kept


def _hand_ins(student: str, group: list[_Found], team: list[Submitter] | None, how: _How) -> Iterator[HandIn]:
    """The hand-ins of one student's files: one, or a class where a file names its students, or every attempt."""
    latest = sorted(
        group,
        key=lambda f: (readable(f.file.name), f.who.attempt, "_onlinetext_" not in f.file.name, f.file.name),
        reverse=True,
    )
    problems = list[str]()
    done = 0
    for place, found in enumerate(latest):
        try:
            if found.file.problem:
                raise Refused(found.file.problem)
            sheets = merged(read_sheets(found.file.read(), found.file.name, how.encoding, how.names))
        except Refused as refused:
            problems.append(
                _("{file}: {reason}").format(file=os.path.basename(found.file.name), reason=refused.reason)
            )
            continue
        done += 1
        others = [os.path.basename(other.file.name) for other in latest[place + 1 :]]
        if others and sheets and not how.every:
            named = ", ".join(others[:MOST_NAMED]) + (" …" if len(others) > MOST_NAMED else "")
            message = _("{file} counts, as the latest; not read: {others}")
            problems.append(message.format(file=os.path.basename(found.file.name), others=named))
        yield from _of_file(found, sheets, problems, student, team)
        if not how.every:
            break
        problems = []
    if not done:
        yield from _of_file(latest[0], [], problems, student, team)


def _of_file(
    found: _Found,
    sheets: Sequence[Sheet],
    problems: Sequence[str],
    student: str,
    team: list[Submitter] | None,
) -> Iterator[HandIn]:
    """What a file gives, for everyone whose it is."""
    for sheet in sheets or [Sheet()]:
        facts = {**found.who.facts, **sheet.facts}
        said = (*problems, *sheet.problems)
        if sheet.student or not team:
            yield HandIn(sheet.student or student, found.file.path, sheet.rows, said, facts)
            continue
        for member in team:
            own = {**facts, **member.facts, "submission": student}
            yield HandIn(member.student or student, found.file.path, sheet.rows, said, own)
