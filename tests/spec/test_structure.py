"""Rules 2 to 5 and 8 to 11: entries, sources, branches, seq, repeat, if and else, outputs."""

from __future__ import annotations

import pytest

from .conftest import Mistakes, Rows, answer

ENTRIES = {
    "a word": ("[relu]", "relu1=8x8x4"),
    "one scalar for the primary option": ("[conv: 6]", "conv1=8x8x6"),
    "one list for the primary option": ("[maxpool: [2, 1]]", "maxpool1=4x8x4"),
    "options": ("[conv: {filters: 6, kernel: 3}]", "conv1=6x6x6"),
    "the course's letters": ("[conv: {filters: 6, f: 3, s: 2, p: 1}]", "conv1=4x4x6"),
    "empty options": ("[relu: {}, relu: , dropout: ~]", "relu1=8x8x4 relu2=8x8x4 dropout1=8x8x4"),
    "a block's primary option is its first parameter": ("[B: 6]", "b1.conv1=8x8x6"),
    "a block's own f is no kernel": ("[F: {f: 6}]", "f1.conv1=8x8x6"),
    "one bare entry": ("relu", "relu1=8x8x4"),
    "from": ("[conv: 6, conv: {filters: 5, from: input}, add: [prev, prev]]", "conv1=8x8x6 conv2=8x8x5 add1=8x8x5"),
    "from prev": ("[conv: 6, relu: {from: prev}]", "conv1=8x8x6 relu1=8x8x6"),
    "from on a block": ("[conv: 6, B: {c: 5, from: input}]", "conv1=8x8x6 b1.conv1=8x8x5"),
    "branches see the same input": ("[conv: 6, add: {a: [conv: 5], b: [conv: 5]}]", "conv1=8x8x6 a.conv1=8x8x5 b.conv1=8x8x5 add1=8x8x5"),
    "from before branches": ("[conv: 6, add: {from: input, a: [conv: 4], b: identity}]", "conv1=8x8x6 a.conv1=8x8x4 add1=8x8x4"),
    "a bare entry as a branch": ("[concat: {a: relu, b: {conv: 3}, c: identity, d: []}]", "a.relu1=8x8x4 b.conv1=8x8x3 concat1=8x8x15"),
    "branch keys are text": ("[concat: {1x1: [conv: 1], 3: [conv: 2], yes: relu}]", "1x1.conv1=8x8x1 3.conv1=8x8x2 yes.relu1=8x8x4 concat1=8x8x7"),
    "a list of names": ("[conv: 6, concat: [prev, input, conv1]]", "conv1=8x8x6 concat1=8x8x16"),
    "the long form": ("[conv: 6, concat: {from: [prev, input], name: up1}]", "conv1=8x8x6 up1=8x8x10"),
    "an axis of concat": ("[concat: {from: [prev, input], axis: H}]", "concat1=16x8x4"),
    "an axis beside branches": ("[concat: {axis: W, a: relu, b: identity}]", "a.relu1=8x8x4 concat1=8x16x4"),
    "a vector over the channels": ("[mul: {a: [gap], b: identity}]", "a.globalavgpool1=4 mul1=8x8x4"),
    "seq groups": ("[seq: [relu, conv: 6]]", "relu1=8x8x4 conv1=8x8x6"),
    "seq repeats": ("[seq: {layers: [conv: 4, relu], repeat: 2}]", "conv1=8x8x4 relu1=8x8x4 conv2=8x8x4 relu2=8x8x4"),
    "seq in a list of branches": ("[add: {a: [seq: [relu]], b: []}]", "a.relu1=8x8x4 add1=8x8x4"),
    "repeat goes on from the last one": ("[maxpool: {kernel: 2, repeat: 3}]", "maxpool1=4x4x4 maxpool2=2x2x4 maxpool3=1x1x4"),
    "repeat 0 passes the input through": ("[conv: 6, conv: {filters: 5, repeat: 0}, relu]", "conv1=8x8x6 relu1=8x8x6"),
    "repeat 0 with from": ("[conv: 6, conv: {filters: 5, repeat: 0, from: input}, relu]", "conv1=8x8x6 relu1=8x8x4"),
    "from holds for the first turn": ("[conv: 6, maxpool: {kernel: 2, repeat: 2, from: input}]", "conv1=8x8x6 maxpool1=4x4x4 maxpool2=2x2x4"),
    "expect holds for the last turn": ("[maxpool: {kernel: 2, repeat: 2, expect: 2x2x4}]", "maxpool1=4x4x4 maxpool2=2x2x4"),
    "repeat of an expression": ("[relu: {repeat: n - 1}]", "relu1=8x8x4 relu2=8x8x4"),
    "if": ("[conv: {filters: 6, if: n > 2}, conv: {filters: 5, if: not true}]", "conv1=8x8x6"),
    "else takes one entry": ("[conv: {filters: 6, if: false, else: relu}]", "relu1=8x8x4"),
    "else takes a list": ("[conv: {filters: 6, if: false, else: [relu, conv: 5]}]", "relu1=8x8x4 conv1=8x8x5"),
    "else within else": ("[conv: {filters: 6, if: false, else: {conv: {filters: 5, if: false, else: relu}}}]", "relu1=8x8x4"),
    "a skipped if passes the input through": ("[conv: 6, add: {a: [conv: {filters: 5, if: false}], b: []}]", "conv1=8x8x6 add1=8x8x6"),
    "if on branches and seq": ("[add: {a: relu, b: [], if: false}, seq: {layers: [relu], if: false}]", ""),
    "a note": ("[relu: {note: 'max(0, x)'}]", "relu1=8x8x4"),
}  # fmt: skip


