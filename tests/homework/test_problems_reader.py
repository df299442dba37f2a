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
        "9:8 SC206 nothing is asked by output_shap | did you mean output_shape?",
        "11:3 SC206 a problem has no key inptu | did you mean input?",
        "16:39 SC402 conv: a window of 9 does not fit into an input of 5 padded by 0 + 0 | take a smaller kernel or more "
        "padding, or shrink the input less before",
        "17:29 SC206 nothing is asked by weigths | did you mean weights?",
        "18:13 SC207 q5 asks for nothing | ask: output_shape",
        "19:3 SC205 a problem is a mapping | - id: q1",
        "20:3 SC217 params cannot be worked out: the setup does not say which layers there are | say it in the problem, or "
        "give an answer:",
        "21:17 SC206 there is no convention bnn | did you mean bn?",
        "21:29 SC204 expected a value such as 2, found four | write conventions: {bn: 2}",
        "29:3 SC217 stride cannot be worked out: no stride gives that output | say it in the problem, or give an answer:",
        "36:43 SC202 conv has no option kernal | did you mean kernel?",
        "42:12 SC217 params: none of the choices is right | the answer is 84",
    ]


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        ("{kernel: 3, ask: output_size}", "the input's size is not said"),
        ("{kernel: 3, channels: 3, filters: 2, ask: macs}", "the input's size is not said"),
        ("{stack: [[3, 1], [3, 1]], ask: activations}", "the input's size is not said"),
        (
            "{input: 8x8x1, layers: [{conv: 1}], ask: ratio}",
            "a ratio needs two networks, and the setup has not two",
        ),
        ("{question: How large is it?, ask: params}", "the setup does not say which layers there are"),
        ("{input: 8x8x1, layers: [{conv: 1}], ask: convert}", "nothing is said that could be converted"),
        (
            "{input: 8x8x1, layers: [{conv: 1}, {conv: 2}], ask: {conv3: params}}",
            "conv3: which conv is meant is not clear",
        ),
        (
            "{input: 8x8x1, a: [{conv: 1}], b: [{conv: 2}], ask: params}",
            "params could be any of a, b",
        ),
    ],
)
def test_refusals(problem: str, reason: str) -> None:
    (line,) = mistakes(f"problems:\n- {problem}\n")
    assert f"cannot be worked out: {reason} |" in line


def test_a_number_that_is_not_understood_makes_no_window() -> None:
    head = "format: shapecalc-homework-problems/1\nproblems:\n- id: q\n  setup: {n: 32, kernel: 5, pool: 2}\n"
    file = read_problems(Source("p", f"{head}  answers: [{{cell: size, asks: output_size, accepted: 14}}]\n"))
    (question,) = file.problems[0].questions
    assert (question.right, question.reason) == ((14,), "the setup says pool, which is not understood")


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
    words = [
        "-1",
        "'?'",
        "[]",
        "{}",
        "0",
        "x",
        "[1, 2, 3]",
        "{op: conv}",
        "99999999",
        "same",
        "null",
        "true",
        "3.5",
        "[[]]",
    ]
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
