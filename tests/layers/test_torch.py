"""Our shapes and counts against PyTorch's own: 600 recorded settings, and PyTorch itself where it is installed."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from shapecalc.errors import ShapeError

RECORDED = Path(__file__).parents[1] / "data" / "shape_oracle_torch_public.csv"
WORDS = {
    "Conv1d": "conv",
    "Conv2d": "conv",
    "Conv3d": "conv",
    "ConvTranspose2d": "convtranspose",
    "MaxPool2d": "maxpool",
    "AvgPool2d": "avgpool",
    "AdaptiveAvgPool2d": "adaptiveavgpool",
    "PixelShuffle": "pixelshuffle",
    "Upsample": "upsample",
}
NAMES = {"out_channels": "filters", "output": "size", "upscale": "scale", "ceil_mode": "rounding"}


def sizes(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split("x")))


def channels_last(text: str) -> tuple[int, ...]:
    c, *rest = sizes(text)
    return (*rest, c)


def options(config: str) -> dict[str, Any]:
    """A recorded configuration in our words."""
    found: dict[str, Any] = {}
    for item in config.split(";"):
        name, _, text = item.partition("=")
        if name != "in_channels":
            found[NAMES.get(name, name)] = (
                {"True": "ceil", "False": "floor"}[text] if name == "ceil_mode"
                else text == "True" if name == "bias"
                else text if name == "mode"
                else int(text) if text.isdigit()
                else sizes(text)
            )  # fmt: skip
    return found


@cache
def rows() -> list[dict[str, str]]:
    with RECORDED.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def expressible(row: dict[str, str]) -> bool:
    """Unfold has no layer here, and the scale of an upsampling is whole: 0.5, 1.5 and 2.7 are not."""
    return row["op"] in WORDS and "." not in row["config"]


def test_every_row_is_known_or_left_out_for_a_reason() -> None:
    left = Counter(row["op"] for row in rows() if not expressible(row))
    assert (len(rows()), left) == (600, {"Unfold": 44, "Upsample": 32})


@pytest.mark.parametrize("op", WORDS)
def test_recorded(build: Any, op: str) -> None:
    wrong = []
    taken = [row for row in rows() if row["op"] == op and expressible(row)]
    assert len(taken) >= 20
    for row in taken:
        try:
            layer = build(WORDS[op], channels_last(row["input"]), **options(row["config"]))
        except ShapeError:
            if row["output"] != "ERROR":
                wrong.append((row, "refused"))
            continue
        y = "x".join(map(str, (layer.y[-1], *layer.y[:-1])))
        params = layer.count("weights") + layer.count("biases")
        if y != row["output"] or params != int(row["params"]) or layer.count("macs") != int(row["macs"] or 0):
            wrong.append((row, (y, params, layer.count("macs"))))
    assert wrong == []


def test_pools_that_round_up(build: Any) -> None:
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: its ceil_mode is not asked directly"
    )
    functions = torch.nn.functional
    met: Counter[str] = Counter()
    for N, F, S, P, D in product((1, 2, 3, 5, 6, 7, 10), range(1, 6), range(1, 5), range(3), (1, 2)):
        settings = {"kernel_size": F, "stride": S, "padding": P, "ceil_mode": True}
        try:
            theirs = functions.max_pool1d(torch.zeros(1, 1, N), dilation=D, **settings).shape[-1]
        except (RuntimeError, ValueError):
            theirs = 0
        try:
            ours = build("maxpool", (N, 1), kernel=F, stride=S, padding=P, dilation=D, rounding="ceil").y[0]
        except ShapeError:
            ours = 0
        assert ours == theirs, (N, F, S, P, D)
        met["refused" if not ours else "fits"] += 1
        if D == 1:
            try:
                theirs = functions.avg_pool1d(torch.zeros(1, 1, N), **settings).shape[-1]
            except (RuntimeError, ValueError):
                theirs = 0
            assert ours == theirs, (N, F, S, P)
    assert met["fits"] > 200 and met["refused"] > 200


def test_adaptive_windows(build: Any) -> None:
    """A pixel of its own in every channel shows which windows see it."""
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: its adaptive windows are not asked directly"
    )
    for N, M in product(range(1, 13), range(1, 16)):
        seen = torch.nn.functional.adaptive_avg_pool1d(torch.eye(N).reshape(1, N, N), M)
        layer = build("adaptiveavgpool", (N, 1), size=M)
        assert layer.y == (seen.shape[-1], 1)
        assert layer.ops.get("add", 0) + layer.ops["div"] == int((seen > 0).sum())


def test_lrn_windows(build: Any) -> None:
    """With a = 1, α = n, β = 1 and k = 1 a value is 1 / (1 + the squares that were summed)."""
    torch = pytest.importorskip(
        "torch", reason="PyTorch is not installed: its neighbours are not asked directly"
    )
    for channels, size in product(range(1, 9), range(1, 10)):
        b = torch.nn.functional.local_response_norm(
            torch.ones(1, channels, 1), size, alpha=size, beta=1.0, k=1.0
        )
        met = int((1 / b - 1).round().sum())
        assert build("lrn", (channels,), size=size).ops["add"] == met


def test_parameters(build: Any) -> None:
    nn = pytest.importorskip(
        "torch", reason="PyTorch is not installed: its parameters are not counted directly"
    ).nn
    ours_theirs = [
        (("bn", (4, 4, 6)), nn.BatchNorm2d(6)),
        (("prelu", (4, 4, 6)), nn.PReLU(6)),
        (("prelu", (4, 4, 6), {"shared": True}), nn.PReLU()),
        (("linear", (4, 6), {"units": 5}), nn.Linear(6, 5)),
        (("depthwise", (4, 4, 6), {"kernel": 3, "multiplier": 2}), nn.Conv2d(6, 12, 3, groups=6)),
    ]
    for (word, x, *given), module in ours_theirs:
        layer = build(word, x, **(given[0] if given else {}))
        assert layer.count("weights") + layer.count("biases") == sum(p.numel() for p in module.parameters())