@pytest.mark.parametrize(("entries", "expected"), ENTRIES.values(), ids=ENTRIES)
def test_entries(rows: Rows, entries: str, expected: str) -> None:
    spec = f"""
    input: 8x8x4
    params: {{n: 3}}
    blocks:
      B: {{params: {{c: int}}, layers: [conv: c]}}
      F: {{params: {{f: int}}, layers: [conv: f]}}
    outputs: [prev]
    layers: {entries}
    """
    assert " ".join(f"{name}={shape}" for name, shape in rows(spec).items()) == expected


def test_several_inputs(rows: Rows) -> None:
    shapes = rows(
        "{input: {image: 8x8x4, text: [5]}, layers: [fc: {units: 3, from: image}, concat: [prev, text]]}"
    )
    assert shapes == {"fc1.flatten": "256", "fc1": "3", "concat1": "8"}


def test_several_inputs_need_from(mistakes: Mistakes) -> None:
    spec = "{input: {a: 8x8x4, b: 8x8x4}, layers: [«relu», add: [prev, b]]}"
    assert mistakes(spec) == [
        "SC305 with several inputs the first entry says where it reads from | from: one of a, b"
    ]


OUTPUTS = {
    "the last entry": ("[relu, conv: 3]", "", ["conv1"]),
    "named": ("[relu, conv: 3, fc: 2]", "outputs: [relu1, fc1]", ["relu1", "fc1"]),
    "one name": ("[relu, conv: 3]", "outputs: conv1", ["conv1"]),
    "blocks and branches mean their last output": (
        "[B, add: {main: [conv: 3], b: [conv: 3]}]",
        "outputs: [b1, main, add1]",
        ["b1.conv1", "main.conv1", "add1"],
    ),
    "a dotted path": ("[B, relu]", "outputs: [b1.relu1, relu1]", ["b1.relu1", "relu1"]),
}


@pytest.mark.parametrize(("entries", "outputs", "expected"), OUTPUTS.values(), ids=OUTPUTS)
def test_outputs(entries: str, outputs: str, expected: list[str]) -> None:
    spec = f"input: 8x8x4\nblocks: {{B: [relu, conv: 3]}}\nlayers: {entries}\n{outputs}\n"
    found = answer(spec)
    assert list(found.bound.graph.outputs) == expected and not found.warnings


