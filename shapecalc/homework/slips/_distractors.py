"""Wrong values for a multiple choice: what the commonest slips give, so that the wrong choice says something.

Pitfall: a distractor must be wrong under every reading, so nothing that rounds to the right answer is offered.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ..question import Question, Value
from ._diagnose import Diagnosis, diagnose, table
from ._plausibility import worth
from ._table import Found, settled


def distractors(asked: Question, n: int, seed: object = 0) -> list[tuple[Value, str, str]]:
    """At most `n` wrong values with the slip's id and message, the commonest slips first and each only once.

    Never the right answer nor two alike; the same `seed` gives the same list. Fewer than `n` where the catalogue has no
    more for this question.
    """
    known = table(asked)
    if known is None or n <= 0:
        return []
    right = asked.value()
    kept: dict[Value, tuple[str, str]] = {}
    used: set[str] = set()
    for values in (known.singles, known.pairs):
        found = [(max(by.values(), key=lambda f: (_worth(f), f.id)), value) for value, by in values.items()]
        found = [(one, value) for one, value in found if _offered(asked, value)]
        found.sort(key=lambda f: (-_worth(f[0]), _turn(f[0].id, f[1], seed)))
        for fresh in (True, False):
            for one, value in found:
                if len(kept) == n:
                    break
                shown = _shaped(asked, value, right)
                if shown in kept or (fresh and one.id in used):
                    continue
                named = [d.id for d in diagnose(asked, shown)]
                if named:
                    name = one.id if one.id in named else named[0]
                    kept[shown] = (name, Diagnosis(name, 1).message)
                    used |= {name, one.id}
        if len(kept) == n:
            break
    return [(value, name, message) for value, (name, message) in kept.items()]


def _worth(found: Found) -> float:
    return worth(found.weight, found.slips, found.back)


def _offered(asked: Question, value: Any) -> bool:
    """Whether this may stand among the choices: a whole number or shape that is not also right."""
    if any(isinstance(n, Fraction) for n in (value if isinstance(value, tuple) else (value,))):
        return False
    return not asked.accepts(value)


def _shaped(asked: Question, value: Any, right: Value) -> Value:
    """The value as the right one is written: a vector's shape as a tuple of one, a size an axis each."""
    if isinstance(right, tuple) and isinstance(value, int):
        return (value,) * (len(right) if asked.quantity == "output_size" else 1)
    return value  # type: ignore[no-any-return]


def _turn(name: str, value: Any, seed: object) -> int:
    """An order among equally common slips that depends on the seed and on nothing else."""
    from zlib import crc32

    return crc32(repr((str(seed), name, settled(value))).encode())
