"""What a layer costs, against plain loops that do the work one number at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from itertools import product
from math import ceil, floor, prod
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shapecalc.errors import ShapeError

Shape = tuple[int, ...]
small = settings(max_examples=150, deadline=None)
sizes = st.lists(st.integers(1, 7), min_size=1, max_size=2)


def starts(N: int, F: int, S: int, D: int, before: int, after: int) -> list[int]:
    """Where a window may stand, tried one pixel after the other."""
    return [p for p in range(-before, N + after) if (p + before) % S == 0 and p + D * (F - 1) < N + after]


def convolve(
    x: Shape,
    filters: int,
    F: Shape,
    S: Shape,
    D: Shape,
    P: tuple[tuple[int, int], ...],
    reads: Any,
    bias: bool,
) -> Counter[str]:
    """A convolution carried out as a textbook writes it, counting; `reads(f)` are the maps that filter f reads."""
    n: Counter[str] = Counter()
    used = set()
    for _place in product(*(starts(*a) for a in zip(x, F, S, D, *zip(*P)))):
        for f in range(filters):
            terms = 0
            for c, tap in product(reads(f), product(*map(range, F))):
                terms += 1
                used.add((f, c, tap))
                pixel = [p + t * d for p, t, d in zip(_place, tap, D)]
                n["macs_on_data"] += all(0 <= i < size for i, size in zip(pixel, x))
            n["macs"] += terms
            n["connections"] += terms + bias
            n["ops.mul"] += terms
            n["ops.add"] += terms - 1 + bias
            n["outputs"] += 1
    n["weights"] = len(used)
    n["biases"] = filters * bias
    return n


def same_counts(layer: Any, expected: Counter[str], quantities: Iterable[str]) -> None:
    assert {q: layer.count(q) for q in quantities} == {q: expected[q] for q in quantities}


COSTS = ("weights", "biases", "macs", "macs_on_data", "connections", "ops.mul", "ops.add")


@st.composite
def windows(draw: st.DrawFn) -> dict[str, Any]:
    """A small input and a window that fits into it."""
    axes = draw(st.integers(1, 2))
    each = st.lists(st.integers(1, 3), min_size=axes, max_size=axes).map(tuple)
    kernel, stride, dilation = draw(each), draw(each), draw(each)
    padding = tuple(draw(st.tuples(st.integers(0, 3), st.integers(0, 3))) for _ in range(axes))
    x = tuple(
        draw(st.integers(max(1, d * (f - 1) + 1 - sum(p)), 8)) for f, d, p in zip(kernel, dilation, padding)
    )
    return {"x": x, "kernel": kernel, "stride": stride, "dilation": dilation, "padding": padding}


@small
@given(
    w=windows(), groups=st.integers(1, 3), deep=st.integers(1, 2), wide=st.integers(1, 2), bias=st.booleans()
)
def test_conv(build: Any, w: dict[str, Any], groups: int, deep: int, wide: int, bias: bool) -> None:
    x = (*w.pop("x"), groups * deep)
    layer = build("conv", x, filters=groups * wide, groups=groups, bias=bias, **w)
    reads = lambda f: range(f // wide * deep, (f // wide + 1) * deep)  # noqa: E731
    done = convolve(x[:-1], groups * wide, w["kernel"], w["stride"], w["dilation"], w["padding"], reads, bias)
    same_counts(layer, done, COSTS)
    assert prod(layer.y) == done["outputs"]


@small
@given(w=windows(), channels=st.integers(1, 3), multiplier=st.integers(1, 3), bias=st.booleans())
def test_depthwise(build: Any, w: dict[str, Any], channels: int, multiplier: int, bias: bool) -> None:
    x = (*w.pop("x"), channels)
    layer = build("depthwise", x, multiplier=multiplier, bias=bias, **w)
    reads = lambda f: [f // multiplier]  # noqa: E731
    done = convolve(
        x[:-1], channels * multiplier, w["kernel"], w["stride"], w["dilation"], w["padding"], reads, bias
    )
    same_counts(layer, done, COSTS)
    assert layer.y == build("conv", x, filters=channels * multiplier, groups=channels, **w).y


@small
@given(w=windows(), rows=st.lists(st.sets(st.integers(0, 2), min_size=1).map(sorted), min_size=1, max_size=3))
def test_conv_with_a_table(build: Any, w: dict[str, Any], rows: list[list[int]]) -> None:
    x = (*w.pop("x"), 3)
    layer = build("conv", x, filters=len(rows), connections=tuple(map(tuple, rows)), **w)
    done = convolve(
        x[:-1], len(rows), w["kernel"], w["stride"], w["dilation"], w["padding"], rows.__getitem__, True
    )
    same_counts(layer, done, COSTS)


def test_lenet_c3(build: Any) -> None:
    """LeCun et al. 1998, Table I and section II.B: 1,516 trainable parameters and 151,600 connections."""
    threes = [[(i + k) % 6 for k in range(3)] for i in range(6)]
    fours = [[(i + k) % 6 for k in range(4)] for i in range(6)] + [[0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5]]
    table = tuple(map(tuple, (*threes, *fours, range(6))))
    layer = build("conv", (14, 14, 6), filters=16, kernel=5, connections=table)
    assert (layer.y, layer.count("weights"), layer.count("biases")) == ((10, 10, 16), 1_500, 16)
    assert layer.count("connections") == 151_600


@small
@given(w=windows(), channels=st.integers(1, 3), norm=st.integers(1, 3))
def test_pools(build: Any, w: dict[str, Any], channels: int, norm: int) -> None:
    w["padding"] = tuple((min(b, f // 2), min(a, f // 2)) for (b, a), f in zip(w["padding"], w["kernel"]))
    x = (*w.pop("x"), channels)
    places = [starts(*a) for a in zip(x, w["kernel"], w["stride"], w["dilation"], *zip(*w["padding"]))]
    if not all(places):
        with pytest.raises(ShapeError):
            build("maxpool", x, **w)
        return
    taps, outputs = prod(w["kernel"]), len(list(product(*places))) * channels
    joins = sum(len(range(1, taps)) for _ in range(outputs))
    assert build("maxpool", x, **w).ops == keep({"max": joins})
    assert build("avgpool", x, **w).ops == keep({"add": joins, "div": outputs})
    assert build("avgpool", x, count_padding=True, **w).ops == keep({"add": joins, "div": outputs})
    every = sum(taps for _ in range(outputs))
    expected = {
        1: {"abs": every, "add": joins},
        2: {"mul": every, "add": joins, "sqrt": outputs},
        3: {"abs": every, "pow": every + outputs, "add": joins},
    }
    layer = build("lppool", x, norm=norm, **w)
    assert layer.ops == keep(expected[norm])
    assert all(layer.count(q) == 0 for q in ("weights", "macs", "connections"))


def keep(counts: dict[str, int]) -> dict[str, int]:
    return {kind: n for kind, n in counts.items() if n}


@small
@given(x=sizes, channels=st.integers(1, 3), data=st.data())
def test_trainablepool(build: Any, x: list[int], channels: int, data: st.DataObject) -> None:
    kernel = tuple(data.draw(st.integers(1, n)) for n in x)
    places = list(product(*(starts(n, f, f, 1, 0, 0) for n, f in zip(x, kernel))))
    layer = build("trainablepool", (*x, channels), kernel=kernel)
    n: Counter[str] = Counter(weights=channels, biases=channels)
    for _place, _map in product(places, range(channels)):
        taps = len(list(product(*map(range, kernel))))
        n["ops.add"] += taps - 1
        n["ops.mul"] += 1
        n["ops.add"] += 1
        n["connections"] += taps + 1
    same_counts(layer, n, ("weights", "biases", "connections", "ops.add", "ops.mul", "macs"))


@small
@given(
    pairs=st.lists(st.tuples(st.integers(1, 12), st.integers(1, 14)), min_size=1, max_size=3),
    channels=st.integers(1, 3),
)
def test_adaptive_pools(build: Any, pairs: list[tuple[int, int]], channels: int) -> None:
    x, size = zip(*pairs)
    counted: Counter[str] = Counter()
    for out in product(*map(range, size)):
        window = prod(
            ceil(Fraction((i + 1) * n, m)) - floor(Fraction(i * n, m)) for i, n, m in zip(out, x, size)
        )
        counted["join"] += (window - 1) * channels
        counted["each"] += channels
    mean = build("adaptiveavgpool", (*x, channels), size=size)
    assert mean.y == (*size, channels)
    assert mean.ops == keep({"add": counted["join"], "div": counted["each"]})
    assert build("adaptivemaxpool", (*x, channels), size=size).ops == keep({"max": counted["join"]})


@small
@given(x=st.lists(st.integers(1, 4), max_size=3), channels=st.integers(1, 12), size=st.integers(1, 9))
def test_lrn(build: Any, x: list[int], channels: int, size: int) -> None:
    n: Counter[str] = Counter()
    for _place, c in product(product(*map(range, x)), range(channels)):
        met = [j for j in range(c - size // 2, c - size // 2 + size) if 0 <= j < channels]
        n["mul"] += 1
        n["add"] += len(met) - 1
        n["mul"] += 1
        n["add"] += 1
        n["pow"] += 1
        n["div"] += 1
    assert build("lrn", (*x, channels), size=size).ops == n


@small
@given(x=st.lists(st.integers(1, 5), min_size=1, max_size=4), data=st.data())
def test_softmax(build: Any, x: list[int], data: st.DataObject) -> None:
    axes = {1: "C", 2: "TC", 3: "HWC", 4: "ZHWC"}[len(x)]
    axis = data.draw(st.sampled_from(axes))
    n: Counter[str] = Counter()
    long = x[axes.index(axis)]
    for _row in product(*(range(size) for letter, size in zip(axes, x) if letter != axis)):
        n.update({"max": long - 1, "sub": long, "exp": long, "add": long - 1, "div": long})
    assert build("softmax", tuple(x), axis=axis).ops == keep(n)


@small
@given(x=sizes, channels=st.integers(1, 6), units=st.integers(1, 5), bias=st.booleans())
def test_dense(build: Any, x: list[int], channels: int, units: int, bias: bool) -> None:
    linear: Counter[str] = Counter(weights=channels * units, biases=units * bias)
    for _position, _unit in product(product(*map(range, x)), range(units)):
        linear.update({"macs": channels, "macs_on_data": channels, "connections": channels + bias})
        linear.update({"ops.mul": channels, "ops.add": channels - 1 + bias})
    layer = build("linear", (*x, channels), units=units, bias=bias)
    assert layer.y == (*x, units)
    same_counts(layer, linear, COSTS)
    vector = build("linear", (channels,), units=units, bias=bias)
    alone = build("fc", (channels,), units=units, bias=bias)
    assert {q: vector.count(q) for q in COSTS} == {q: alone.count(q) for q in COSTS}
    whole = build("fc", (*x, channels), units=units, bias=bias)
    assert whole.count("weights") == len([1 for _ in product(*map(range, (*x, channels, units)))])
    distance = build("rbf", (channels,), units=units)
    assert distance.count("buffers") == alone.count("weights")
    assert distance.ops == keep(
        {"sub": channels * units, "mul": channels * units, "add": (channels - 1) * units}
    )


@small
@given(x=sizes, channels=st.integers(1, 4))
def test_global_pools(build: Any, x: list[int], channels: int) -> None:
    pixels = len(list(product(*map(range, x))))
    mean = build("globalavgpool", (*x, channels))
    assert (mean.y, mean.ops) == ((channels,), keep({"add": (pixels - 1) * channels, "div": channels}))
    assert build("globalmaxpool", (*x, channels)).ops == keep({"max": (pixels - 1) * channels})


@small
@given(x=st.lists(st.integers(1, 5), min_size=2, max_size=4), data=st.data())
def test_shapes_of_lists(build: Any, x: list[int], data: st.DataObject) -> None:
    """Slicing, padding and joining are done to lists of pixels, one axis at a time."""
    sides = tuple((data.draw(st.integers(0, 3)), data.draw(st.integers(0, 3))) for _ in x)
    assert build("pad", tuple(x), amount=sides).y == tuple(
        len([0] * b + [1] * n + [0] * a) for n, (b, a) in zip(x, sides)
    )
    left = tuple(len(([1] * n)[b : max(b, n - a)]) for n, (b, a) in zip(x, sides))
    if all(left):
        assert build("crop", tuple(x), amount=sides).y == left
    else:
        with pytest.raises(ShapeError, match="leaves nothing"):
            build("crop", tuple(x), amount=sides)
    stride = tuple(data.draw(st.integers(1, 4)) for _ in x[:-1])
    kept = tuple(len(([1] * n)[::s]) for n, s in zip(x, stride))
    assert build("subsample", tuple(x), stride=stride).y == (*kept, x[-1])
    assert build("flatten", tuple(x)).y == (len(list(product(*map(range, x)))),)
    axis = data.draw(st.integers(0, len(x) - 1))
    others = [data.draw(st.integers(1, 4)) for _ in range(2)]
    inputs = tuple((*x[:axis], n, *x[axis + 1 :]) for n in (x[axis], *others))
    letter = {2: "TC", 3: "HWC", 4: "ZHWC"}[len(x)][axis]
    whole = len([1 for shape in inputs for _ in range(shape[axis])])
    assert build("concat", inputs, axis=letter).y == (*x[:axis], whole, *x[axis + 1 :])


@pytest.mark.parametrize("word", ["add", "mul"])
@pytest.mark.parametrize("k", [1, 2, 4])
def test_merges_fold(build: Any, word: str, k: int) -> None:
    layer = build(word, ((2, 3, 5),) * k)
    done = sum(1 for _branch in range(1, k) for _value in product(range(2), range(3), range(5)))
    assert (layer.y, layer.ops) == ((2, 3, 5), keep({word: done}))


def test_steps(build: Any) -> None:
    """Extent, stride, padding before: one row of numbers read off each layer's definition."""
    assert (
        build("conv", (9, 9, 1), filters=1, kernel=3, stride=2, padding=1, dilation=2).steps()
        == ((5, 2, 1),) * 2
    )
    assert build("maxpool", (9, 1), kernel=3).steps() == ((3, 3, 0),)
    assert build("pad", (5, 5, 1), amount=((1, 2), (0, 3))).steps() == ((1, 1, 1), (1, 1, 0))
    assert build("crop", (5, 5, 1), amount=((1, 2), (0, 3))).steps() == ((1, 1, -1), (1, 1, 0))
    assert build("subsample", (5, 5, 1), stride=2).steps() == ((1, 2, 0),) * 2
    assert build("adaptiveavgpool", (8, 6, 1), size=(4, 2)).steps() == ((2, 2, 0), (3, 3, 0))
    assert build("adaptiveavgpool", (8, 7, 1), size=(4, 2)).steps() is None
    assert build("adaptiveavgpool", (8, 7, 1), size=1).steps() is None
    for word, options in {
        "globalavgpool": {},
        "globalmaxpool": {},
        "flatten": {},
        "fc": {"units": 3},
    }.items():
        assert build(word, (4, 4, 2), **options).steps() is None
    for word in ("relu", "bn", "lrn", "softmax", "dropout", "identity"):
        assert build(word, (4, 4, 2)).steps() == ()


