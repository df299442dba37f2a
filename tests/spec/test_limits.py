"""What is refused at once: too large, too deep, too many; and nothing that grows faster than the file."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from shapecalc.errors import Source, SpecError
from shapecalc.spec import load

from .conftest import Mistakes, answer, findings


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail where the block takes longer, in time that this process itself has used."""
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds


REFUSED = {
    "nested repeats": (
        "input: 8x8x1\nlayers:\n- seq:\n    repeat: 1000\n    layers: [seq: {repeat: «1000», layers: [seq: {repeat: 1000, layers: [relu]}]}]\n",
        "SC213 this unrolls to more than 200,000 layers | lower a repeat",
    ),
    "a large repeat": ("input: 8x8x1\nlayers: [relu: {repeat: «200001»}]", "SC213 this unrolls to more than 200,000 layers | lower a repeat"),
    "a huge repeat": ("input: 8x8x1\nlayers: [relu: {repeat: «10*100000000000000000»}]", "SC213 this unrolls to more than 200,000 layers | lower a repeat"),
    "a huge repeat of nothing": ("input: 8x8x1\nlayers: [seq: {repeat: «1e18», layers: [relu: {if: false}]}, relu]", "SC213 this unrolls to more than 20,000 entries that make no layer | lower a repeat"),
    "a huge repeat of an empty seq": ("input: 8x8x1\nlayers: [seq: {repeat: «1e9», layers: []}, relu]", "SC213 this unrolls to more than 20,000 entries that make no layer | lower a repeat"),
    "repeats of nothing inside each other": (
        "input: 8x8x1\nlayers: [seq: {repeat: 1000, layers: [seq: {repeat: «1000», layers: [seq: {repeat: 1000, layers: [seq: []]}]}]}]",
        "SC213 this unrolls to more than 20,000 entries that make no layer | lower a repeat",
    ),
    "blocks that double": (
        "input: 8x8x1\nblocks: {" + ", ".join(f"B{i}: [B{i + 1}, B{i + 1}]" for i in range(30)) + ", B30: [relu]}\nlayers: [B0]",
        "SC213 this unrolls to more than 200,000 layers | lower a repeat",
    ),
    "blocks of nothing that double": (
        "input: 8x8x1\nblocks: {" + ", ".join(f"B{i}: [B{i + 1}, B{i + 1}]" for i in range(40)) + ", B40: []}\nlayers: [B0]",
        "SC213 this unrolls to more than 20,000 entries that make no layer | lower a repeat",
    ),
    "a block that uses itself": (
        "input: 8x8x1\nblocks: {B: [relu, «B»]}\nlayers: [B]",
        "SC213 this lies more than 64 blocks, branches and lists deep | does a block use itself?",
    ),
    "blocks that use each other": (
        "input: 8x8x1\nblocks: {A: [B], B: [add: {x: [«A», A], y: []}]}\nlayers: [A]",
        "SC213 this lies more than 64 blocks, branches and lists deep | does a block use itself?",
    ),
    "a long expression": (
        f"input: 8x8x1\nlayers: [conv: «{'1+' * 100}1»]",
        "SC301 an expression has at most 200 characters | name its parts under params:",
    ),
    "a deep expression": (f"input: 8x8x1\nlayers: [conv: «{'-' * 190}1»]", "SC301 this is nested too deeply | name its parts under params:"),
    "a large number": ("input: 8x8x1\nlayers: [conv: «1000000000000000001»]", "SC204 numbers go up to 10^18 | write a smaller one"),
    "a very large number": (f"input: 8x8x1\nlayers: [conv: «{'9' * 5000}»]", "SC204 numbers go up to 10^18 | write a smaller one"),
    "a very large size": (f"input: 8x8x«{'9' * 5000}»\nlayers: [relu]".replace("8x8x«", "«8x8x"), "SC204 numbers go up to 10^18 | write a smaller one"),
    "a large product": ("input: 8x8x1\nlayers: [conv: «1000000000*1000000000*2»]", "SC304 numbers go up to 10^18 | this product or sum is larger"),
    "deep YAML": ("[" * 64 + "«[»", "SC108 more than 64 levels inside each other | use blocks: each has a name and its own levels"),
}  # fmt: skip


@pytest.mark.parametrize(("spec", "finding"), REFUSED.values(), ids=REFUSED)
def test_refused_at_once(mistakes: Mistakes, spec: str, finding: str) -> None:
    with within(1.0):
        found = mistakes(spec)
    assert found == [finding]


