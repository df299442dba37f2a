"""Rules 6 and 7: what things are called, and how they are found by name."""

from __future__ import annotations

import pytest

from .conftest import Mistakes, Rows

BLOCKS = """
    input: 8x8x4
    params: {yes_: true, no_: false}
    blocks:
      Cbr: [conv: 4, relu]
    layers:
"""

CASES = {
    "one counter a word": (
        "[conv: 4, relu, conv: 4, avgpool: 1, fc: 2]",
        "conv1 relu1 conv2 avgpool1 fc1.flatten fc1",
    ),
    "a repeat counts on": ("[relu: {repeat: 2}, relu]", "relu1 relu2 relu3"),
    "a name with a repeat": ("[relu: {name: x, repeat: 2}, relu: {name: x}]", "x1 x2 x"),
    "a skipped if uses no number": ("[relu, relu: {if: no_}, relu]", "relu1 relu2"),
    "else counts like any entry": (
        "[relu, conv: {filters: 4, if: no_, else: relu}, relu]",
        "relu1 relu2 relu3",
    ),
    "taken names are stepped over": ("[relu, relu: {name: relu2}, relu]", "relu1 relu2 relu3"),
    "a name given later is kept free": ("[relu, relu: {name: relu1}]", "relu2 relu1"),
    "a name inside an unnamed seq is of this scope": ("[relu, seq: [relu: {name: relu1}]]", "relu2 relu1"),
    "blocks count like layers, in small letters": (
        "[Cbr, Cbr]",
        "cbr1.conv1 cbr1.relu1 cbr2.conv1 cbr2.relu1",
    ),
    "a named block": ("[Cbr: {name: stem}, Cbr]", "stem.conv1 stem.relu1 cbr1.conv1 cbr1.relu1"),
    "a branch is a scope": ("[add: {main: [Cbr], skip: identity}]", "main.cbr1.conv1 main.cbr1.relu1 add1"),
    "a branch's key used again": (
        "[add: {main: [relu], skip: identity}, add: {main: [relu], skip: identity}]",
        "main.relu1 add1 main2.relu1 add2",
    ),
    "a branch's key that is the name of something": (
        "[relu: {name: main}, add: {main: relu, b: []}]",
        "main main2.relu1 add1",
    ),
    "a named seq is a scope": ("[seq: {name: g, layers: [relu, relu]}, relu]", "g.relu1 g.relu2 relu1"),
    "an unnamed seq is none": ("[seq: [relu, relu], relu]", "relu1 relu2 relu3"),
    "a named seq repeated": ("[seq: {name: g, layers: [relu], repeat: 2}]", "g1.relu1 g2.relu1"),
    "fc on a vector has no flatten": ("[fc: 2, fc: 2]", "fc1.flatten fc1 fc2"),
    "a named fc": ("[fc: {units: 2, name: head}]", "head.flatten head"),
    "letters of any script": (
        "[relu: {name: 激活_1}, relu: {name: 3x3}, relu: {name: a-b}]",
        "激活_1 3x3 a-b",
    ),
    "an alias counts with its layer": (
        "[gap, reshape: 1x1x4, globalavgpool]",
        "globalavgpool1 reshape1 globalavgpool2",
    ),
}


@pytest.mark.parametrize(("entries", "names"), CASES.values(), ids=CASES)
def test_names(rows: Rows, entries: str, names: str) -> None:
    assert " ".join(rows(f"{BLOCKS}      {entries}")) == names


def test_paths_are_dotted(rows: Rows) -> None:
    names = list(
        rows(
            "{input: 8x8x4, blocks: {A: [relu], B: [add: {main: [A], s: []}], C: [B, B]}, layers: [relu, C]}"
        )
    )
    assert names == ["relu1", "c1.b1.main.a1.relu1", "c1.b1.add1", "c1.b2.main.a1.relu1", "c1.b2.add1"]


REFERENCES = {
    "own scope first": ("[relu, Own]", "own1.relu1 own1.conv1 own1.add1", "own1.relu1"),
    "then outwards": ("[relu: {name: enc}, Out]", "enc out1.relu1 out1.add1", "enc"),
    "a dotted path goes down": (
        "[Cbr, relu, add: [prev, cbr1.conv1]]",
        "cbr1.conv1 cbr1.relu1 relu1 add1",
        "cbr1.conv1",
    ),
    "a block means its last output": ("[Cbr, relu, add: [prev, cbr1]]", "", "cbr1.relu1"),
    "a branch means its last output": ("[add: {a: [relu, relu], b: []}, add: [prev, a]]", "", "a.relu2"),
    "an empty branch means its input": ("[relu, add: {a: [relu], b: []}, add: [prev, b]]", "", "relu1"),
    "a named seq means its last output": (
        "[seq: {name: g, layers: [relu, relu]}, relu, add: [prev, g]]",
        "",
        "g.relu2",
    ),
    "an input's name": ("[relu, add: [prev, input]]", "", "input"),
    "input in a block is the block's": ("[relu, In]", "", "relu1"),
}


