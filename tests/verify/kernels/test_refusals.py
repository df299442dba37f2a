"""Settings that no kernel may run: each is refused for the reason that the layer would be refused for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from shapecalc.errors import ShapeError

from ..world import drawn, execute

MAP, SEQUENCE, VECTOR, GREY = (6, 6, 4), (6, 4), (4,), (6, 6, 1)
NO_WEIGHTS = {"scale": False, "shift": False}

REFUSED: list[tuple[str, str, tuple[tuple[int, ...], ...], dict[str, Any]]] = [
    ("SC402", "conv", (MAP,), {"filters": 2, "kernel": 7}),
    ("SC402", "conv", (MAP,), {"filters": 2, "kernel": 4, "dilation": 2}),
    ("SC402", "conv", (MAP,), {"filters": 2, "kernel": (3, 9), "padding": 1}),
    ("SC402", "depthwise", (MAP,), {"kernel": 7}),
    ("SC402", "maxpool", (MAP,), {"kernel": 9, "padding": 1}),
    ("SC402", "maxpool", ((2, 1),), {"kernel": 4, "stride": 1, "rounding": "ceil"}),
    ("SC402", "trainablepool", (MAP,), {"kernel": 7}),
    ("SC402", "convtranspose", (SEQUENCE,), {"filters": 2, "kernel": 1, "padding": 3}),
    ("SC402", "convtranspose", (SEQUENCE,), {"filters": 2, "kernel": 3, "stride": 2, "output_padding": 2}),
    ("SC403", "convtranspose", (SEQUENCE,), {"filters": 2, "kernel": 3, "padding": "keep"}),
    ("SC403", "convtranspose", (SEQUENCE,), {"filters": 2, "kernel": 3, "padding": "full"}),
    ("SC403", "convtranspose", (SEQUENCE,), {"filters": 2, "kernel": 3, "stride": 2, "padding": "same", "output_padding": 1}),
    ("SC403", "conv", (MAP,), {"filters": 2, "kernel": 4, "padding": "keep"}),
    ("SC403", "depthwise", (MAP,), {"kernel": 2, "padding": "keep"}),
    ("SC404", "conv", (MAP,), {"filters": 6, "groups": 3}),
    ("SC404", "conv", (MAP,), {"filters": 3, "groups": 2}),
    ("SC404", "convtranspose", (MAP,), {"filters": 6, "kernel": 2, "groups": 3}),
    ("SC404", "convtranspose", (MAP,), {"filters": 3, "kernel": 2, "groups": 2}),
    ("SC404", "groupnorm", (MAP,), {"groups": 3, **NO_WEIGHTS}),
    ("SC404", "shuffle", (MAP,), {"groups": 3}),
    ("SC404", "pixelshuffle", (MAP,), {"scale": 3}),
    ("SC404", "depthtospace", (MAP,), {"scale": 3}),
    ("SC405", "conv", (MAP,), {"filters": 2, "connections": ((0, 4), (1,))}),
    ("SC405", "conv", (MAP,), {"filters": 2, "connections": ((0, 0), (1,))}),
    ("SC405", "conv", (MAP,), {"filters": 2, "connections": ((0, 1), ())}),
    ("SC405", "conv", (MAP,), {"filters": 2, "connections": ((0, 1),)}),
    ("SC405", "conv", (MAP,), {"filters": 1, "connections": ((0, 1), (2,))}),
    ("SC405", "conv", (MAP,), {"filters": 2, "groups": 2, "connections": ((0,), (1,))}),
    ("SC406", "maxpool", (MAP,), {"kernel": 3, "padding": 2}),
    ("SC406", "avgpool", (MAP,), {"kernel": 2, "padding": ((0, 0), (0, 2))}),
    ("SC406", "lppool", (MAP,), {"kernel": 3, "padding": "full"}),
    ("SC406", "maxpool", (MAP,), {"kernel": 3, "dilation": 2, "padding": 2}),
    ("SC401", "add", (MAP, (6, 5, 4)), {}),
    ("SC401", "add", (MAP, (1, 1, 4)), {}),
    ("SC401", "add", (MAP, (3,)), {}),
    ("SC401", "add", (SEQUENCE, MAP), {}),
    ("SC401", "add", (VECTOR, (1,)), {}),
    ("SC401", "mul", (MAP, (6, 6, 1)), {}),
    ("SC407", "conv", (VECTOR,), {"filters": 2, "kernel": ()}),
    ("SC407", "depthwise", (VECTOR,), {"kernel": ()}),
    ("SC407", "convtranspose", (VECTOR,), {"filters": 2, "kernel": ()}),
    ("SC407", "maxpool", (VECTOR,), {"kernel": ()}),
    ("SC407", "avgpool", (VECTOR,), {"kernel": ()}),
    ("SC407", "lppool", (VECTOR,), {"kernel": ()}),
    ("SC407", "trainablepool", (VECTOR,), {"kernel": ()}),
    ("SC407", "globalavgpool", (VECTOR,), {}),
    ("SC407", "globalmaxpool", (VECTOR,), {}),
    ("SC407", "adaptiveavgpool", (VECTOR,), {"size": ()}),
    ("SC407", "adaptivemaxpool", (VECTOR,), {"size": ()}),
    ("SC407", "instancenorm", (VECTOR,), NO_WEIGHTS),
    ("SC407", "groupnorm", (VECTOR,), {"groups": 2, **NO_WEIGHTS}),
    ("SC407", "upsample", (VECTOR,), {"scale": ()}),
    ("SC407", "subsample", (VECTOR,), {"stride": ()}),
    ("SC407", "pixelshuffle", (SEQUENCE,), {"scale": 2}),
    ("SC407", "depthtospace", (SEQUENCE,), {"scale": 2}),
    ("SC407", "spacetodepth", (SEQUENCE,), {"scale": 2}),
    ("SC407", "fc", (MAP,), {"units": 2}),
    ("SC407", "rbf", (MAP,), {"units": 2}),
    ("SC407", "embed", (SEQUENCE,), {"vocab": 5, "d": 2}),
    ("SC407", "posenc", (MAP,), {}),
    ("SC407", "posenc", (VECTOR,), {}),
    ("SC407", "tokens", (MAP,), {}),
    ("SC407", "softmax", (MAP,), {"axis": "T"}),
    ("SC407", "softmax", (VECTOR,), {"axis": "H"}),
    ("SC407", "concat", (SEQUENCE, SEQUENCE), {"axis": "W"}),
    ("SC407", "permute", (SEQUENCE,), {"order": ("H", "C")}),
    ("SC412", "permute", (MAP,), {"order": ("C", "H")}),
    ("SC412", "permute", (MAP,), {"order": ("C", "H", "H")}),
    ("SC411", "crop", (MAP,), {"amount": ((3, 3), (0, 0), (0, 0))}),
    ("SC411", "crop", (MAP,), {"amount": ((0, 0), (9, 0), (0, 0))}),
    ("SC413", "dropout", (MAP,), {"rate": 1.0}),
    ("SC404", "scores", ((5, 6), (4, 6)), {"heads": 4}),
    ("SC404", "scores", ((5, 6), (4, 6)), {"heads": 6, "share": 4}),
    ("SC404", "attend", ((5, 4, 3), (4, 6)), {"share": 2}),
    ("SC404", "attend", ((5, 4, 4), (4, 6)), {}),
    ("SC404", "split", (MAP,), {"parts": 4, "axis": "H"}),
    ("SC404", "mha", (SEQUENCE,), {"heads": 3}),
    ("SC404", "mha", (SEQUENCE,), {"heads": 4, "kv_heads": 3}),
    ("SC404", "mha", (SEQUENCE,), {"heads": 4, "d": 6}),
    ("SC407", "mha", (MAP,), {"heads": 2}),
    ("SC407", "mha", (SEQUENCE, MAP), {"heads": 2}),
    ("SC419", "mha", (SEQUENCE, SEQUENCE, SEQUENCE), {"heads": 2}),
    ("SC422", "se", (MAP,), {"reduction": 5}),
    ("SC407", "se", (VECTOR,), {"reduction": 1}),
    ("SC407", "separable", (VECTOR,), {"filters": 2, "kernel": ()}),
    ("SC402", "separable", (SEQUENCE,), {"filters": 2, "kernel": 99}),
    ("SC419", "scores", ((5, 6), (4, 6), (4, 6)), {"heads": 2}),
    ("SC419", "scores", ((5, 6), (4, 4)), {"heads": 2}),
    ("SC419", "attend", ((5, 3, 2), (4, 6)), {}),
    ("SC407", "scores", (MAP, (4, 6)), {"heads": 2}),
    ("SC407", "attend", ((5, 6), (4, 6)), {}),
    ("SC407", "lstm", (MAP,), {"units": 2}),
    ("SC407", "slice", (SEQUENCE,), {"axis": "W"}),
    ("SC420", "slice", (MAP,), {"stop": 5}),
    ("SC420", "slice", (MAP,), {"start": -5}),
    ("SC420", "slice", (MAP,), {"start": 2, "stop": 2}),
    ("SC420", "split", (MAP,), {"parts": 2, "part": 3}),
    ("SC421", "gru", (SEQUENCE,), {"units": 2, "biases": 3}),
    ("NumPy", "spacetodepth", ((5, 6, 4),), {"scale": 2}),
    ("NumPy", "reshape", (MAP,), {"shape": (5, 5)}),
    ("NumPy", "concat", (MAP, (6, 5, 4)), {}),
    ("NumPy", "concat", (MAP, SEQUENCE), {}),
    ("NumPy", "conv", (MAP,), {"filters": 2, "kernel": (3,)}),
    ("NumPy", "maxpool", (MAP,), {"kernel": (2, 2, 2)}),
    ("NumPy", "convtranspose", (MAP,), {"filters": 2, "kernel": (3,)}),
    ("NumPy", "adaptiveavgpool", (MAP,), {"size": (3,)}),
    ("NumPy", "upsample", (MAP,), {"scale": (2,)}),
    ("NumPy", "subsample", (MAP,), {"stride": (2, 2, 2)}),
    ("NumPy", "pad", (MAP,), {"amount": ((1, 1), (1, 1))}),
    ("NumPy", "crop", (MAP,), {"amount": ((1, 1), (1, 1))}),
]  # fmt: skip


@pytest.mark.parametrize(
    "case", REFUSED, ids=[f"{i}-{code}-{word}" for i, (code, word, *_rest) in enumerate(REFUSED)]
)
def test_what_cannot_be_run_is_refused(
    case: tuple[str, str, tuple[tuple[int, ...], ...], dict[str, Any]],
) -> None:
    code, word, shapes, given = case
    xs = [np.ones((2, *shape), np.float32) for shape in shapes]
    with pytest.raises((ShapeError, ValueError)) as refusal:
        execute(word, *xs, weights=drawn(word, *shapes, **given)[0], **given)
    found = refusal.value.code if isinstance(refusal.value, ShapeError) else "NumPy"
    assert found == code
    assert str(refusal.value)
