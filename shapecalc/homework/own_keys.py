"""A key for every student: each hand-in is marked against its own, and all of them are one class.

Pitfall: a student may hand in a neighbour's sheet. The numbers that were given on it are then another key's, and that is
said; it is marked against his own key all the same, and nothing follows from what he was not given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..record import Record
from ..report.grades import Grades, Sheet
from ..text import N_, _
from .answers import HandIn
from .grade import Progress, Tools, grade, tools
from .judging import Rules
from .key import Key
from .quiz.roster import file_name

Given = Mapping[tuple[str, str], frozenset[Any]]
"""The right values of the cells that a sheet states itself."""
FACTS = ("email", "name", "sid", "identifier")
STRANGE = N_("the numbers given on this sheet are not those of its student, so nothing follows from them")
"""To the student, who is told nobody else's name."""
FEWEST = 2
"""Given cells that tell whose sheet it is; one number alone may be anybody's."""


class Keys(Record):
    """The students who have a key, as their keys' files are called, and how a key is read."""

    name: str
    students: Sequence[str]
    load: Callable[[str], Key]

    def whose(self, hand_in: HandIn) -> str | None:
        """The student whose key a hand-in is marked by, None where there is no such key."""
        known = {file_name(student).casefold(): student for student in self.students}
        facts = (str(hand_in.facts[fact]) for fact in FACTS if hand_in.facts.get(fact))
        names = (file_name(name).casefold() for name in (hand_in.student, *facts))
        return next((known[name] for name in names if name in known), None)


def grade_each(
    keys: Keys, hand_ins: Iterable[HandIn], rules: Rules, progress: Progress | None = None
) -> Grades:
    """Every hand-in marked by its student's key; who has none is in the class without a mark."""
    own = dict[str, list[HandIn]]()
    sheets: list[Sheet] = []
    for hand_in in hand_ins:
        student = keys.whose(hand_in)
        if student is None:
            said = _("there is no key for {student}").format(student=hand_in.student)
            problems = (*hand_in.problems, said)
            sheets.append(
                Sheet(hand_in.student, hand_in.file, (), problems, (), hand_in.facts, keys.name, rules.style)
            )
        else:
            own.setdefault(student, []).append(hand_in)
    others = _Others(keys)
    notes: dict[str, None] = {}
    conventions: Mapping[str, Any] = {}
    names: dict[str, None] = {}
    strange = list[str]()
    for done, (student, group) in enumerate(own.items(), 1):
        key = keys.load(student)
        use = tools(key)
        other = next(filter(None, (others.whose(hand_in, student, key, use) for hand_in in group)), None)
        if other:
            group = [hand_in._replace(problems=(*hand_in.problems, _(STRANGE))) for hand_in in group]
            strange.append(f"{student} ({other})")
        marked = grade(key, group, rules._replace(follow=False) if other else rules, use)
        sheets += marked.sheets
        notes |= dict.fromkeys(marked.notes)
        names[marked.name] = None
        conventions = conventions or marked.conventions
        if progress:
            progress(done, len(own))
    if strange:
        notes[_("sheets of somebody else (whose in brackets): {names}").format(names=", ".join(strange))] = (
            None
        )
    if absent := [student for student in keys.students if student not in own]:
        notes[_("no hand-in: {names}").format(names=", ".join(absent))] = None
    sheets.sort(key=lambda sheet: (sheet.student, sheet.file))
    name = next(iter(names)) if len(names) == 1 else keys.name
    return Grades(name, conventions, tuple(sheets), tuple(notes))


class _Others:
    """The given cells of all keys, read only when a sheet does not fit its own."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self.known: dict[str, Given] = {}

    def given(self, student: str, key: Key | None = None) -> Given:
        if student not in self.known:
            self.known[student] = _given(key or self.keys.load(student))
        return self.known[student]

    def whose(self, hand_in: HandIn, student: str, key: Key, use: Tools) -> str | None:
        """Another student whose given cells a sheet has; None where they are the student's own, or nobody's."""
        stated = dict(_stated(hand_in, key, use))
        if _fits(stated, self.given(student, key)):
            return None
        return next(
            (name for name in self.keys.students if name != student and _fits(stated, self.given(name))), None
        )


def _given(key: Key) -> Given:
    """The cells that the key does not ask for, as its sheet has them."""
    rows = key.asked_rows()
    found: dict[tuple[str, str], frozenset[Any]] = {}
    for row in (*(r for r in key.rows if r.kind == "input"), *rows):
        for column in key.grading.columns:
            if row in rows and key.cell(row, column, rows) is not None:
                continue
            values = frozenset(value for value, _q in key.answers(row, column, rows) if value is not None)
            if values:
                found[row.name, column] = values
    return found


def _stated(hand_in: HandIn, key: Key, use: Tools) -> Iterator[tuple[tuple[str, str], tuple[Any, ...]]]:
    """What a sheet says in each cell that can be read."""
    rows, _strays, _placed = use.match(key, hand_in)
    for name, row in rows.items():
        for column, text in row.cells.items():
            if column in key.grading.columns and text.strip():
                reading = use.read(text, column)
                if reading.state == "read":
                    yield (name, column), (reading.value, reading.also)


def _fits(stated: Mapping[tuple[str, str], tuple[Any, ...]], given: Given) -> bool:
    """Return True if a sheet states what is given, as far as both have it; too little of it tells nothing."""
    both = [place for place in given if place in stated]
    return len(both) < FEWEST or all(given[place].intersection(stated[place]) for place in both)