def test_resolved_says_what_the_words_came_to(build: Any) -> None:
    assert build("conv", (8, 8, 3), filters=4, kernel=4, padding="same").resolved()["padding"] == (
        (1, 2),
        (1, 2),
    )
    assert "connections" not in build("conv", (8, 8, 3), filters=4).resolved()
    pool = build("maxpool", (8, 8, 3), kernel=(2, 3)).resolved()
    assert (pool["stride"], pool["padding"]) == ((2, 3), ((0, 0), (0, 0)))
    assert build("trainablepool", (8, 8, 3), kernel=2).resolved()["stride"] == (2, 2)


@pytest.mark.parametrize("word", ["conv", "depthwise"])
def test_an_uneven_same_warns(build: Any, word: str) -> None:
    options = {"filters": 3} if word == "conv" else {}
    ((code, message, option),) = build(word, (8, 8, 3), kernel=4, padding="same", **options).warnings()
    assert (code, option) == ("W401", "kernel")
    assert message == "same padding of an even kernel is uneven: one zero more on one side than on the other"
    assert build(word, (8, 8, 3), kernel=3, padding="same", **options).warnings() == ()
    assert build(word, (8, 8, 3), kernel=4, padding=1, **options).warnings() == ()


REFUSED = [
    ("conv", (8, 8, 3), {"filters": 4, "groups": 2}, "SC404", "3 input channels do not split into 2 groups", "groups",
     "groups must divide 3"),
    ("conv", (8, 8, 4), {"filters": 3, "groups": 2}, "SC404", "3 filters do not split into 2 groups", "filters",
     "take a multiple of 2"),
    (
        "conv", (8, 8, 4), {"filters": 3, "connections": ((0,), (1,))}, "SC405", "the table has 2 rows for 3 filters",
        "connections", "one list of input maps a filter, and no groups",
    ),
    (
        "conv", (8, 8, 4), {"filters": 1, "connections": ((4,),)}, "SC405", "the input has the maps 0 to 3",
        "connections", "name each map once, counted from 0, and at least one a filter",
    ),
    (
        "maxpool", (8, 8, 4), {"kernel": 3, "padding": 2}, "SC406",
        "a pool's padding of 2 is more than half its window of 3", "padding",
        "pad less, or put a pad layer before it",
    ),
    (
        "avgpool", (8, 8, 4), {"kernel": 3, "padding": "full"}, "SC406",
        "a pool's padding of 2 is more than half its window of 3", "padding",
        "pad less, or put a pad layer before it",
    ),
    (
        "reshape", (2, 3, 4), {"shape": (5, 5)}, "SC410",
        "the input has 24 values, and the shape asked for has 25", "shape", None,
    ),
    ("crop", (5, 9, 1), {"amount": ((2, 3), (0, 0))}, "SC411", "cutting 2 + 3 off 5 leaves nothing", "amount", None),
    (
        "permute", (5, 9, 1), {"order": ("H", "H", "C")}, "SC412",
        "the order must name every axis of the input once", "order", "its axes are H W C",
    ),
    (
        "dropout", (5,), {"rate": 1.0}, "SC413",
        "a rate of 1.0 would drop everything", "rate", "write a fraction: 0.5 drops half",
    ),
    ("softmax", (5, 9), {"axis": "H"}, "SC407", "the input has no axis H", "axis", "its axes are T C"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "x", "options", "code", "message", "option", "help"), REFUSED)
