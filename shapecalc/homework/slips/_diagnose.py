"""From a wrong value back to the slip behind it: the student's own earlier values first, single slips before pairs.

Pitfall: a false name is worse than none. What no usual slip gives gets no name, and a diagnosis is a hint, not a fact.
"""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from typing import Any

from ...graph import Shape
from ...record import Record
from ..question import Question
from ._chain import MISFIT
from ._number import last_digit, last_resort, seen_in
from ._plausibility import COMMON, expected
from ._slip import slips
from ._table import Found, Table, settled
from ._words import hint, message

MOST = 3
MOST_KEPT = 4_000
_tables: dict[Hashable, Table | None] = {}
_memo: dict[Hashable, tuple[Diagnosis, ...]] = {}


class Diagnosis(Record):
    """A slip, or two joined by +, that gives the value.

    `work` is the formula that the student seems to have used, with the numbers in, or empty; `back` how many layers
    before the one asked the slip was made, 0 for the layer itself.
    """

    id: str
    rank: int
    work: str = ""
    back: int = 0

    @property
    def message(self) -> str:
        """What was done, in the user's language."""
        return message(self.id, self.back)

    @property
    def hint(self) -> str:
        """Where to look, in the user's language; nothing of the answer."""
        return hint(self.id)


def diagnose(
    asked: Question, value: Any, *, step: int | None = None, key_inputs: tuple[Shape, ...] | None = None
) -> tuple[Diagnosis, ...]:
    """The usual slips that give `value`, commonest first, three at most; () where none does or the value is right.

    `value` is an int, a channels-last tuple, or a Fraction; `step` the size of the last digit written where it is
    rounded. `asked.inputs` are the student's own earlier values; `key_inputs` those of the key, which are tried after
    them. Any value of any layer is taken; nothing is raised.
    """
    asked, value = _as_written(asked, value)
    value = settled(value)
    if not isinstance(value, (int, tuple, Fraction)) or isinstance(value, bool):
        return ()
    own = key(asked)
    memo = (own, value, step, key_inputs)
    if memo not in _memo:
        if len(_memo) > 50 * MOST_KEPT:
            _memo.clear()
        _memo[memo] = _diagnosed(asked, own, value, step, key_inputs)
    return _memo[memo]


def _diagnosed(asked: Question, own: Hashable, value: Any, step: int | None, key_inputs: tuple[Shape, ...] | None) -> tuple[Diagnosis, ...]:  # fmt: skip
    elsewhere = key_inputs is not None and tuple(key_inputs) != tuple(asked.inputs)
    found = _slipped(asked, value, step)
    if elsewhere:
        mine = table(asked)
        if mine and _equal(mine.right, value, step):
            return (Diagnosis("carried_error", 1),)
        if not found:
            key_asked = asked._replace(inputs=tuple(key_inputs or ()))
            found = _slipped(key_asked, value, step)
    best = sorted(found, key=lambda f: (len(f.slips), -f.weight, f.back, f.slips[0].vague))
    unique = {f.id: f for f in reversed(best)}
    kept = [f for f in best if unique[f.id] is f][:MOST]
    return tuple(
        Diagnosis(f.id, i + 1, f.work if isinstance(f.work, str) else f.work.show(), f.back)
        for i, f in enumerate(kept)
    )


def _as_written(asked: Question, value: Any) -> tuple[Question, Any]:
    """A size alone is compared with the sizes where a shape was asked, and a shape with that of the weights.

    A vector where a map was asked is a map of one position: 1x1x6 is read as 6 values.
    """
    if asked.quantity == "weights" and isinstance(value, tuple):
        return asked._replace(quantity="weight_shape"), value
    if asked.quantity == "output_shape" and asked.inputs:
        known = table(asked)
        if known and isinstance(known.right, tuple):
            axes = len(known.right)
            if isinstance(value, tuple) and len(value) == 1 < axes - 1:
                return asked, (*(1,) * (axes - 1), *value)
            if not isinstance(value, tuple) or len(value) == axes - 1:
                return asked._replace(quantity="output_size"), value
    return asked, value


def _slipped(asked: Question, value: Any, step: int | None) -> list[Found]:
    known = table(asked)
    if known is None or _equal(known.right, value, step):
        return []
    found = _named(asked, known, value, step)
    coarse = last_digit(value) if step is None and not found else None
    if coarse and not _equal(known.right, value, coarse):
        found = _named(asked, known, value, coarse)
    return found


def _named(asked: Question, known: Table, value: Any, step: int | None) -> list[Found]:
    found = _look(known.singles, value, step)
    if found:
        return found
    for slip, work in seen_in(asked, known.right, value, step):
        found.append(Found((slip,), expected(slip), work))
    found = found or _look(known.pairs, value, step)
    if not found and (depth := _depth(known, value)):
        found.append(depth)
    if not found and step is None:
        pen = last_resort(asked, known.right, value)
        found.extend(Found((slip,), expected(slip), work) for slip, work in pen)
    return found


def _depth(known: Table, value: Any) -> Found | None:
    """A shape whose depth a common slip gives, and whose size none does."""
    right = known.right
    if (
        not isinstance(right, tuple)
        or not isinstance(value, tuple)
        or len(value) != len(right)
        or len(right) < 3
    ):
        return None
    alone = (*right[:-1], value[-1])
    slip = next((f for f in _look(known.singles, alone, None) if f.weight >= COMMON), None)
    unexplained = slips()["unexplained_size"]
    return slip and Found((unexplained, *slip.slips), 0, "")


def _look(values: dict[Hashable, dict[str, Found]], value: Any, step: int | None) -> list[Found]:
    """What stands in the table under this value, or under those that round to it."""
    if step is None or isinstance(value, tuple):
        return list(values.get(value, {}).values())
    near = (f.values() for n, f in values.items() if not isinstance(n, tuple) and _equal(n, value, step))
    return [one for found in near for one in found]


def _equal(a: Any, b: Any, step: int | None) -> bool:
    if a == b:
        return True
    return bool(step and not isinstance(a, tuple) and not isinstance(b, tuple) and abs(a - b) * 2 <= step)


def table(asked: Question) -> Table | None:
    """The table of wrong values of a question, kept for the next student; None where it has no right answer."""
    name = key(asked)
    if name in _tables:
        _tables[name] = _tables.pop(name)  # the last used stands last, the longest unused goes first
        return _tables[name]
    if len(_tables) >= MOST_KEPT:
        del _tables[next(iter(_tables))]
    try:
        _tables[name] = Table(asked)
    except MISFIT:
        _tables[name] = None
    return _tables[name]


def key(asked: Question) -> Hashable:
    """What a question's answer depends on; the layers before it without what comes before them."""
    chain = tuple((a.word, _frozen(a.options), a.inputs) for a in asked.earlier)
    return asked.quantity, asked.word, _frozen(asked.options), asked.inputs, chain, asked.conventions


def _frozen(options: Any) -> Hashable:
    values = tuple(options.items())
    try:
        hash(values)
    except TypeError:
        return repr(values)
    return values
