"""Wrong answers for a blank: what usual slips give, and where there are too few of them, near misses.

Pitfall: two slips may give the same number, and one may give the right one; a choice must be there once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...graph import Shape
from ...report.quiz import Blank, Choice, Quiz, Value, Wrong
from ..question import TOTAL, Question
from ..slips import distractors
from .lot import Lot
from .make import Draft

LETTERS = "abcdefghij"


def with_wrong(quiz: Quiz, draft: Draft, credit: Mapping[str, float], seed: object, most: int = 3) -> Quiz:
    """The sheet with the values that usual slips give beside every blank."""

    def add(blank: Blank) -> Blank:
        found = [w for w in slips(draft, blank, most, seed) if w.value not in (blank.value, *blank.also)]
        return blank._replace(wrong=tuple(w._replace(credit=credit.get(w.id, 0.0)) for w in found))

    return changed(quiz, add)


def with_choices(quiz: Quiz, draft: Draft, credit: Mapping[str, float], seed: object, n: int) -> Quiz:
    """The sheet with `n` answers to choose from at every blank, the right one among them, in an order drawn by the seed."""

    def add(blank: Blank) -> Blank:
        lot = Lot("choices", seed, blank.row, blank.column)
        wrong: dict[Value, Wrong] = {}
        for found in (*slips(draft, blank, n - 1, seed), *_misses(quiz, blank, lot)):
            if found.value not in (blank.value, *blank.also) and len(wrong) < n - 1:
                wrong.setdefault(found.value, found)
        answers = [(blank.value, "", ""), *((w.value, w.id, w.message) for w in wrong.values())]
        choices = [
            Choice(LETTERS[i], value, value == blank.value, id, message)
            for i, (value, id, message) in enumerate(lot.order(answers))
        ]
        kept = tuple(w._replace(credit=credit.get(w.id, 0.0)) for w in wrong.values())
        return blank._replace(choices=tuple(choices), wrong=kept)

    return changed(quiz, add)


def changed(quiz: Quiz, change: Any) -> Quiz:
    """The sheet with every blank changed."""
    lines = (
        line._replace(cells=tuple(change(cell) if isinstance(cell, Blank) else cell for cell in line.cells))
        for line in quiz.lines
    )
    return quiz._replace(lines=tuple(lines))


def slips(draft: Draft, blank: Blank, n: int, seed: object) -> Iterator[Wrong]:
    """What usual slips give for a blank, the commonest first."""
    asked = question(draft, blank) if blank.row != TOTAL else None
    if asked is None:
        return
    for value, name, message in distractors(asked, n, seed):
        yield Wrong(_shown(value, blank, draft), name, message)


def question(draft: Draft, blank: Blank) -> Question | None:
    """A blank as the catalogue of slips wants it: the layer, its inputs, and the layers on the way to it."""
    cell = draft.key.cell(draft.key.row(blank.row), blank.column)
    return draft.key.whole(cell) if cell else None


def _shown(value: Any, blank: Blank, draft: Draft) -> Value:
    """A slip's channels-last shape in the layout of the sheet."""
    if isinstance(value, tuple) and blank.column == "output_shape" and draft.wanted.layout == "CHW":
        return (value[-1], *value[:-1]) if len(value) > 1 else value
    return value  # type: ignore[no-any-return]


def _misses(quiz: Quiz, blank: Blank, lot: Lot) -> Iterator[Wrong]:
    """Plausible values without a slip: those of other rows of the column, then numbers near the right one."""
    column, right = quiz.columns.index(blank.column), blank.value
    others = [
        cell.value if isinstance(cell, Blank) else cell for cell in (ln.cells[column] for ln in quiz.lines)
    ]
    alike = [v for v in dict.fromkeys(others) if v and type(v) is type(right) and _rank(v) == _rank(right)]
    near = list(_near(right))
    for value in [*lot.order(alike)[:1], *near[:2], *alike, *near[2:]]:
        yield Wrong(value, "", "")


def _rank(value: Any) -> int:
    return len(value) if isinstance(value, tuple) else 0


def _near(right: Value) -> Iterator[Value]:
    """Values that a slip of the pen would give."""
    if isinstance(right, tuple):
        for i in (0, 1, -1, 2):
            yield (
                tuple(max(1, n + i) for n in right[:-1]) + right[-1:]
                if len(right) > 1
                else (max(1, right[0] + i),)
            )
        yield from (_scaled(right, 2), _scaled(right, 3))
    else:
        yield from (
            2 * right,
            right // 2,
            right + 1,
            max(right - 1, 1),
            10 * right,
            right + 10,
            right + 2,
            right + 3,
        )
        yield from (1, 2, 4, 8, 16, 32, 64, 128)


def _scaled(right: Shape, by: int) -> Shape:
    return tuple(n * by for n in right)
