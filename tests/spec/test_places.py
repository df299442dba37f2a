"""Where a mistake is shown: exactly at the token, once, all mistakes of a file together, and at both ends of a block."""

from __future__ import annotations

import pytest

from .conftest import Mistakes, findings

PLACES = {
    "in plain text": "filters: 3 + «foo»",
    "in single quotes": "filters: '3 + «foo»'",
    "in double quotes": 'filters: "3 + «foo»"',
    "after an escaped quote": "filters: 'at(''input'').C + «foo»'",
    "after an escape": r'filters: "\x33 + «foo»"',
    "after a Unicode escape": r'filters: "中1 + «foo»"',
    "an escape itself": r'filters: "3 + «\u4e2d»"',
    "in a folded text": "filters: >-\n          3 +\n          «foo» + 4",
    "in a literal text": "filters: |\n          3 +\n            4 + «foo»\n          + 1",
    "in a folded text with its indent": "filters: >2-\n          3 +\n\n          «foo»",
    "over two plain lines": "filters: 3 +\n          «foo»",
    "over two quoted lines": 'filters: "3 +\n          «foo»"',
    "over an escaped line end": 'filters: "3 + \\\n          «foo»"',
    "after Chinese": "filters: 中1 + «foo»",
    "after an astral character": "filters: 𐊀1 + «foo»",
    "after a size": "kernel: 1x1 + «foo»",
    "after $name": "filters: $n + «foo»",
    "in $name": "filters: $«foo» + n",
    "in ${expr}": "filters: ${n + «foo»} * 2",
    "in a list": "kernel: [1, 2*«foo»]",
    "in a function": "filters: 'max(1, «foo»)'",
    "after white space": "filters: '   «foo» '",
    "an attribute": "filters: 3*«n.shape»",
    "a call": "filters: 1 + «sqrt(4)»",
    "a division": "filters: 2*(«n / 2»)",
    "a sign": "filters: n «&&» 3",
    "a symbol in a shape": "expect: 3x«Q»x4",
    "a symbol behind full-width signs": "expect: 3×8×«Q1»",
}


@pytest.mark.parametrize("line", PLACES.values(), ids=PLACES)
def test_places(mistakes: Mistakes, line: str) -> None:
    spec = f"""
params: {{n: 3, 中1: 3, 𐊀1: 3}}
input: 8x8x4
layers:
  - conv:
        {"" if line.startswith("filters") else "filters: 1"}
        {line}
"""
    assert len(mistakes(spec)) == 1


ALL = """
input: 8x8x4
params: {same: 3, c: 1 +}
layers:
  - conv: {filtrs: 6}
  - conv: {filters: 6, kernel: 9}
  - relu: {name: a}
  - relu: {name: a}
  - Conv2d: 6
  - add: [prev, nothere]
  - add: {main: [conv: 3], skip: identity, from: input}
  - conv: {filters: 6, kernel: 9, from: input}
  - conv: {filters: 2*(x, stride: 0, bias: no}
  - fc: {units: 0}
  - fc:
outputs: [zzz]
expect: {parms: 3}
grading: {colums: [params]}
foo: 1
"""


def test_all_mistakes_at_once() -> None:
    found = [(d.code, d.span.line) for d in findings(ALL) if d.span]
    assert found == [
        ("SC212", 3), ("SC301", 3), ("SC202", 5), ("SC209", 8), ("SC201", 9), ("SC305", 10), ("SC401", 11), ("SC402", 12),
        ("SC301", 13), ("SC204", 13), ("SC204", 13), ("SC204", 14), ("SC203", 15), ("SC305", 16), ("SC206", 17),
        ("SC206", 18), ("SC206", 19),
    ]  # fmt: skip


