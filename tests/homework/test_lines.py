"""Every line of arithmetic that a key shows comes to the value beside it, under every convention, read by another reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shapecalc import api, catalogue
from shapecalc.homework.conventions import Conventions
from shapecalc.homework.key import Key, make_key
from shapecalc.quantities import COLUMNS
from shapecalc.spec.grading import CONVENTIONS
from tests.analysis.printed import value

NUMBERS = {"bytes_per_value": 2, "batch": 3, "min_digits": 3}
SINGLE = [
    {name: other} for name, values in CONVENTIONS.items() for other in values[1:] or (NUMBERS.get(name),)
]
SETS = [
    {},
    {"cost": "mac+bias", "batch": 8},
    {"cost": "flop", "batch": 2, "memory": "both", "bytes_per_value": 2},
    {"bn": 4, "pool_params": 2, "memory": "params"},
    {"bn": 4, "pool_params": 2, "memory": "both", "input_row": "yes", "batch": 5},
    {"parameters": "values", "batch": 4},
    {"bias": "yes", "cost": "mac+bias", "rnn_biases": 2},
    {"bias": "no", "cost": "mac+bias", "layout": "CHW"},
]
USED = [used for used in (*SINGLE, *SETS) if used.get("rounding") != "exact"]


def parts(line: str, sign: str = ", ") -> Iterator[str]:
    """The pieces of a line between signs that stand outside all brackets."""
    depth, start = 0, 0
    for i, c in enumerate(line):
        depth += (c in "(⌊⌈") - (c in ")⌋⌉")
        if not depth and line.startswith(sign, i):
            yield line[start:i]
            start = i + len(sign)
    yield line[start:]


def read_again(line: str) -> Iterator[tuple[int, int]]:
    """What is printed left and right of every equals sign; fields along two axes stand before one."""
    waiting = []
    for part in parts(line):
        left, sign, right = part.partition(" = ")
        waiting.append(value(left.replace(",", "") if "min(" not in left else left))
        if sign:
            results = [int(n.replace(",", "")) for n in right.split("×")]
            assert len(results) in (1, len(waiting)), line
            yield from zip(waiting, results * (len(waiting) // len(results)))
            waiting = []
    assert not waiting, line


def lines(key: Key) -> Iterator[tuple[str, object]]:
    """The arithmetic of every different cell, with its value."""
    seen = set()
    for row in key.rows:
        for column in COLUMNS:
            cell = key.cell(row, column)
            if cell is None or cell.question is None:
                continue
            question = cell.question
            name = (
                column,
                question.word,
                repr(question.options),
                question.inputs,
                row.members if row.kind != "layer" else (),
            )
            if column == "receptive_field":
                if cell.question.layer().steps() == ():
                    continue
                name = (*name, row.name)
            if name not in seen:
                seen.add(name)
                yield key.work(cell), cell.expected


@pytest.mark.parametrize("name", sorted(catalogue.names()))
def test_every_line_is_true(name: str) -> None:
    graph = api.bind(api.read(name)).graph
    size = len(graph.nodes)
    count = 0
    for used in USED if size < 25 else SETS[1:5] if size < 120 else SETS[4:5]:
        for line, expected in lines(make_key(graph, None, Conventions(**used))):
            if line:
                count += 1
                for left, right in read_again(line):
                    assert left == right, (used, line)
                results = expected if isinstance(expected, tuple) else (expected,)
                assert {right for _left, right in read_again(line)} <= set(results), (used, line)
    assert count


def test_every_value_of_every_convention_is_tried() -> None:
    tried = {(name, value) for used in USED for name, value in used.items()}
    usual = {(name, values[0]) for name, values in CONVENTIONS.items() if values}
    known = {(name, value) for name, values in CONVENTIONS.items() for value in values}
    assert known - usual - tried == {("rounding", "exact")}  # it refuses a key whose windows leave a rest
