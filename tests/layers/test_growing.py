"""Layers that enlarge maps, regroup channels, measure rows and work on sequences, against plain loops."""

from __future__ import annotations

from collections import Counter
from itertools import product
from math import prod
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shapecalc.errors import ShapeError
from shapecalc.layers import _spread

small = settings(max_examples=150, deadline=None)
sizes = st.lists(st.integers(1, 6), min_size=1, max_size=2)


def throw(N: int, F: int, S: int, D: int) -> list[list[int]]:
    """Where each of N values throws its F products, on a canvas that begins at 0."""
    return [[i * S + tap * D for tap in range(F)] for i in range(N)]


def canvas(thrown: list[list[int]], before: int, after: int, extra: int) -> list[int]:
    """The places of the output: the canvas from its first to its last touched place, longer by `extra`, ends cut."""
    places = list(range(max(map(max, thrown)) + 1 + extra))
    return places[before : max(before, len(places) - after)]


def test_every_small_transposed_window() -> None:
    fitted = refused = 0
    for N, F, S, D, before, after, extra in product(
        *[range(1, 5)] * 2, *[range(1, 4)] * 2, *[range(4)] * 2, range(3)
    ):
        thrown = throw(N, F, S, D)
        left = canvas(thrown, before, after, extra)
        if not left or extra >= max(S, D):
            with pytest.raises(ShapeError):
                _spread.spread(N, F, S, D, (before, after), extra)
            refused += 1
            continue
        w = _spread.spread(N, F, S, D, (before, after), extra)
        assert len(left) == w.M
        assert w.live == sum(place in left for places in thrown for place in places)
        general = _spread.GENERAL({**w.letters, "P_b": before, "P_a": after, "O": extra})
        assert general == w.M
        fitted += 1
    assert (fitted, refused) == (4_808, 2_104)


@pytest.mark.parametrize("word", ["same", "same_lower"])
def test_same_gives_stride_times_size(word: str) -> None:
    for N, F, S, D in product(range(1, 6), range(1, 6), range(1, 5), range(1, 3)):
        w = _spread.spread(N, F, S, D, word, 0)
        thrown = throw(N, F, S, D)
        before, after = w.padding
        assert len(["place"] * S * N) == w.M
        assert before - after in ((0, -1) if word == "same" else (0, 1))
        left = range(before, before + w.M)
        assert w.live == sum(place in left for places in thrown for place in places)


@small
@given(
    x=sizes,
    window=st.tuples(*[st.integers(1, 3)] * 3),
    cut=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    groups=st.integers(1, 3),
    deep=st.integers(1, 2),
    wide=st.integers(1, 2),
    bias=st.booleans(),
)
def test_convtranspose(
    build: Any,
    x: list[int],
    window: tuple[int, ...],
    cut: tuple[int, int],
    groups: int,
    deep: int,
    wide: int,
    bias: bool,
) -> None:
    F, S, D = window
    lefts = [canvas(throw(size, F, S, D), *cut, 0) for size in x]
    given = {
        "kernel": F,
        "stride": S,
        "dilation": D,
        "padding": (cut,) * len(x),
        "groups": groups,
        "bias": bias,
    }
    if not all(lefts):
        with pytest.raises(ShapeError, match="leaves nothing"):
            build("convtranspose", (*x, groups * deep), filters=groups * wide, **given)
        return
    layer = build("convtranspose", (*x, groups * deep), filters=groups * wide, **given)
    n: Counter[str] = Counter(biases=groups * wide * bias)
    used = set()
    thrown = [throw(size, F, S, D) for size in x]
    for place, c, f in product(product(*map(range, x)), range(groups * deep), range(groups * wide)):
        if c // deep != f // wide:
            continue
        for tap in product(range(F), repeat=len(x)):
            used.add((c, f, tap))
            target = [t[i][k] for t, i, k in zip(thrown, place, tap)]
            n.update({"macs": 1, "ops.mul": 1, "ops.add": 1, "connections": 1})
            n["macs_on_data"] += all(t in left for t, left in zip(target, lefts))
    n["weights"] = len(used)
    n["connections"] += len(list(product(*lefts))) * groups * wide * bias
    assert layer.y == (*map(len, lefts), groups * wide)
    quantities = ("weights", "biases", "macs", "macs_on_data", "connections", "ops.mul", "ops.add")
    assert {q: layer.count(q) for q in quantities} == {q: n[q] for q in quantities}