def test_the_contracts_six_lines() -> None:
    """A six-line file of nested `repeat: 1000`."""
    spec = """input: 8x8x1
blocks: {A: [relu], B: [A: {repeat: 1000}], C: [B: {repeat: 1000}]}
layers:
  - C: {repeat: 1000}
  - C: {repeat: 1000}
  - C: {repeat: 1000}
"""
    with within(0.5):
        assert [d.code for d in findings(spec)] == ["SC213"]


def test_as_many_as_allowed() -> None:
    assert (
        len(
            answer(
                "input: 8x8x1\nlayers: [relu: {repeat: 1000}, seq: {repeat: 1000, layers: [relu, tanh]}]"
            ).table.rows
        )
        == 3000
    )


def test_two_blocks_may_be_sixty_deep() -> None:
    blocks = ", ".join(f"B{i}: [B{i + 1}]" for i in range(60)) + ", B60: [relu]"
    assert len(answer(f"input: 8x8x1\nblocks: {{{blocks}}}\nlayers: [B0]").table.rows) == 1


HOSTILE = {
    "a mebibyte of [": "[" * 2**20,
    "a mebibyte of {": "{" * 2**20,
    "a mebibyte of dashes": "- " * 2**19,
    "a mebibyte of keys": "a: " * 349_525,
    "a mebibyte of &": "&" * 2**20,
    "a mebibyte of quotes": '"' * 2**20,
    "a mebibyte of text": "a" * 2**20,
    "a mebibyte of newlines": "\n" * 2**20,
    "a mebibyte of tabs": "\t" * 2**20,
    "a mebibyte of {a: ": "{a: " * 2**18,
    "a mebibyte of ? ": "? " * 2**19,
    "a mebibyte of NUL": "\0" * 2**20,
    "a mebibyte of one expression": "input: 8x8x1\nlayers: [conv: '" + "1+" * 500_000 + "1']",
    "a mebibyte of one name": "input: 8x8x1\nlayers: [" + "a" * 1_000_000 + "]",
    "a mebibyte of one option": "input: 8x8x1\nlayers: [conv: {" + "a" * 1_000_000 + ": 1}]",
    "unknown layers": "input: 8x8x1\nlayers: [" + ", ".join(f"foo{i}" for i in range(30_000)) + "]",
    "unknown options": "input: 8x8x1\nlayers: [relu: {"
    + ", ".join(f"foo{i}: 1" for i in range(30_000))
    + "}]",
    "unknown names": "input: 8x8x1\nlayers: [" + ", ".join(f"conv: a{i}" for i in range(30_000)) + "]",
    "unknown references": "input: 8x8x1\nlayers: ["
    + ", ".join(f"relu: {{from: rel{i}}}" for i in range(10_000))
    + "]",
    "unknown keys": "\n".join(f"key{i}: 1" for i in range(30_000)),
    "repeated keys": "input: 8x8x1\n" * 60_000,
    "anchors": "input: [" + "&a 1, " * 100_000 + "]",
    "parameters": "input: 8x8x1\nparams: {"
    + ", ".join(f"p{i}: x" for i in range(20_000))
    + "}\nlayers: [relu]",
    "blocks": "input: 8x8x1\nblocks: {"
    + ", ".join(f"b{i}: [x]" for i in range(20_000))
    + "}\nlayers: [relu]",
    "more than 32 mebibytes": "a" * (2**25 + 1),
    "too many bytes": "中" * 12_000_000,
    "nothing but closing parentheses": "input: [" + "a), " * 100_000 + "]",
    "keys that close": "input: {a: 1, " + ", ".join(f"b{i})" for i in range(50_000)) + "}",
}


@pytest.mark.parametrize("spec", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_answered_quickly(spec: str) -> None:
    with within(6.0):
        found = findings(spec)
    assert found and all(d.span for d in found) and len(found) <= 1001


def test_other_limits_for_load() -> None:
    spec = "input: 8x8x1\nlayers: [relu]\n"
    with pytest.raises(SpecError, match="larger than 10 bytes"):
        load(Source("t.yaml", spec), max_bytes=10)
    with pytest.raises(SpecError, match="more than 1 levels"):
        load(Source("t.yaml", spec), max_depth=1)
    deep = "layers: " + "[seq: " * 60 + "relu" + "]" * 60 + "\ninput: 8x8x1\n"
    assert load(Source("t.yaml", deep), max_depth=200).entries


def lines(n: int) -> str:
    return "input: 32x32x3\nlayers:\n" + "  - conv: {filters: 64, kernel: 3, padding: 1}\n" * n


LIGHT = (
    "numpy",
    "rich",
    "json",
    "fractions",
    "difflib",
    "decimal",
    "dataclasses",
    "click",
    "inspect",
    "unicodedata",
)


def test_importing_is_light() -> None:
    code = f"import shapecalc.spec, sys; print([m for m in {LIGHT} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"