@pytest.mark.parametrize(("entries", "names", "second"), REFERENCES.values(), ids=REFERENCES)
def test_references(entries: str, names: str, second: str) -> None:
    from .conftest import answer

    blocks = """
    input: 8x8x4
    blocks:
      Cbr: [conv: 4, relu]
      Own: [relu, conv: 4, add: [prev, relu1]]
      Out: [relu, add: [prev, enc]]
      In: [relu, add: [prev, input]]
    layers:
      """
    nodes = answer(blocks + entries).bound.graph.nodes
    assert nodes[-1].layer == "add" and nodes[-1].inputs[1] == second
    assert not names or " ".join(node.name for node in nodes).endswith(names)


SKIPS = {
    "a name of the caller": ("[relu: {name: enc}, Up: enc]", "enc"),
    "the caller's, where the block has one of that name, too": ("[relu, relu, Up: relu1]", "relu1"),
    "handed on by another block": ("[relu, Outer: relu1]", "relu1"),
    "prev is the caller's entry before": ("[relu, Up: prev]", "relu1"),
    "the caller's input": ("[relu, Up: input]", "input"),
    "from: takes one, too": ("[relu, conv: 4, From: relu1]", "relu1"),
}


@pytest.mark.parametrize(("entries", "name"), SKIPS.values(), ids=SKIPS)
def test_names_as_parameters(entries: str, name: str) -> None:
    from .conftest import answer

    spec = f"""
    input: 8x8x4
    blocks:
      Up: {{params: {{skip: str}}, layers: [relu, conv: 4, add: [prev, $skip]]}}
      Outer: {{params: {{skip: str}}, layers: [conv: 4, Up: {{skip: $skip}}]}}
      From: {{params: {{skip: str}}, layers: [seq: {{layers: [relu], from: $skip}}, add: [prev, prev], relu: {{from: $skip}}]}}
    layers: {entries}
    """
    assert name in answer(spec).bound.graph.nodes[-1].inputs


WRONG = {
    "later entries cannot be named": (
        "[relu: {from: «b»}, relu: {name: b}]",
        "SC305 no earlier layer is called b | only earlier entries can be named",
    ),
    "the nearest is offered": (
        "[relu: {name: enc3}, add: [prev, «enc33»]]",
        "SC305 no earlier layer is called enc33 | did you mean enc3?",
    ),
    "a branch lies beside its joint": (
        "[add: {main: relu, b: []}, add: [prev, «add1.main»]]",
        "SC305 no earlier layer is called add1.main | did you mean main?",
    ),
    "inside a branch is out of sight": (
        "[add: {main: relu, b: []}, add: [prev, «relu1»]]",
        "SC305 no earlier layer is called relu1 | only earlier entries can be named",
    ),
    "an explicit duplicate": (
        "[relu: {name: a}, relu: {name: «a»}]",
        "SC209 a is already the name of something here | choose another name, or leave it out",
    ),
    "a duplicate of an input": (
        "[relu: {name: «input»}]",
        "SC209 input is already the name of something here | choose another name, or leave it out",
    ),
    "a dot": (
        "[relu: {name: «a.b»}]",
        "SC208 a.b cannot be a name | a name is made of letters, digits, _ and -",
    ),
    "a space": (
        "[relu: {name: «a b»}]",
        "SC208 a b cannot be a name | a name is made of letters, digits, _ and -",
    ),
    "prev": (
        "[relu: {name: «prev»}]",
        "SC208 prev cannot be a name: it is a word of the language | choose another name",
    ),
    "no name": (
        "[relu: {name: «''»}]",
        "SC208 nothing cannot be a name | a name is made of letters, digits, _ and -",
    ),
    "a list": (
        "[relu: {name: «[a]»}]",
        "SC204 expected a name, found a list | a name is made of letters, digits, _ and -",
    ),
    "no parameter": (
        "[add: [prev, «$skip»]]",
        "SC303 $skip is no parameter that holds a name | params: {skip: str}",
    ),
    "a number as a name": (
        "[add: [prev, «$n»]]",
        "SC303 $n is no parameter that holds a name | params: {n: str}",
    ),
    "no name at all": (
        "[relu: {from: «a b»}]",
        "SC205 a name is expected here"
        " | prev, an input, or an earlier entry; branches need a key each: {main: [...], skip: identity}",
    ),
    "two sources": (
        "[relu, relu: {from: [relu1, «input»]}]",
        "SC305 relu reads from one place | take one of them, or join them first: - concat: [a, b]",
    ),
}


@pytest.mark.parametrize(("entries", "finding"), WRONG.values(), ids=WRONG)
def test_wrong_names(mistakes: Mistakes, entries: str, finding: str) -> None:
    assert mistakes(f"input: 8x8x4\nparams: {{n: 3}}\n\nlayers: {entries}") == [finding]
