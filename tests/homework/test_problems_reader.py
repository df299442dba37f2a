"""Mistakes in a problem file: all at once, each with its place and a cure; and no file, however broken, is a traceback."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from shapecalc import text
from shapecalc.errors import ShapecalcError, Source, SpecError
from shapecalc.homework.problems import is_problems, read_problems
from shapecalc.spec.reader import read as read_tree

DATA = Path(__file__).parents[1] / "data" / "homework"


@pytest.fixture(autouse=True)
def english() -> None:
    text.use("en")


def mistakes(spec: str) -> list[str]:
    with pytest.raises(SpecError) as caught:
        read_problems(Source("p.yaml", spec))
    return [
        f"{str(d.span).removeprefix('p.yaml:')} {d.code} {d.message} | {d.help}"
        for d in caught.value.diagnostics
    ]


def test_every_mistake_of_a_file() -> None:
    assert mistakes((DATA / "problems.bad.yaml").read_text(encoding="utf-8")) == [
        "4:19 SC202 conv has no option filtrs | did you mean filters?",
        "6:7 SC209 q1 is already the name of something here | choose another id",
        "8:12 SC201 there is no layer convv | did you mean conv?",
        "10:7 SC207 a spec needs input: | input: 32x32x1",
        "11:3 SC206 a problem has no key inptu | did you mean input?",
        "16:39 SC402 conv: a window of 9 does not fit into an input of 5 padded by 0 + 0 | take a smaller kernel or more padding, or shrink the input less before",
        "18:3 SC207 the problem says nothing that could be asked about | give it input: and layers:, base:, networks: or window: {n: 63, f: 7}",
        "18:3 SC207 q5 asks for nothing | ask: conv1.output",
        "19:3 SC205 a problem is a mapping | - id: q1",
        "23:17 SC206 there is no convention bnn | did you mean bn?",
        "23:29 SC204 expected a value such as 2, found four | write conventions: {bn: 2}",
        "24:12 SC303 a layer has no weigths | did you mean weights?",
        "24:30 SC303 no layer is called conv7 | did you mean conv1?",
        "24:47 SC303 nothing is called parms here | did you mean params?",
        "24:58 SC302 ** is not part of the language | write the product out: a*a",
        "24:80 SC304 division by zero | the divisor must be at least 1",
        "24:119 SC207 g asks for nothing | ask: conv1.output",
        "29:18 SC206 a window has no k | there are n f s p d out rounding transposed output_padding",
        "32:11 SC217 nothing says what f should lead to | give the output: out: 63",
        "38:12 SC217 params: none of the choices is right | the answer is 84",
        "40:28 SC206 there is no top-level key layer | it is called layers here",
        "42:60 SC206 a cell has no key mark | did you mean marks?",
        "43:12 SC206 answer: there is no cell d | there are a b c",
        "46:51 SC217 nothing that is unknown leads to what is expected: conv1 is 8×8×2, and 9×9×2 was expected | change what is expected, or the numbers before it",
        "52:16 SC303 p has several answers | ask for it by itself",
        "55:8 SC303 p is the word same, no number | ask for window.padding",
        "56:7 SC206 set changes the parameters of a base, and there is none | write the values under params:, or name a base:",
        "56:7 SC207 a spec needs input: | input: 32x32x1",
        "56:7 SC207 a spec needs layers: | layers:\n  - conv: {filters: 6, kernel: 5}",
        "59:7 SC207 the problem says nothing that could be asked about | give it input: and layers:, base:, networks: or window: {n: 63, f: 7}",
    ]


def test_a_question_is_never_read() -> None:
    line = mistakes("problems:\n- {id: q, question: 'Conv2d(3, 24, 3) on 7x7: params?', ask: params}\n")
    assert line == [
        "2:8 SC207 the problem says nothing that could be asked about | give it input: and layers:, base:, networks: or "
        "window: {n: 63, f: 7}"
    ]


def test_a_setting_of_a_base_that_is_not_there() -> None:
    (line,) = mistakes("problems:\n- {id: q, base: lenet5, set: {conv1.filtrs: 12}, ask: params}\n")
    assert line == "2:31 SC202 conv has no option filtrs | did you mean filters?"


def test_a_spec_is_no_problem_file() -> None:
    assert not is_problems(read_tree(Source("s", "input: 1\nlayers: [relu]\n"))[0])
    assert is_problems(read_tree(Source("s", "problems: []\n"))[0])
    assert mistakes("input: 8x8x1\n")[0].startswith("1:1 SC207 a problem file is a mapping with problems: |")


@pytest.mark.parametrize("name", ["problems.public.yaml", "problems.more.yaml", "problems.plain.yaml"])
def test_broken_files_never_end_in_a_traceback(name: str) -> None:
    """Lines left out, doubled, and words put in the place of others."""
    draw = random.Random(11)  # noqa: S311
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    lines += [""] * 40
    start = next(i for i, line in enumerate(lines) if line.startswith("problems:"))
    words = ["-1", "'?'", "[]", "{}", "0", "x", "[1, 2, 3]", "{n: 3}", "99999999", "same", "null", "true", "3.5", "[[]]"]  # fmt: skip
    words += ["unknown", "a.b.c", "conv1.params / 0", "{ask: }", "at('x')", "{window: {n: unknown}}"]
    for _turn in range(80):
        at = draw.randrange(start + 1, len(lines) - 45)
        while not lines[at].startswith("- "):
            at -= 1
        part = [line for line in lines[at : at + 40] if not line.startswith("#")]
        for _times in range(3):
            i = draw.randrange(0, len(part))
            key, colon, _value = part[i].rpartition(": ")
            part[i] = (
                f"{key}{colon}{draw.choice(words)}"
                if colon and draw.random() < 0.8
                else draw.choice(["", part[i - 1]])
            )
        try:
            read_problems(Source("broken.yaml", "\n".join([*lines[: start + 1], *part])))
        except ShapecalcError as error:
            assert isinstance(error, SpecError), error
