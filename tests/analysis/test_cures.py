"""What an error proposes is written into the file, and then it works: that error is gone and no other has come."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from shapecalc.analysis.cures import ROOMS, _propose
from shapecalc.analysis.cures.trials import Trials
from shapecalc.api import Selection, compute, read
from shapecalc.engine import Overrides
from shapecalc.errors import SpecError

from .applying import apply, findings, plan_of, proposals

NOTHING_TO_TRY = ("attention", "connection_table", "sequences", "several_inputs")
"""Of what is wrong in these, nothing is a number that could be another."""
FOLDER = Path(__file__).parents[1] / "bad_specs"
SHAPES = [
    p
    for p in sorted(FOLDER.glob("*.yaml"))
    if any(f"[{code}]" in p.with_suffix(".txt").read_text("utf-8") for code in ROOMS)
]
HEAD = "input: 32x32x3\nlayers:\n"

# spec → the proposals of its one error
OTHERS: dict[str, list[str]] = {
    HEAD + "  - conv: {filters: 8, kernel: 5, stride: 3}\n  - conv:\n      filters: 8\n      kernel: 11\n  - relu\n":
        ["write:  kernel: 9", "or write:  padding: 1", "or change the input:  input: 35x35x3"],
    HEAD + "  - maxpool: 2\n  - maxpool: 17\n": ["write:  kernel: 15", "or write:  padding: 1", "or change the input:  input: 34x34x3"],
    "input: 9\nlayers: [fc: 3, reshape: 3x1, conv: {filters: 2, kernel: 5}]\n": ["write:  kernel: 3", "or write:  padding: 1", "or write:  padding: same"],
    HEAD + "  - conv: {filters: 8, kernel: 3, dilation: 20}\n":
        ["write:  kernel: 1", "or write:  padding: 5", "or change the input:  input: 41x41x3"],
    "layout: CHW\ninput: 3x5x7\nlayers: [conv: {filters: 4, kernel: [7, 7]}]\n":
        ["write:  kernel: 5x7", "or write:  padding: 1", "or change the input:  input: 3x7x9"],
    HEAD + "  - add:\n      a:\n        - conv: 8\n        - bn\n      b: [conv: {filters: 4, stride: 2}]\n":
        ["add a 1×1 projection to branch 'a':  conv: {filters: 4, stride: 2}", "or in conv at 7:11 write:  filters: 8, stride: 1",
         "or in conv at 7:11 write:  filters: 8, stride: 1, padding: same"],
    HEAD + "  - conv: 8\n  - add: [input, prev]\n": ["put before it:  conv: 3", "or put before it:  conv: {filters: 8, from: input, name: projection}  and then join  [projection, conv1]"],
    HEAD + "  - conv: 8\n  - add: [prev, input]\n": ["put before it:  conv: {filters: 8, from: input, name: projection}  and then join  [conv1, projection]", "or put before it:  conv: 3"],
    HEAD + "  - concat: {a: [conv: 8], b: [maxpool: {kernel: 3, stride: 1}]}\n": ["in maxpool at 3:32 write:  padding: 1", "or in maxpool at 3:32 write:  padding: same"],
    HEAD + "  - concat: {a: [maxpool: 2], b: [conv: {filters: 8, kernel: 3, padding: 1}]}\n": ["in conv at 3:35 write:  stride: 2", "or in maxpool at 3:18 write:  stride: 1, padding: same"],
    HEAD + "  - conv: {filters: 10, groups: 4, from: input}\n": ["write:  groups: 1"],
    HEAD + "  - conv: 12\n  - conv: {filters: 18, groups: 5}\n": ["write:  groups: 6", "or write:  groups: 3"],
    HEAD + "  - conv: 12\n  - shuffle: 5\n": ["write:  groups: 4", "or write:  groups: 6"],
    HEAD + "  - avgpool: {f: 3, p: 2}\n": ["write:  padding: 1", "or write:  kernel: 4", "or write:  padding: same"],
    "input: 28x28\nlayers:\n  - conv: {filters: 4, kernel: 3}\n  - gap\n  - conv: 2\n": ["put before it:  reshape: 1x1x4"],
    HEAD + "  - flatten\n  - relu\n  - conv: {filters: 8, kernel: 3}\n": ["put before it:  reshape: 32x32x3"],
    HEAD + "  - conv: {filters: 8, kernel: 3, expect: 32x32x8}\n": ["write:  padding: 1", "or write:  kernel: 1", "or write:  expect: 30x30x8"],
    HEAD + "  - conv: {filters: 8, kernel: 3, expect: 15x15x16}\n": ["write:  filters: 16, kernel: 18", "or write:  filters: 16, stride: 2", "or write:  expect: 30x30x8"],
    HEAD + "  - fc: {units: 10, expect: 100}\n": ["write:  units: 100", "or write:  expect: [10]"],
    "input: 227x227x3\nlayers:\n  - conv: {filters: 96, kernel: 11, stride: 4, expect: 56x56x96}\n":
        ["write:  padding: 2", "or write:  kernel: 7", "or write:  expect: 55x55x96"],
    HEAD + "  - seq: {name: x, layers: [conv: {filters: 4, kernel: 5}, relu], expect: 27x27x4}\n":
        ["write:  expect: 28x28x4", "or change the input:  input: 31x31x3"],
    "input: 30x30x8\nlayers:\n  - conv: 8\n  - maxpool: 4\n  - upsample: 4\n  - concat: [prev, conv1]\n": ["change the input:  input: 32x32x8", "or change the input:  input: 28x28x8", "or change the input:  input: 24x24x8"],
    "input: 31x31x4\nlayers: [spacetodepth: 2]\n": ["change the input:  input: 32x32x4", "or change the input:  input: 30x30x4", "or write:  scale: 1"],
    "input: 8x8x6\nlayers: [pixelshuffle: 2]\n": ["write:  scale: 1", "or put before it:  conv: 4", "or put before it:  conv: 8"],
    "input: 8x8x6\nlayers: [crop: 4]\n": ["write:  amount: 3"],
    "input: 16x16x4\nblocks: {B: {params: {k: int}, layers: [conv: {filters: 4, kernel: k}, relu]}}\nlayers: [B: 19]\n":
        ["write:  kernel: 15", "or write:  padding: 2", "or change the input:  input: 19x19x4"],
}  # fmt: skip


def unmet(found: set[tuple[str, str]]) -> bool:
    """Expectations only: they are not looked at while a shape is wrong, and may have been unmet all along."""
    return all(code.startswith("SC5") for code, _message in found)


def check(text: str) -> int:
    """Apply every proposal of every finding; how many there were."""
    before, count = findings(text), 0
    known = {(d.code, d.message) for d in before}
    for diagnostic in before:
        for proposal in proposals(diagnostic):
            changed = apply(text, diagnostic, proposal)
            found = findings(changed)
            assert diagnostic.span
            line = diagnostic.span.line
            places = {line, line + changed.count("\n") - text.count("\n")}
            same = [d for d in found if (d.code, d.message) == (diagnostic.code, diagnostic.message)]
            assert not [d for d in same if d.span and d.span.line in places], (text, proposal)
            after = {(d.code, d.message) for d in found}
            told = "what comes after it does not fit then, either" in (diagnostic.help or "")
            assert told or after <= known or unmet(after - known), (text, proposal, after - known)
            count += 1
    return count


@pytest.mark.parametrize("path", SHAPES, ids=lambda p: p.stem)
def test_bad_specs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    assert check(path.read_text("utf-8")) or path.stem in NOTHING_TO_TRY


@pytest.mark.parametrize(("text", "wanted"), OTHERS.items())
def test_proposals(text: str, wanted: list[str]) -> None:
    [found] = findings(text)
    given = proposals(found)
    assert given == wanted
    assert check(text) == len(given)


def test_the_projection_stands_alone() -> None:
    text = (FOLDER / "residual.yaml").read_text("utf-8")
    assert [d.help for d in findings(text)] == [
        "add a 1×1 projection to this branch:  conv: {filters: 512, stride: 2}"
    ]


def test_nothing_is_offered_that_breaks_an_expectation() -> None:
    text = HEAD + "  - conv: {filters: 8, kernel: 40, expect: 5x5x8}\n"
    [found] = findings(text)
    assert not proposals(found) and found.help and found.help.startswith("take a smaller kernel")


def test_a_second_mistake_further_on_is_told() -> None:
    text = HEAD + "  - conv: {filters: 8, kernel: 40}\n  - conv: {filters: 9, groups: 2}\n"
    [found] = findings(text)
    assert found.help == (
        "write:  kernel: 31\nor write:  padding: 4\nor write:  padding: same\nwhat comes after it does not fit then, either"
    )
    assert check(text) == 3


LAYERS = (
    "conv: {{filters: {a}, kernel: {k}, stride: {s}, padding: {p}}}", "conv: {{filters: {a}, kernel: {k}, groups: {g}}}", "maxpool: {k}",
    "maxpool: {{kernel: {k}, padding: {p}}}", "avgpool: {{kernel: {k}, stride: {s}}}", "add: {{a: [conv: {{filters: {a}, kernel: {k}}}], b: identity}}",
    "concat: {{a: [conv: {{filters: {a}, kernel: {k}}}], b: [maxpool: {{kernel: 3, stride: {s}, padding: 1}}]}}", "relu", "flatten",
    "conv: {{filters: {a}, kernel: {k}, expect: 8x8x{a}}}", "convtranspose: {{filters: {a}, kernel: {k}, stride: {s}, padding: {p}}}",
    "pixelshuffle: 2", "spacetodepth: {s}", "crop: {p}", "conv: {{filters: {a}, kernel: {k}, padding: keep}}",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_random_networks(seed: int) -> None:
    r = random.Random(seed)  # noqa: S311
    lines = [
        "  - "
        + r.choice(LAYERS).format(
            a=r.choice((3, 4, 6, 8)),
            k=r.randint(1, 9),
            s=r.randint(1, 3),
            p=r.randint(0, 4),
            g=r.randint(1, 4),
        )
        for _ in range(r.randint(2, 7))
    ]
    text = (
        f"input: {r.randint(4, 20)}x{r.randint(4, 20)}x{r.choice((1, 3, 4))}\nlayers:\n"
        + "\n".join(lines)
        + "\n"
    )
    found = findings(text)
    _propose(list(found), plan_of(text), Overrides())  # raises where something is wrong with proposing
    check(text)


def test_a_large_network_is_not_walked_often() -> None:
    text = (
        HEAD
        + "  - conv: {filters: 8, kernel: 3, padding: 1, repeat: 8000}\n  - conv: {filters: 8, kernel: 99}\n"
    )
    assert Trials(plan_of(text), Overrides()).left == 1
    [found] = findings(text)
    assert len(proposals(found)) == 1
    [found] = findings(text.replace("8000", "20000"))
    assert found.help and found.help.startswith("take a smaller kernel")


def test_an_error_of_its_own_leaves_the_message_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("shapecalc.analysis.cures.trials.Trials.__init__", fail)
    [found] = findings(HEAD + "  - conv: {filters: 8, kernel: 99}\n")
    assert found.help and found.help.startswith("take a smaller kernel")


def test_a_base_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "base: lenet5\ninput: 8x8x1\n"
    found = findings(text)
    assert found and all("kernel" not in p for d in found for p in proposals(d))
    assert check(text) == sum(len(proposals(d)) for d in found) > 0


def test_an_input_of_the_command_line_is_changed_there() -> None:
    plan = read("vgg16")
    with pytest.raises(SpecError) as refused:
        compute(plan, Selection({}, {"input": "16x16x3"}))
    [found] = refused.value.diagnostics
    assert found.help and found.help.endswith("or change the input:  --input 32x32x3")
    assert compute(plan, Selection({}, {"input": "32x32x3"})).table.output_shape == (1000,)


LETTERS = {
    "input: 6xWx3\nlayers:\n  - conv: {filters: 8, kernel: 9}\n":
        ["write:  kernel: 5x9", "or write:  padding: 2", "or write:  padding: same"],
    "input: HxWx3\nlayers:\n  - conv: {filters: 8, kernel: 3, name: a}\n  - conv: {filters: 16, kernel: 3, padding: same}\n  - add: [prev, a]\n":
        ["put before it:  conv: {filters: 16, from: a, name: projection}  and then join  [conv1, projection]", "or put before it:  conv: 8"],
}  # fmt: skip


@pytest.mark.parametrize("text", LETTERS)
def test_with_letters(text: str) -> None:
    """A size that is a letter is no reason to propose nothing; and what is proposed works."""
    (finding,) = findings(text)
    assert proposals(finding) == LETTERS[text]
    assert check(text) == len(LETTERS[text])