def test_convtranspose_against_torch(build: Any) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: it is not asked directly")
    for N, F, S, P, extra, D in product((1, 2, 5), range(1, 5), range(1, 4), range(4), range(3), (1, 2)):
        try:
            y = torch.nn.functional.conv_transpose1d(
                torch.ones(1, 1, N),
                torch.ones(1, 1, F),
                stride=S,
                padding=P,
                output_padding=extra,
                dilation=D,
            )
            theirs = (y.shape[-1], int(y.sum()))
        except RuntimeError:
            theirs = (0, 0)
        try:
            layer = build(
                "convtranspose",
                (N, 1),
                filters=1,
                kernel=F,
                stride=S,
                padding=P,
                output_padding=extra,
                dilation=D,
            )
            ours = (layer.y[0], layer.count("macs_on_data"))
        except ShapeError:
            ours = (0, 0)
        assert ours == theirs, (N, F, S, P, extra, D)


def measure(rows: list[list[None]], scale: bool, shift: bool, centred: bool) -> dict[str, int]:
    """A norm carried out on lists, one number at a time."""
    n: Counter[str] = Counter()
    for row in rows:
        if centred:
            n["add"] += len(row) - 1
            n["div"] += 1
        for _value in row:
            n["sub"] += centred
            n["mul"] += 1
        n["add"] += len(row) - 1
        n["div"] += 1
        n["add"] += 1
        n["sqrt"] += 1
        for _value in row:
            n["div"] += 1
            n["mul"] += scale
            n["add"] += shift
    return {kind: count for kind, count in n.items() if count}


