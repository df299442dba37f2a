"""One window solved backwards: questions of real exams, closed intervals against trying everything, and refusals."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from shapecalc.analysis.solve import conv_out, solve
from shapecalc.analysis.solve.rules import LOWEST, Rule
from shapecalc.errors import ShapeError, UsageError

NAMES = ("n", "f", "s", "p", "d", "out")

# question → the answers; sources: cs231n notes, "Convolutional Networks" (227, 11, 4 → 55; "P = (F − 1)/2"; 10 with
# F = 3: S = 2 does not fit whole), Krizhevsky 2012, He 2015 Table 1 (7×7/2 and 3×3/2), Simonyan 2014 (2×2/2 halves),
# Dumoulin & Visin 2016, arXiv:1603.07285, sections 2 and 4 (5×5 with F = 3, S = 2, P = 1 gives 3×3, and back).
QUESTIONS: list[tuple[dict[str, Any], list[dict[str, int]]]] = [
    ({"n": "63x63", "f": "7x7", "s": 1, "out": "63x63"}, [{"p": 3}]),
    ({"n": 227, "f": 11, "p": 0, "out": 55}, [{"s": 4}]),
    ({"n": 227, "s": 4, "p": 0, "out": 55}, [{"f": 8}, {"f": 9}, {"f": 10}, {"f": 11}]),
    ({"n": 227, "f": 11, "s": 4, "out": 55}, [{"p": 0}, {"p": 1}]),
    ({"f": 3, "s": 2, "p": 1, "out": 7}, [{"n": 13}, {"n": 14}]),
    ({"n": 32, "s": 1, "p": 0, "out": 28}, [{"f": 5}]),
    ({"n": 224, "f": 7, "s": 2, "out": 112}, [{"p": 3}]),
    ({"n": 112, "f": 3, "s": 2, "out": 56}, [{"p": 1}]),
    ({"n": 224, "f": 2, "p": 0, "out": 112}, [{"s": 2}]),
    ({"n": 7, "f": 3, "p": 0, "out": 5}, [{"s": 1}]),
    ({"n": 5, "f": 3, "s": 2, "p": 1}, [{"out": 3}]),
    ({"n": 3, "f": 3, "s": 2, "p": 1, "transposed": True}, [{"out": 5}]),
    ({"f": 3, "s": 2, "p": 1, "out": 5, "transposed": True}, [{"n": 3}]),
    ({"n": 14, "s": 2, "p": 1, "out": 28, "transposed": True}, [{"f": 4}]),
    ({"n": 28, "f": 3, "s": 1, "p": 0, "d": "unknown", "out": 24}, [{"d": 2}]),
    ({"n": 28, "f": 3, "s": 1, "d": 2, "out": 28}, [{"p": 2}]),
    ({"n": 112, "f": 3, "s": 2, "p": 0, "rounding": "ceil"}, [{"out": 56}]),
    ({"n": 10, "f": 3, "s": 2, "p": 0, "exact": True}, []),
    ({"n": 10, "f": 3, "s": 3, "p": 0, "exact": True}, []),
    ({"n": 7, "f": 3, "s": 2, "p": 0, "out": 3, "exact": True}, [{}]),
    ({"n": 224, "f": 3, "s": 2, "p": "same"}, [{"out": 112}]),
    ({"n": 28, "f": 5, "s": 1, "p": "keep"}, [{"out": 28}]),
    ({"f": 5, "s": 1, "p": "full", "out": 9}, [{"n": 5}]),
    ({"n": 200, "f": 4, "s": 1, "out": 200}, []),
    ({"n": 227, "f": 11, "out": 55, "p": 0, "s": 4}, [{}]),
    ({"n": 227, "f": 11, "out": 56, "p": 0, "s": 4}, []),
]  # fmt: skip


@pytest.mark.parametrize(("question", "answers"), QUESTIONS, ids=str)
def test_exam_questions(question: dict[str, Any], answers: list[dict[str, int]]) -> None:
    found = solve(**question)
    assert [{k: v for k, v in s.items() if k != "exact"} for s in found.solutions] == answers
    assert found.ok is bool(answers) and bool(found.reason) is not bool(answers)


RULES = [
    Rule(), Rule("ceil"), Rule(word="same"), Rule(word="keep"), Rule(word="full"), Rule(word="valid"),
    Rule(transposed=True), Rule(transposed=True, extra=1), Rule(word="same", transposed=True),
]  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=repr)
def test_intervals_are_what_trying_finds(rule: Rule) -> None:
    """Every letter's interval, closed or halved, over all small settings, against the engine's window."""
    for n, f, s, p, d in itertools.product(range(1, 8), range(1, 5), range(1, 4), range(3), range(1, 3)):
        v = {"n": n, "f": f, "s": s, "p": p, "d": d}
        if rule.word:
            del v["p"]
        try:
            m = rule.window(v).M
        except ShapeError:
            continue
        if not rule.word and not rule.transposed and n + 2 * p < d * (f - 1) + 1:
            assert rule.size(v) == 0
            continue
        assert rule.size(v) == m
        for name in v:
            known = {k: x for k, x in v.items() if k != name} | {"out": m}
            found = rule.interval(name, known)
            assert found == rule.halving(name, known) and found is not None
            for x in range(LOWEST[name], 12):
                inside = found[0] <= x and (found[1] is None or x <= found[1])
                assert (rule.size({**known, name: x}) == m) is inside, (known, name, x, found)


def test_an_interval_without_members_is_none() -> None:
    for n, f, s, p, m in itertools.product(range(1, 8), range(1, 5), range(1, 4), range(3), range(1, 8)):
        for name in "nfsp":
            known = {"n": n, "f": f, "s": s, "p": p, "d": 1, "out": m}
            del known[name]
            found = Rule().interval(name, known)
            tried = [x for x in range(LOWEST[name], 40) if Rule().size({**known, name: x}) == m]
            assert (found is None) == (not tried)


@pytest.mark.parametrize("size", [2, 3])
@pytest.mark.parametrize("full", [(7, 3, 2, 1, 1, 4), (5, 2, 1, 0, 2, 3), (6, 3, 3, 0, 1, 2)])
def test_several_unknowns_are_all_found(size: int, full: tuple[int, ...]) -> None:
    whole = dict(zip(NAMES, full))
    for unknown in itertools.combinations(NAMES, size):
        given: dict[str, Any] = {k: v for k, v in whole.items() if k not in unknown}
        given["d"] = given.get("d", "unknown")
        found = solve(max=6, **given).solutions
        tried = [
            dict(zip(unknown, values))
            for values in itertools.product(*(range(LOWEST[n], 7) for n in unknown))
            if 0 < Rule().size(v := {**whole, **dict(zip(unknown, values))}) == v["out"]
        ]
        assert [{k: v for k, v in s.items() if k != "exact"} for s in found] == tried


def test_exact_is_the_whole_divisions() -> None:
    for n, f, s, p, d in itertools.product(range(1, 9), range(1, 5), range(1, 4), range(3), (1, 2)):
        whole = {"n": n, "f": f, "s": s, "p": p}
        if n + 2 * p < d * (f - 1) + 1:
            continue
        m = (n + 2 * p - d * (f - 1) - 1) // s + 1
        for name in whole:
            given = {k: v for k, v in whole.items() if k != name}
            every, exact = solve(out=m, d=d, **given), solve(out=m, d=d, exact=True, **given)
            assert list(exact.solutions) == [x for x in every.solutions if x["exact"]]
            for found in every.solutions:
                v = {**whole, **found}
                assert found["exact"] is ((v["n"] + 2 * v["p"] - d * (v["f"] - 1) - 1) % v["s"] == 0)


def test_no_end() -> None:
    found = solve(n=7, f=7, p=0, out=1)
    assert found.intervals == {"s": [1, None]} and len(found.solutions) == 512 and found.truncated
    assert not solve(n=32, s=1, p=0, out=28).truncated
    found = solve(f=3, s=1000, p=0, out=7, max=10)
    assert found.intervals == {"n": [6003, 7002]} and len(found.solutions) == 10 and found.truncated


def test_beyond_max_is_said() -> None:
    assert not solve(n=32, p=0, out=28).truncated  # F + 27·S is bounded by 32
    assert solve(n=32, p=0, out=28, max=4).truncated  # F = 5 lies beyond
    assert solve(n=224, out=112).truncated


def test_per_axis() -> None:
    found = solve(n="224x320", f=(3, 5), s=1, out="224×320")
    assert list(found.solutions) == [{"p": [1, 2], "exact": True}] and found.intervals == {
        "p": [[1, 1], [2, 2]]
    }
    assert found.given == {"n": [224, 320], "f": [3, 5], "s": 1, "out": [224, 320]}
    assert "axis 2" in solve(n="7x8", f=3, s=2, p=0, exact=True).reason
    with pytest.raises(UsageError, match="different numbers of axes: n 7x8, f 3x3x3"):
        solve(n="7x8", f="3x3x3", s=1, p=0)
    with pytest.raises(UsageError) as refused:
        solve(n="32x32x3", f="3x3", s=1, p=0)
    assert refused.value.help == "leave the channels out: the depth does not change the size"
    assert solve(n=7, f=3, s=1, p="none").solutions[0]["out"] == 5


REASONS = {
    "P = 1.5: an even kernel cannot keep 200 with stride 1": {"n": 200, "f": 4, "s": 1, "out": 200},
    "P would be negative: without padding the output is 8 already": {"n": 10, "f": 3, "s": 1, "out": 4},
    "a window of 7 is larger than the padded input of 5 + 2·0": {"n": 5, "f": 7, "s": 1, "p": 0},
    "S would be less than 1: stride 1 gives 8, and no stride gives more": {"n": 10, "f": 3, "p": 0, "out": 9},
    "S would be more than 1 1/7 and at most 1 1/3, with no whole number between": {"n": 11, "f": 3, "p": 0, "out": 7},
    "F would be less than 1: the smallest filter gives 10": {"n": 10, "s": 1, "p": 0, "out": 12},
    "D = 4 1/2, which is no whole number": {"n": 28, "f": 3, "s": 1, "p": 0, "d": "unknown", "out": 19},
    "(10 + 2·0 − 3) / 3 = 2 1/3 is not whole: 1 of 10 pixels would never be read": {"n": 10, "f": 3, "s": 3, "p": 0, "exact": True},
    "M = 55, not 56": {"n": 227, "f": 11, "s": 4, "p": 0, "out": 56},
    "N = 6 gives 12, and N = 7 gives 14": {"f": 2, "s": 2, "p": 0, "out": 13, "transposed": True},
    "no F and S up to 4 give it": {"n": 4, "p": 0, "out": 5, "max": 4},
}  # fmt: skip


@pytest.mark.parametrize(("reason", "question"), REASONS.items())
def test_reasons(reason: str, question: dict[str, Any]) -> None:
    assert solve(**question).reason == reason


def test_the_nearest_work() -> None:
    """Whatever is offered for a question without an answer is an answer to the changed question."""
    offered = 0
    for n, f, s, out in itertools.product((5, 10, 11, 200), (2, 3, 4, 7), (1, 2, 3), (1, 4, 10, 56, 200)):
        for name in ("p", "s", "f", "n"):
            question = {"n": n, "f": f, "s": s, "p": 0, "out": out}
            del question[name]
            found = solve(**question)
            for change in found.nearest:
                answer = solve(**{**question, **change})
                assert answer.ok, (question, change)
                offered += 1
    assert offered > 300
    assert list(solve(n=200, f=4, s=1, out=200).nearest[:2]) == [{"f": 3, "p": 1}, {"f": 5, "p": 2}]


def test_conv_out() -> None:
    assert conv_out(224, f=7, s=2, p=3) == 112 and conv_out(227, 11, 4) == 55
    assert conv_out(28, 3, d=2) == 24 and conv_out(112, 3, 2, rounding="ceil") == 56
    assert conv_out((224, 320), f=3, s=2, p=1) == (112, 160) and conv_out("28x28", "5x5") == (24, 24)
    assert conv_out(224, 3, 2, "same") == 112
    with pytest.raises(UsageError, match="a window of 7 does not fit into an input of 5"):
        conv_out(5, 7)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ({"n": 0, "f": 3}, "N is at least 1"), ({"n": "3.5"}, "N is a whole number"), ({"p": -1, "n": 3}, "P is at least 0"),
        ({}, "nothing is given"), ({"n": "28x28x1x1"}, "N is a whole number"), ({"n": 3, "max": 0}, "max is at least 1"),
        ({"n": 3, "p": "keep", "transposed": True}, "takes p = valid"), ({"n": 10**19}, "10\\^18"),
    ],
)  # fmt: skip
def test_refusals(question: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        solve(**question)