WRONG = {
    "two keys": (
        "\n  - conv: 6\n    «relu»:",
        "SC205 an entry has one key, and this one has 2 | begin relu on a line of its own with '- '",
    ),
    "options not indented": (
        "\n  - conv:\n    «filters»: 6",
        "SC205 an entry has one key, and this one has 2 | indent filters further, under conv",
    ),
    "a list in a list": (
        "[«[relu]»]",
        "SC205 an entry is a word, or a word with its options | - conv: {filters: 6, kernel: 5}",
    ),
    "nothing": (
        "[relu, «~»]",
        "SC205 an entry is a word, or a word with its options | - conv: {filters: 6, kernel: 5}",
    ),
    "a capital word": ("[«Conv»: 6]", "SC201 there is no block Conv | did you mean conv?"),
    "options where there are none": ("[relu: «6»]", "SC202 relu takes no options | - relu"),
    "a missing option": ("[«conv»: {kernel: 3}]", "SC203 conv needs filters | write conv: {filters: …}"),
    "short and long": (
        "[conv: {filters: 3, kernel: 1, «f»: 3}]",
        "SC104 kernel is given twice | f is short for kernel",
    ),
    "one branch": (
        "[«add»: {a: relu}]",
        "SC210 add joins two or more | add: {main: [...], skip: identity}, or add: [prev, name]",
    ),
    "no branch": (
        "[«concat»]",
        "SC210 concat joins two or more | concat: {main: [...], skip: identity}, or concat: [prev, name]",
    ),
    "one name": (
        "[«mul»: [prev]]",
        "SC210 mul joins two or more | mul: {main: [...], skip: identity}, or mul: [prev, name]",
    ),
    "names and branches": (
        "[relu, add: {from: [prev, «input»], a: relu, b: relu}]",
        "SC305 add reads from one place | take one of them, or join them first: - concat: [a, b]",
    ),
    "an axis of add": (
        "[add: {a: relu, b: relu, «axis»: C}]",
        "SC202 add has no option axis | add works value by value; only concat has an axis",
    ),
    "dim for axis": (
        "[concat: {a: relu, b: relu, «dim»: 1}]",
        "SC202 concat has no option dim | it is called axis here",
    ),
    "a number for a branch": (
        "[add: {a: relu, b: relu, «c»: 1}]",
        "SC202 add has no option c | a branch is a list of entries: c: [relu]",
    ),
    "an axis there is not": (
        "[concat: {a: relu, b: relu, axis: «T»}]",
        "SC407 concat: the input has no axis T | its axes are H W C",
    ),
    "an axis that is none": (
        "[concat: {a: relu, b: relu, axis: «Q»}]",
        "SC204 expected an axis, found Q | the axes are C H W T Z",
    ),
    "an empty branch": (
        "[add: {a: relu, «b»: }]",
        "SC207 the branch b has no entries | to pass the input through, write b: identity",
    ),
    "a branch called prev": (
        "[add: {a: relu, «prev»: relu}]",
        "SC208 prev cannot be a name: it is a word of the language | choose another name",
    ),
    "a seq of nothing": ("[«seq»: {repeat: 2}]", "SC207 seq needs layers: | seq: [relu, dropout: 0.5]"),
    "an option of seq": (
        "[seq: {layers: [relu], «layer»: 2}]",
        "SC202 seq has no option layer | did you mean layers?",
    ),
    "a negative repeat": (
        "[relu: {repeat: «-1»}]",
        "SC204 expected at least 0, found -1 | write a larger number",
    ),
    "a repeat that is true": (
        "[relu: {repeat: «1 == 1»}]",
        "SC204 expected a whole number, found true | write a number such as 64, or an expression such as 4*mid",
    ),
    "an if that is a number": (
        "[relu: {if: «n»}]",
        "SC204 expected true or false, found 3 | write true or false, or a condition such as stride > 1",
    ),
    "an if that is 1": ("[relu: {if: «1»}]", "SC204 expected true or false, found 1 | write true or false"),
    "else without if": (
        "[relu: {«else»: relu}]",
        "SC207 else: needs an if: | write if: and a condition before it",
    ),
    "loose ends": (
        "[«relu», conv: {filters: 3, from: input}]",
        "W201 nothing uses relu1, and it is no output | name it under outputs:, or take it out",
    ),
    "branches that do not fit": (
        "[add: {main: [conv: 6], «skip»: identity}]",
        "SC401 add: branch 'skip' is 8×8×4, branch 'main' is 8×8×6"
        " | add a 1×1 projection to this branch:  conv: 6",
    ),
    "names that do not fit": (
        "[conv: 6, add: [prev, «input»]]",
        "SC401 add: input is 8×8×4, prev is 8×8×6 | put before it:  conv: {filters: 6, from: input, name: projection}  and then join  [conv1, projection]\nor put before it:  conv: 4",
    ),
}


@pytest.mark.parametrize(("entries", "finding"), WRONG.values(), ids=WRONG)
def test_wrong_structure(mistakes: Mistakes, entries: str, finding: str) -> None:
    assert mistakes(f"input: 8x8x4\nparams: {{n: 3}}\nlayers: {entries}\n") == [finding]


def test_unused_in_a_block_is_said_for_every_use(mistakes: Mistakes) -> None:
    spec = "{input: 8x8x4, blocks: {B: [«»relu, conv: {filters: 4, from: input}]}, layers: [B, B]}".replace(
        "«»", ""
    )
    assert [m.partition(",")[0] for m in mistakes(spec)] == [
        "W201 nothing uses b1.relu1",
        "W201 nothing uses b2.relu1",
    ]


def test_an_unknown_output(mistakes: Mistakes) -> None:
    assert mistakes("input: 8x8x4\noutputs: [relu1, «add9»]\nlayers: [relu]") == [
        "SC305 no layer is called add9 | write the name of an entry, or a dotted path into a block"
    ]