ONE = {
    "a broken parameter, used everywhere": "params: {c: «x»}\ninput: 8x8x4\nlayers: [conv: c, conv: 2*c, fc: c, relu: {repeat: c}, relu: {if: c > 2}]",
    "a broken input": "input: «foo»\nlayers: [conv: {filters: 4, kernel: 9}, fc: 10]\nexpect: {output: 10}",
    "an unknown layer, referred to": "input: 8x8x4\nlayers: [«foo»: 4, relu, add: [prev, foo1], conv: {filters: foo1.C}]",
    "a misspelt layer keeps the numbers of the others": "input: 8x8x4\nlayers: [conv: 4, «covn»: 4, conv: 4, add: [conv3, conv1]]",
    "an unknown block, named": "input: 8x8x4\nlayers: [«Foo»: {name: x, c: 3}, add: [prev, x.conv1.relu1]]",
    "an entry with two keys": "input: 8x8x4\nlayers:\n  - conv: 4\n    «kernel»: 3\n  - add: [prev, conv1]",
    "a misspelt option that is needed": "input: 8x8x4\nlayers: [conv: {«filtrs»: 4}, fc: 10]",
    "a value that is none, needed": "input: 8x8x4\nlayers: [conv: {filters: no «way»}, fc: 10]",
    "a broken branch": "input: 8x8x4\nlayers: [add: {a: [«foo»], b: identity}, conv: {filters: 4, kernel: 9}]",
    "a broken if": "input: 8x8x4\nlayers: [conv: {filters: 2, if: «x», name: a}, add: [prev, a], add: [a, input]]",
    "a broken repeat": "input: 8x8x4\nlayers: [conv: {filters: 2, repeat: «x», name: a}, relu: {from: a1}]",
    "a broken from": "input: 8x8x4\nlayers: [conv: {filters: 2, from: «x»}, add: [prev, input]]",
    "a broken block body": "input: 8x8x4\nblocks: {B: [conv: {«filtr»: 2}]}\nlayers: [B, B, add: [prev, b1.conv1]]",
    "a block without layers": "input: 8x8x4\nblocks: {«B»: {note: x}}\nlayers: [B, B, conv: 3]",
    "a mistake in a block used ten times": "input: 8x8x4\nblocks: {B: [conv: {filters: 4, kernel: «9»}]}\nlayers: [B: {repeat: 10}]",
    "a small block that is used": "input: 8x8x4\nblocks: {«b»: [relu]}\nlayers: [b, b]",
    "a glued option": "input: 8x8x4\nlayers: [conv: {filters«:»6, kernel: 3}]",
    "a cut expression that is needed": "input: 8x8x4\nlayers: [conv: {filters: «max(3, 4)», kernel: 3}]",
    "a merge key, options missing": "input: 8x8x4\nlayers: [conv: {«<<»: *x}]",
    "a repeated top-level key": "input: 8x8x4\nlayers: [relu]\n«layers»: [foo]",
    "a full-width colon behind layers": "input: 8x8x4\nlayers«：»[relu]",
    "layers called otherwise": "input: 8x8x4\n«model»: [relu]",
    "an unknown base": "base: «foo»\nset: {x: 3}",
    "a broken expectation": "input: 8x8x4\nlayers: [relu: {expect: «8xx4»}]",
    "a broken reference in a list": "input: 8x8x4\nlayers: [concat: [prev, «a b»]]",
    "a branch of an option": "input: 8x8x4\nlayers: [add: {a: relu, «axis»: C}]",
    "a mistake in an argument": "input: 8x8x4\nblocks: {B: {params: {c: int}, layers: [conv: c, conv: {filters: 2*c}]}}\nlayers: [B: «x»]",
    "a default that is broken": "input: 8x8x4\nblocks: {B: {params: {c: «x», d: 2*c}, layers: [conv: c, conv: d]}}\nlayers: [B, B]",
}  # fmt: skip


@pytest.mark.parametrize("spec", ONE.values(), ids=ONE)
def test_one_mistake_is_one_message(mistakes: Mistakes, spec: str) -> None:
    assert len(mistakes(spec)) == 1


def test_a_mistake_in_a_block_shows_both_places() -> None:
    spec = """
input: 8x8x4
blocks:
  Inner: {params: {k: 3}, layers: [conv: {filters: 4, kernel: k}]}
  Outer: [Inner: 9]
layers:
  - relu
  - Outer
"""
    [found] = findings(spec)
    assert found.span and (found.code, found.span.line, found.span.column) == ("SC402", 4, 63)
    assert [(r.message, r.span.line, r.span.column) for r in found.related] == [
        ("used here", 5, 11),
        ("used here", 8, 5),
    ]


def test_two_uses_that_go_wrong_differently() -> None:
    spec = "input: 8x8x4\nblocks: {B: {params: {k: 3}, layers: [conv: {filters: 4, kernel: k}]}}\nlayers: [B: 9, B: {k: 11, from: input}]\n"
    assert [d.code for d in findings(spec)] == ["SC402", "SC402"]
