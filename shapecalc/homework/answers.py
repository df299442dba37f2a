"""What people handed in, as it was written and as it was read; nothing here knows what is right.

Pitfall: a cell that could not be read keeps its text and a reason; it is never dropped and never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ..record import Record


class Reading(Record):
    """One cell. `state` is read, word (`same`), blank, unreadable, or wrong (13.5 is no size).

    `value` is an int, a channels-last tuple, a Fraction that is not whole, or a word; `step` the size of the last digit
    written where the answer is rounded (62.4M: 100_000); `working` the arithmetic it was written as (`450+6`), also
    where it was not needed; `reason` says in a sentence what could not be read.

    `also` is what the same cell says a second time, in another form: `28x28x6 = 4704` is (4704,) and also (28, 28, 6),
    `same (p=2)` is 2 and also the word. The cell is right where either is. `unit` is the word after a number where it
    says what was counted: flops, macs, params, weights, biases, connections, activations or bytes.

    `choices` are the members where the cell writes a set: `0 or 1`, `{0, 1}`, `0 ≤ P ≤ 1`. They are an answer only to a
    question that has several; to any other, `0 or 1` is unreadable as it gives two answers, and (0, 1) one per axis.
    """

    text: str
    state: str
    value: int | tuple[int, ...] | Fraction | str | None = None
    step: int | None = None
    working: str = ""
    reason: str = ""
    also: int | tuple[int, ...] | str | None = None
    unit: str = ""
    choices: tuple[int, ...] = ()


class AnswerRow(Record):
    """A row of a sheet: the layer as its student calls it, and the text of each cell by column (contract's words)."""

    name: str
    cells: Mapping[str, str]
    line: int | None = None


class HandIn(Record):
    """One student's sheet. `problems` are sentences about what could not be taken from the file."""

    student: str
    file: str
    rows: tuple[AnswerRow, ...]
    problems: tuple[str, ...] = ()
    facts: Mapping[str, Any] = {}
    """What the container said besides: late, name, email, identifier of the learning platform."""
