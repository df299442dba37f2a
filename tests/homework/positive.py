"""For every slip the wrong values of its own file, worked out by hand, as questions."""

from __future__ import annotations

from typing import Any

from shapecalc.homework.question import TOTAL, Question
from shapecalc.homework.slips import slips
from shapecalc.homework.slips._example import question_of
from shapecalc.homework.slips._slip import examples

from .setups import asked, chain, question

LENET = chain((32, 32, 3), [
    ("conv", {"filters": 6, "kernel": 5}), ("maxpool", {"kernel": 2}), ("conv", {"filters": 16, "kernel": 5}),
    ("maxpool", {"kernel": 2}), ("fc", {"units": 120})])  # fmt: skip
MLP = Question("params", TOTAL, {}, (), chain((10,), [("fc", {"units": n}) for n in (64, 32, 5)]))
CONV = asked("params", "conv", (32, 32, 3), filters=6, kernel=5)
WIDE = asked("output_shape", "conv", (28, 28, 3), filters=8, kernel=3, padding=1)
STRIDED = asked("output_size", "conv", (64, 64, 3), filters=1, kernel=5, stride=2)


def real(name: str) -> Question:
    """The question of a public wrong answer."""
    found = question(name)
    assert found is not None
    return found


EXAMPLES = [(name, question_of(example), example.value) for name in slips() for example in examples(name)]
"""A slip, the question, and the value, as the slips' own files have them."""
POSITIVE: list[tuple[str, Question, Any]] = [
    *EXAMPLES,
    ("unexplained_size+depth_from_input", real("wa-009"), (16, 16, 16)),
]
