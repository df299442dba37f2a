"""Attention's products, recurrent layers and parts of an axis, against plain loops that do the work one number at a time."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shapecalc.errors import ShapeError

small = settings(max_examples=150, deadline=None)
SIGMOID = ("neg", "exp", "add", "div")


def keep(counts: Counter[str]) -> dict[str, int]:
    return {kind: n for kind, n in counts.items() if n}


@small
@given(
    sizes=st.tuples(*[st.integers(1, 5)] * 2), heads=st.integers(1, 4), share=st.integers(1, 3), each=st.integers(1, 4)
)  # fmt: skip
def test_scores(build: Any, sizes: tuple[int, int], heads: int, share: int, each: int) -> None:
    queries, keys = sizes
    n: Counter[str] = Counter()
    for _score in range(queries * keys * heads * share):
        n["mul"] += each
        n["add"] += each - 1
        n["div"] += 1
    x = ((queries, heads * share * each), (keys, heads * each))
    for causal in (False, True):
        layer = build("scores", x, heads=heads * share, share=share, causal=causal)
        assert (layer.y, layer.ops) == ((queries, keys, heads * share), keep(n))
        assert layer.count("macs") == layer.count("macs_on_data") == n["mul"]


@small
@given(
    sizes=st.tuples(*[st.integers(1, 5)] * 2), heads=st.integers(1, 4), share=st.integers(1, 3), each=st.integers(1, 4)
)  # fmt: skip
def test_attend(build: Any, sizes: tuple[int, int], heads: int, share: int, each: int) -> None:
    queries, keys = sizes
    n: Counter[str] = Counter()
    for _value in range(queries * heads * share * each):
        n["mul"] += keys
        n["add"] += keys - 1
    layer = build("attend", ((queries, keys, heads * share), (keys, heads * each)), share=share)
    assert (layer.y, layer.ops) == ((queries, heads * share * each), keep(n))
    assert layer.count("macs") == layer.count("macs_on_data") == n["mul"]


def cell(word: str, n: Counter[str]) -> None:
    """What one unit does with its sums, as the equations are written."""
    gates = {"rnn": 0, "gru": 2, "lstm": 3}[word]
    for _gate in range(gates):
        n.update(SIGMOID)
    n["tanh"] += 2 if word == "lstm" else 1
    n["mul"] += {"rnn": 0, "gru": 3, "lstm": 3}[word]
    n["add"] += {"rnn": 0, "gru": 1, "lstm": 1}[word]
    n["sub"] += word == "gru"


@small
@given(
    word=st.sampled_from(("rnn", "gru", "lstm")),
    steps=st.integers(1, 4),
    depth=st.integers(1, 4),
    units=st.integers(1, 4),
    layers=st.integers(1, 3),
    bidirectional=st.booleans(),
    biases=st.integers(0, 2),
)
def test_recurrent(
    build: Any, word: str, steps: int, depth: int, units: int, layers: int, bidirectional: bool, biases: int
) -> None:
    n: Counter[str] = Counter()
    learned: Counter[str] = Counter()
    width = depth
    for _layer in range(layers):
        for _way in range(2 if bidirectional else 1):
            for _unit in range(units):
                sums = {"rnn": 1, "gru": 3, "lstm": 4}[word]
                learned["weights"] += sums * (width + units)
                learned["biases"] += sums * biases
                for _step in range(steps):
                    for _sum in range(sums):
                        n["products"] += width + units
                        n["mul"] += width + units
                        n["add"] += width + units - 1 + biases
                    cell(word, n)
        width = units * (2 if bidirectional else 1)
    products = n.pop("products")
    given = {"bias": biases > 0, "biases": max(biases, 1)}
    layer = build(word, (steps, depth), units=units, layers=layers, bidirectional=bidirectional, **given)
    assert (layer.y, layer.ops) == ((steps, width), keep(n))
    assert {q: layer.count(q) for q in ("weights", "biases")} == {
        q: learned[q] for q in ("weights", "biases")
    }
    assert layer.count("macs") == layer.count("macs_on_data") == products
    assert layer.count("connections") == steps * (learned["weights"] + learned["biases"])


KNOWN = [
    ("keras.io, LSTM(128) on vectors of 50 (Emojify)", "lstm", 50, {"units": 128}, 91_648),
    ("Emojify, the second LSTM", "lstm", 128, {"units": 128}, 131_584),
    ("Stack Overflow 38080035", "lstm", 4096, {"units": 256}, 4_457_472),
    ("TensorFlow issue 43960, one bias", "gru", 4, {"units": 5}, 150),
    ("TensorFlow issue 43960, reset_after", "gru", 4, {"units": 5, "biases": 2}, 165),
    ("docs.pytorch.org, LSTM(10, 20, 2)", "lstm", 10, {"units": 20, "layers": 2, "biases": 2}, 5_920),
    ("docs.pytorch.org, GRU(10, 20, 2)", "gru", 10, {"units": 20, "layers": 2, "biases": 2}, 4_440),
    ("docs.pytorch.org, RNN(10, 20, 2)", "rnn", 10, {"units": 20, "layers": 2, "biases": 2}, 1_480),
]


@pytest.mark.parametrize(
    ("word", "depth", "given", "params"), [k[1:] for k in KNOWN], ids=[k[0] for k in KNOWN]
)
def test_known_parameters(build: Any, word: str, depth: int, given: dict[str, Any], params: int) -> None:
    layer = build(word, (7, depth), **given)
    assert layer.count("weights") + layer.count("biases") == params


@small
@given(
    n=st.integers(1, 9),
    start=st.integers(-10, 10),
    stop=st.none() | st.integers(-10, 10),
    step=st.integers(1, 4),
)
def test_slice(build: Any, n: int, start: int, stop: int | None, step: int) -> None:
    """What Python gives, where it gives something and need not clip."""
    there = set(range(-n, n + 1))
    left = list(range(n))[start:stop:step]
    if start in there and (stop is None or stop in there) and left:
        layer = build("slice", (4, n), start=start, stop=stop, step=step)
        assert layer.y == (4, len(left)) and layer.ops == {}
        assert build("slice", (n, 4), axis="T", start=start, stop=stop, step=step).y == (len(left), 4)
    else:
        with pytest.raises(ShapeError, match="are not a part of"):
            build("slice", (4, n), start=start, stop=stop, step=step)


def test_a_slice_says_which_positions_it_came_to(build: Any) -> None:
    assert build("slice", (4, 9), start=-3).resolved() == {"stop": 9, "start": 6, "step": 1, "axis": "C"}
    assert build("slice", (4, 9), start=1, stop=-2).resolved() == {
        "stop": 7,
        "start": 1,
        "step": 1,
        "axis": "C",
    }


@small
@given(n=st.integers(1, 12), parts=st.integers(1, 5), part=st.integers(1, 5))
def test_split(build: Any, n: int, parts: int, part: int) -> None:
    cut = [list(range(n))[i * (n // parts) : (i + 1) * (n // parts)] for i in range(parts)]
    if sum(map(len, cut)) == n and part <= parts:
        assert build("split", (4, n), parts=parts, part=part).y == (4, len(cut[part - 1]))
    else:
        with pytest.raises(ShapeError):
            build("split", (4, n), parts=parts, part=part)
