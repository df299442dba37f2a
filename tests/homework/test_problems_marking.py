"""Answers to single questions: every container is read, every state is given, and every accepted answer is accepted."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from shapecalc import text
from shapecalc.errors import Source
from shapecalc.homework.answers import Reading
from shapecalc.homework.problems import ProblemFile, asking, read_problems
from shapecalc.homework.problems.answers import Given, answers_in
from shapecalc.homework.problems.key import in_print
from shapecalc.homework.problems.marking import mark

DATA = Path(__file__).parents[1] / "data" / "homework"
FILE = """
problems:
- id: q1
  input: 63x63x16
  layers: [conv: {filters: 32, kernel: 7, stride: 2}]
  ask: {output_shape: output, params: params}
- id: q2
  question: Which paddings?
  window: {n: 8, f: 3, s: 4, p: unknown, out: 2}
  ask: {padding: p}
- id: q3
  base: alexnet
  ask: {total: params}
  answer: none
- id: q4
  input: 6x6x3
  networks:
    normal: [conv: {filters: 5, kernel: 3}]
    separable: [depthwise: 3, conv: 5]
  ask: {ratio: separable.macs / normal.macs}
- id: q5
  window: {n: 63, f: 3, s: 2, p: unknown, out: 32}
  ask: {padding: p}
  choices: {A: 0, B: 1, C: 2}
- id: q6
  window: {n: 5, f: 3, s: 3, p: 1}
  ask: {fits: (n + 2*p - f) % s == 0}
- id: q7
  question: Which of these give 2 from 8?
  window: {n: 8, f: 3, s: 4, p: unknown, out: 2}
  ask: {padding: p}
  choices: {A: 0, B: 1, C: 2}
