"""Files that no person would write, and files with slips that any person makes: always an answer, with a place, soon.

Pitfall: a random change often leaves a spec that is right, so nothing is asked of the answer but that it is one.
"""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shapecalc import catalogue
from shapecalc.cli._main import run
from shapecalc.errors import SpecError

from .conftest import answer

NETWORKS = {name: catalogue.source(name).text for name in catalogue.names()}
TOKENS = re.compile(r"\w+|[^\w\s]|\s+")
SPICE = [
    "{", "}", "[", "]", ":", ",", "-", "&a ", "*a", "!!str ", "|", ">", "'", '"', "#", "?", "\t", "\n", " ", "${", "$", "：", "，",
    "（", "\x00", "\ufeff", "\u2028", "\x85", "\r\n", "0x10", "010", "1e400", "-1", "0", "same", "unknown", "true", "null", "~",
    "repeat: 1000", "if: false", "else: relu", "from: prev", "name: x", "input.C", "at('x').H", "3x3", "<<: *a", "---\n", "...\n",
    "repeat", "params", "blocks", "layers", "base", "expect", "//", "0 // 0", "\ud800", "𐊀", "%", "@", "`", "卷积", "conv", "Conv2d",
]  # fmt: skip


def ask(text: str) -> None:
    """Read and compute; a mistake must have a code, a place inside the file, and words."""
    start = time.process_time()
    try:
        answer(text)
    except SpecError as error:
        assert error.diagnostics
        for found in error.diagnostics:
            assert re.fullmatch(r"SC[1-4]\d\d|W\d\d\d", found.code) and found.message
            assert found.span and found.span.line >= 1 and found.span.column >= 1
            assert str(found.span)
    assert time.process_time() - start < 4


def mutated(text: str, chance: random.Random) -> str:
    tokens = TOKENS.findall(text)
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        at = chance.randrange(len(tokens))
        match chance.randrange(7):
            case 0:
                del tokens[at]
            case 1:
                tokens.insert(at, tokens[at])
            case 2:
                tokens[at] = chance.choice(SPICE)
            case 3:
                tokens.insert(at, chance.choice(SPICE))
            case 4:
                other = chance.randrange(len(tokens))
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case 5:
                tokens[at] = tokens[at][:-1] + chr(chance.randrange(0x110000))
            case _:
                del tokens[at:]
        if not tokens:
            return ""
    return "".join(tokens)


@pytest.mark.parametrize("name", sorted(NETWORKS, key=lambda n: len(NETWORKS[n]))[:40])
def test_slips_in_a_network(name: str) -> None:
    chance = random.Random(name)  # noqa: S311
    for _ in range(15):
        ask(mutated(NETWORKS[name], chance))


WORDS = st.sampled_from([
    "input", "layers", "params", "blocks", "conv", "relu", "add", "seq", "fc", "B", "8x8x4", "3", "0", "-1", "x", "prev", "same",
    "filters", "kernel", "repeat", "if", "else", "from", "name", "expect", "identity", "base", "set", "lenet5", "true", "unknown",
    "input.C", "2*x", "1x1", "[T]", "T", "int", "", "~", "outputs", "frozen", "published", "grading", "rows", "<= 3", "$x", "main",
])  # fmt: skip


def written(node: object) -> str:
    if isinstance(node, dict):
        return "{" + ", ".join(f"{k}: {written(v)}" for k, v in node.items()) + "}"
    return "[" + ", ".join(map(written, node)) + "]" if isinstance(node, list) else str(node)


TREES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=25,
)


@settings(max_examples=400, deadline=None)
@given(TREES, TREES, TREES)
def test_random_trees(first: object, second: object, third: object) -> None:
    ask(written(first))
    ask(f"input: 8x8x4\nparams: {{x: 3}}\nlayers: {written(second)}\n")
    ask(f"input: {written(third)}\nblocks: {{B: {written(first)}}}\nlayers: [B, relu: {written(second)}]\n")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_random_text(text: str) -> None:
    ask(text)
    ask(f"input: 8x8x4\nlayers:\n  - conv: {text}\n")


BYTES = {
    "not UTF-8": b"input: 8x8x4\nname: \xff\xfe\nlayers: [relu]\n",
    "Latin-1": "name: r\u00e9seau\ninput: 8x8x4\nlayers: [relu]\n".encode("latin-1"),
    "UTF-16": "input: 8x8x4\nlayers: [relu]\n".encode("utf-16"),
    "NUL bytes": b"input: 8x8x4\n\x00layers: [relu]\n",
    "half a character": "名".encode()[:2],
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
}


@pytest.mark.parametrize("data", BYTES.values(), ids=BYTES)
def test_bytes_that_are_no_text(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_bytes(data)
    assert run(["table", str(path)]) == 2


def test_a_byte_order_mark_and_crlf_are_fine() -> None:
    assert answer(
        catalogue.decode("\ufeffinput: 8x8x4\r\nlayers:\r\n  - relu\r\n".encode(), "t")
    ).table.output_shape == (8, 8, 4)