def test_refusals(
    build: Any, word: str, x: Shape, options: dict[str, Any], code: str, message: str, option: str, help: str
) -> None:
    with pytest.raises(ShapeError) as refusal:
        build(word, x, **options)
    e = refusal.value
    assert (e.code, e.message, e.option, e.help) == (code, message, option, help)


DISAGREE = [
    (
        "add", ((28, 28, 512), (56, 56, 256)), "branch 2 is 56×56×256, branch 1 is 28×28×512", 1,
        "add a 1×1 projection to this branch:  conv: {filters: 512, stride: 2}",
    ),
    (
        "add", ((56, 56, 64), (56, 56, 256)), "branch 2 is 56×56×256, branch 1 is 56×56×64", 1,
        "add a 1×1 projection to this branch:  conv: 64",
    ),
    (
        "add", ((56, 56, 256), (56, 56, 256), (28, 28, 512)), "branch 3 is 28×28×512, branch 1 is 56×56×256", 2,
        "add a 1×1 projection to branch 1:  conv: {filters: 512, stride: 2}",
    ),
    ("mul", ((7, 7, 64), (32,)), "branch 2 is [32], branch 1 is 7×7×64", 1, None),
    ("mul", ((32,), (7, 7, 64)), "branch 2 is 7×7×64, branch 1 is [32]", 1, None),
    ("mul", ((7, 7, 64), (1, 1, 64)), "branch 2 is 1×1×64, branch 1 is 7×7×64", 1, "gap gives a vector [64] instead of a map of 1×1×64"),
    ("mul", ((1, 1, 64), (7, 7, 64)), "branch 2 is 7×7×64, branch 1 is 1×1×64", 1, "gap gives a vector [64] instead of a map of 1×1×64"),
    ("add", ((7, 7, 64), (49, 64)), "branch 2 is 49×64, branch 1 is 7×7×64", 1, None),
    ("add", ((8, 8, 4), (5, 7, 4)), "branch 2 is 5×7×4, branch 1 is 8×8×4", 1, None),
    ("concat", ((28, 28, 64), (28, 28, 32), (14, 14, 32)), "branch 3 is 14×14×32, branch 1 is 28×28×64", 2,
     "all axes but C must agree"),
    ("concat", ((28, 28, 64), (64,)), "branch 2 is [64], branch 1 is 28×28×64", 1, "all axes but C must agree"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "inputs", "message", "at", "help"), DISAGREE)
def test_branches_that_do_not_fit(
    build: Any, word: str, inputs: tuple[Shape, ...], message: str, at: int, help: str
) -> None:
    with pytest.raises(ShapeError) as refusal:
        build(word, inputs)
    e = refusal.value
    assert (e.code, e.message, e.input, e.help) == ("SC401", message, at, help)


def test_the_cure_cures(build: Any) -> None:
    """Every projection that is proposed gives the shape of the other branch."""
    for n, m, stride in product(range(1, 20), range(1, 20), range(1, 5)):
        if build("conv", (n, n, 3), filters=5, stride=stride).y == (m, m, 5):
            with pytest.raises(ShapeError) as refusal:
                build("add", ((m, m, 5), (n, n, 3)))
            help = refusal.value.help or ""
            told = int(help.partition("stride: ")[2].rstrip("}") or 1)
            assert build("conv", (n, n, 3), filters=5, stride=told).y == (m, m, 5)
            assert "this branch" in help