"""


@pytest.fixture(autouse=True)
def english() -> None:
    text.use("en")


@pytest.fixture(name="file")
def problem_file() -> ProblemFile:
    return read_problems(Source("p.yaml", FILE))


def read(given: str, kind: str, layout: str) -> Reading:
    """A reader of the plainest spellings: numbers, 28x28x6, 62.4M, yes and no, same."""
    if kind == "yes_no" or given == "same":
        return Reading(given, "read" if kind == "yes_no" else "word", given)
    if given.endswith("M"):
        millions = Fraction(given[:-1])
        places = len(given.partition(".")[2]) - 1 if "." in given else 0
        return Reading(given, "read", int(millions * 10**6), 10 ** (6 - places))
    value = in_print(
        {"padding": "number", "stride": "number", "bytes": "number"}.get(kind, kind), given.strip()
    )
    return (
        Reading(given, "read", value)
        if not isinstance(value, str)
        else Reading(given, "unreadable", reason="?")
    )


def states(file: ProblemFile, answers: dict[tuple[str, str], str]) -> dict[str, str]:
    marked = mark(file, answers, read)
    return {f"{m.layer} {m.quantity}": m.state for m in marked if (m.layer, m.quantity) in answers}


@pytest.mark.parametrize(
    ("cell", "given", "state"),
    [
        (("q1", "output_shape"), "29x29x32", "correct"),
        (("q1", "output_shape"), "32x29x29", "equivalent"),
        (("q1", "output_shape"), "29x29", "wrong"),
        (("q1", "output_shape"), "", "blank"),
        (("q1", "params"), "25,120", "correct"),
        (("q1", "params"), "25088", "wrong"),
        (("q1", "params"), "about", "unreadable"),
        (("q2", "padding"), "0", "correct"),
        (("q2", "padding"), "1", "correct"),
        (("q2", "padding"), "same", "equivalent"),
        (("q2", "padding"), "2", "wrong"),
        (("q3", "total"), "62378344", "correct"),
        (("q3", "total"), "62.4M", "rounded"),
        (("q3", "total"), "62.3M", "rounded"),
        (("q3", "total"), "62.5M", "wrong"),
        (("q3", "total"), "6M", "wrong"),
        (("q4", "ratio"), "0.31", "rounded"),
        (("q4", "ratio"), "0.33", "wrong"),
        (("q5", "padding"), "B", "correct"),
        (("q5", "padding"), "b)", "correct"),
        (("q5", "padding"), "1", "correct"),
        (("q5", "padding"), "A", "wrong"),
        (("q5", "padding"), "A, B", "wrong"),
        (("q6", "fits"), "no", "correct"),
        (("q6", "fits"), "yes", "wrong"),
        (("q7", "padding"), "A, B", "correct"),
        (("q7", "padding"), "AB", "correct"),
        (("q7", "padding"), "A", "wrong"),
    ],
)
def test_states(file: ProblemFile, cell: tuple[str, str], given: str, state: str) -> None:
    assert states(file, {cell: given}) == {" ".join(cell): state}


def test_every_accepted_answer_is_accepted() -> None:
    file = read_problems(Source("p.yaml", (DATA / "problems.public.yaml").read_text(encoding="utf-8")))
    given = {
        (p.id, q.cell): "x".join(map(str, q.published)) if isinstance(q.published, list) else str(q.published)
        for p in file.problems
        for q in p.asks
        if q.published is not None
    }
    given = {cell: {"False": "no", "True": "yes"}.get(answer, answer) for cell, answer in given.items()}
    wrong = [(m.layer, m.quantity, m.remark) for m in mark(file, given, read) if m.state == "wrong"]
    check = "this is the published answer, and {} was computed: check the key"
    assert [w for w in wrong if w[0] != "cs231n-vgg-mem"] == [
        ("hist-fc3", "CONV-9-32:weights", check.format("7,776")),
        ("dbg-rect", "2", check.format("7×9")),
    ]


def test_the_slip_is_asked_for_with_the_layer(file: ProblemFile) -> None:
    seen = []
    marked = mark(
        file,
        {("q1", "params"): "25088"},
        read,
        lambda asked, value, step: seen.append((asked, value, step)) or ("no_bias",),
    )
    assert next(m.diagnoses for m in marked if m.quantity == "params") == ("no_bias",)
    ((asked, value, step),) = seen
    assert (asked.quantity, asked.word, asked.inputs, value) == ("params", "conv", ((63, 63, 16),), 25_088)
    assert (asked.value(), step) == (25_120, None)


def test_marks_and_credit() -> None:
    spec = (
        "problems:\n- {id: q, input: 7x7x1, layers: [conv: {filters: 1, kernel: 3}], "
        "ask: {a: {ask: size, marks: 2}, b: {ask: params, marks: 0.5}}}\n"
    )
    marked = mark(read_problems(Source("p", spec)), {("q", "a"): "5", ("q", "b"): "9"}, read)
    assert [(m.marks, m.credit, m.score) for m in marked] == [(2.0, 1.0, 2.0), (0.5, 0.0, 0.0)]


def test_tolerance_of_a_cell() -> None:
    spec = (
        "tolerance: 1%\nproblems:\n- {id: q, input: 7x7x1, layers: [conv: {filters: 10, kernel: 3}], "
        "ask: {a: {ask: params, tolerance: 2}, b: weights, c: params}}\n"
    )
    given = {("q", "a"): "97", ("q", "b"): "89", ("q", "c"): "101"}  # 100, 90 and 100
    marked = mark(read_problems(Source("p", spec)), given, read)
    assert [m.state for m in marked] == ["wrong", "wrong", "rounded"]


SHEET = {
    "CONV1": ("32x32x6", "456"), "POOL1": ("16x16x6", "0"), "CONV2": ("12x12x16", "2416"), "POOL2": ("6x6x16", "0"),
    "FC3": ("120", "69240"), "FC4": ("84", "10164"), "OUT": ("10", "850"),
}  # fmt: skip
"""A student who keeps the size in CONV1, and goes on rightly from there."""


def marks_of_the_sheet(follow: bool) -> dict[str, tuple[str, str | None]]:
    file = read_problems(Source("p", (DATA / "problems.public.yaml").read_text(encoding="utf-8")))
    given = {}
    for row, (shape, params) in SHEET.items():
        given["seed-lenet6", f"{row}:output_shape"] = shape
        given["seed-lenet6", f"{row}:params"] = params
    marked = mark(file, given, read, follow=follow)
    return {m.quantity: (m.state, m.caused_by) for m in marked if (m.layer, m.quantity) in given}


def test_an_error_is_charged_where_it_is_made() -> None:
    found = marks_of_the_sheet(follow=True)
    assert found.pop("CONV1:output_shape") == ("wrong", None)
    followed = ("POOL1:output_shape", "CONV2:output_shape", "POOL2:output_shape", "FC3:params")
    assert [found.pop(cell) for cell in followed] == [("follow_through", "CONV1")] * 4
    assert set(found.values()) == {("correct", None)}
    assert len(found) == 9


def test_without_follow_through_each_cell_stands_alone() -> None:
    assert [state for state, _row in marks_of_the_sheet(follow=False).values()].count("correct") == 9


def test_a_sum_of_the_students_own_numbers_follows() -> None:
    spec = "problems:\n- {id: m, input: [784], layers: [fc: 128, fc: 10], ask: {l1: fc1.params, l2: fc2.params, total: params}}\n"
    file = read_problems(Source("p", spec))
    marked = mark(file, {("m", "l1"): "100352", ("m", "l2"): "1290", ("m", "total"): "101642"}, read)
    assert [m.state for m in marked] == ["wrong", "correct", "follow_through"]


def test_an_expression_follows_the_students_own_cells() -> None:
    spec = (
        "problems:\n- {id: m, input: [784], layers: [fc: 128, fc: 10], "
        "ask: {l1: fc1.params, l2: fc2.params, both: l1 + l2, times: l1 / l2}}\n"
    )
    given = {("m", "l1"): "100352", ("m", "l2"): "1290", ("m", "both"): "101642", ("m", "times"): "77.79"}
    marked = mark(read_problems(Source("p", spec)), given, read)
    assert [m.state for m in marked] == ["wrong", "correct", "follow_through", "follow_through"]
    marked = mark(read_problems(Source("p", spec)), given, read, follow=False)
    assert [m.state for m in marked] == ["wrong", "correct", "wrong", "wrong"]


def test_a_slip_in_one_operand_of_an_expression() -> None:
    spec = (
        "problems:\n- {id: m, input: 28x28x192, networks: {a: [conv: {filters: 32, kernel: 5, padding: same}], b: [conv: 16]}, "
        "ask: {more: a.params - b.params, times: a.params / b.params}}\n"
    )
    file = read_problems(Source("p", spec))
    # 153,632 and 3,088; without the biases of the first 153,600
    given = {("m", "more"): "150512", ("m", "times"): "49.74"}
    marked = mark(file, given, read, asking.diagnosed)
    assert [[d.id for d in m.diagnoses][:1] for m in marked] == [["no_bias"], ["no_bias"]]


@pytest.mark.parametrize(
    ("name", "handed_in"),
    [
        ("mei.csv", "id,cell,answer\nq1,output_shape,29x29x32\nQ1,params,\"25,120\"\nq6,,no\n"),
        ("mei.csv", "\ufeffid;cell;answer\nq1;output_shape;29x29x32\nq1;params;25,120\nq6;;no\n"),
        ("mei.tsv", "id\tcell\tanswer\nq1\toutput_shape\t29x29x32\nq1\tparams\t25,120\nq6\t\tno\n"),
        ("mei.csv", "id,answer\nq1 output_shape,29x29x32\nq1:params,\"25,120\"\nq6,no\n"),
        ("mei.csv", "id,output_shape,params,answer\nq1,29x29x32,\"25,120\",\nq6,,,no\n".replace(",answer", ",fits").replace("no", "no")),
        ("mei.csv", "student,q1 output_shape,q1.params,q6\nmei,29x29x32,\"25,120\",no\n"),
        ("mei.txt", "q1 output_shape: 29x29x32\nq1.params = 25,120\nq6: no\n"),
        ("mei.md", "| id | cell | answer |\n|---|---|---|\n| q1 | output_shape | 29x29x32 |\n| q1 | params | 25,120 |\n| q6 | | no |\n"),
        ("mei.json", '{"q1": {"output_shape": [29, 29, 32], "params": "25,120"}, "q6": false}'),
        ("mei.yaml", "q1: {output_shape: 29x29x32, params: '25,120'}\nq6: 'no'\n"),
        ("mei.json", '[{"id": "q1", "cell": "output_shape", "answer": "29x29x32"}, {"id": "q1", "cell": "params", "answer": "25,120"}, {"id": "q6", "answer": "no"}]'),
    ],
)  # fmt: skip
def test_containers(file: ProblemFile, name: str, handed_in: str) -> None:
    (given,) = answers_in(handed_in, f"in/{name}")
    assert (given.student, given.problems) == ("mei", ())
    assert {k: v for k, v in given.matched(file).items() if v} == {
        ("q1", "output_shape"): "29x29x32",
        ("q1", "params"): "25,120",
        ("q6", "fits"): "no",
    }


def test_a_class_in_a_wide_table(file: ProblemFile) -> None:
    found = answers_in("学号,q6,q9\ns1,no,1\ns2,yes,\n", "class.csv")
    assert [(g.student, g.matched(file), g.strays(file)) for g in found] == [
        ("s1", {("q6", "fits"): "no"}, ("q9",)),
        ("s2", {("q6", "fits"): "yes"}, ("q9",)),
    ]


def test_an_unquoted_number_is_said_with_its_line(file: ProblemFile) -> None:
    (given,) = answers_in("id,answer\nq6,no\nq3,62,378,344\n", "a.csv")
    assert given.matched(file) == {("q6", "fits"): "no"}
    assert given.problems == (
        "line 3 has more cells than the header; a number such as 27,000,100 needs quotes",
    )


def test_nothing_in_a_file_is_said() -> None:
    assert answers_in("", "a.csv") == (Given("a", {}, ()),)
    assert answers_in("{", "a.json")[0].problems