@small
@given(
    x=st.lists(st.integers(1, 4), min_size=1, max_size=3),
    groups=st.integers(1, 3),
    deep=st.integers(1, 3),
    scale=st.booleans(),
    shift=st.booleans(),
)
def test_norms(build: Any, x: list[int], groups: int, deep: int, scale: bool, shift: bool) -> None:
    places, channels = list(product(*map(range, x))), range(groups * deep)
    rows = {
        "layernorm": [[None for _c in channels] for _p in places],
        "rmsnorm": [[None for _c in channels] for _p in places],
        "instancenorm": [[None for _p in places] for _c in channels],
        "groupnorm": [[None for c in channels if c // deep == g for _p in places] for g in range(groups)],
    }
    for word, measured in rows.items():
        options = {"groups": groups} if word == "groupnorm" else {}
        layer = build(word, (*x, len(channels)), scale=scale, shift=shift, **options)
        assert layer.ops == measure(measured, scale, shift, word != "rmsnorm"), word
        assert layer.count("weights") == (len(channels) if scale else 0)
        assert layer.count("biases") == (len(channels) if shift else 0)
        assert layer.count("buffers") == layer.count("macs") == 0
        assert layer.y == (*x, len(channels))


def test_norms_against_torch(build: Any) -> None:
    nn = pytest.importorskip(
        "torch", reason="PyTorch is not installed: its parameters are not counted directly"
    ).nn
    modules = {
        ("layernorm", (4, 6)): nn.LayerNorm(6),
        ("rmsnorm", (4, 6)): nn.RMSNorm(6),
        ("instancenorm", (4, 4, 6)): nn.InstanceNorm2d(6, affine=True),
        ("embed", (4,)): nn.Embedding(10, 6),
        ("convtranspose", (4, 4, 6)): nn.ConvTranspose2d(6, 9, 3, groups=3),
    }
    options: dict[str, dict[str, Any]] = {
        "embed": {"vocab": 10, "d": 6},
        "convtranspose": {"filters": 9, "kernel": 3, "groups": 3},
    }
    for (word, x), module in modules.items():
        layer = build(word, x, **options.get(word, {}))
        assert layer.count("weights") + layer.count("biases") == sum(
            p.numel() for p in module.parameters()
        ), word


@small
@given(x=sizes, channels=st.integers(1, 3), scale=st.lists(st.integers(1, 4), min_size=2, max_size=2))
def test_upsample(build: Any, x: list[int], channels: int, scale: list[int]) -> None:
    scale = scale[: len(x)]
    grown = tuple(len([pixel for pixel in range(n) for _copy in range(s)]) for n, s in zip(x, scale))
    near = build("upsample", (*x, channels), scale=tuple(scale))
    assert (near.y, near.ops) == ((*grown, channels), {})
    mixed = build("upsample", (*x, channels), scale=tuple(scale), mode="bilinear")
    n: Counter[str] = Counter()
    for _value in range(prod(near.y)):
        neighbours = len(list(product("ab", repeat=len(x))))
        n["mul"] += neighbours
        n["add"] += neighbours - 1
    assert (mixed.y, mixed.ops) == (near.y, dict(n))


@given(H=st.integers(1, 9), W=st.integers(1, 9), C=st.integers(1, 20), scale=st.integers(1, 4))
def test_blocks_there_and_back(build: Any, H: int, W: int, C: int, scale: int) -> None:
    for word in ("pixelshuffle", "depthtospace"):
        if len(range(0, C, scale * scale)) * scale * scale != C:
            with pytest.raises(ShapeError, match="do not make blocks"):
                build(word, (H, W, C), scale=scale)
            continue
        y = build(word, (H, W, C), scale=scale).y
        assert prod(y) == H * W * C and y[:2] == (H * scale, W * scale)
        assert build("spacetodepth", y, scale=scale).y == (H, W, C)
    deep = (H, W, C)
    whole = all(len(range(0, n, scale)) * scale == n for n in (H, W))
    if whole:
        assert build("depthtospace", build("spacetodepth", deep, scale=scale).y, scale=scale).y == deep
    else:
        with pytest.raises(ShapeError, match="do not split into blocks"):
            build("spacetodepth", deep, scale=scale)


def test_steps(build: Any) -> None:
    assert build("convtranspose", (5, 5, 1), filters=1, kernel=3, padding=1).steps() == ((3, 1, 1),) * 2
    assert build("convtranspose", (5, 5, 1), filters=1, kernel=3, stride=2).steps() is None
    assert build("spacetodepth", (4, 4, 1), scale=2).steps() == ((2, 2, 0),) * 2
    assert build("pixelshuffle", (4, 4, 4), scale=2).steps() is None
    assert build("upsample", (4, 4, 4), scale=2).steps() is None
    assert build("tokens", (4, 4), count=3).steps() == ((1, 1, 3),)
    assert build("shuffle", (4, 4, 4), groups=2).steps() == ()
    assert build("layernorm", (4, 4)).steps() == build("posenc", (4, 4)).steps() == ()


def test_tokens_make_a_sequence_longer(build: Any) -> None:
    layer = build("tokens", (196, 768), count=5)
    assert (layer.y, layer.count("weights"), layer.ops) == ((201, 768), 3_840, {})


REFUSED = [
    (
        "convtranspose", (4, 4, 2), {"filters": 3, "kernel": 2, "groups": 2}, "SC404",
        "3 filters do not split into 2 groups", "filters",
    ),
    (
        "convtranspose", (1, 1, 2), {"filters": 3, "kernel": 2, "padding": 1}, "SC414",
        "cutting 1 + 1 off the output leaves nothing", "padding",
    ),
    (
        "convtranspose", (4, 4, 2), {"filters": 3, "kernel": 2, "stride": 2, "output_padding": 2}, "SC415",
        "an output padding of 2 is not less than the stride of 2 or the dilation of 1", "output_padding",
    ),
    (
        "convtranspose", (4, 4, 2), {"filters": 3, "kernel": 2, "padding": "keep"}, "SC416",
        "padding: keep does not say what to cut off here", "padding",
    ),
    (
        "convtranspose", (4, 4, 2), {"filters": 3, "kernel": 2, "stride": 2, "padding": "same", "output_padding": 1}, "SC416",
        "padding: same does not say what to cut off here", "padding",
    ),
    ("pixelshuffle", (4, 4, 6), {"scale": 2}, "SC417", "6 channels do not make blocks of 2×2 pixels", "scale"),
    ("spacetodepth", (4, 5, 6), {"scale": 2}, "SC418", "5 pixels do not split into blocks of 2", "scale"),
    ("shuffle", (4, 4, 6), {"groups": 4}, "SC404", "6 input channels do not split into 4 groups", "groups"),
    ("groupnorm", (4, 4, 6), {"groups": 4}, "SC404", "6 input channels do not split into 4 groups", "groups"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "x", "options", "code", "message", "option"), REFUSED)
def test_refusals(
    build: Any, word: str, x: tuple[int, ...], options: dict[str, Any], code: str, message: str, option: str
) -> None:
    with pytest.raises(ShapeError) as refusal:
        build(word, x, **options)
    e = refusal.value
    assert (e.code, e.message, e.option) == (code, message, option)
