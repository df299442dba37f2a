"""What other programs make of recurrent gates and of grouped transposed convolutions, written down once.

`python -m tests.verify.recorded` asks PyTorch, and for Cho's GRU the ONNX reference, and writes tests/data/gates.json, so
that values are held to where neither is installed. Pitfall: inputs and weights are sines, the same everywhere, and rounded.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

FILE = Path(__file__).parents[1] / "data" / "gates.json"
GATES = {"rnn": 1, "gru": 3, "lstm": 4}
DIGITS = 6


class Setting(NamedTuple):
    """A kernel's options, its input and its parameters; `name` finds its values in the file."""

    name: str
    word: str
    given: dict[str, Any]
    x: Any
    weights: Any


def wave(*shape: int, step: float) -> Any:
    """Sines of 0, step, 2·step and so on, in four decimals."""
    return np.round(np.sin(np.arange(np.prod(shape)) * step), 4).astype(np.float32).reshape(shape)


def settings() -> Iterator[Setting]:
    for word, ways, layers, biases in product(GATES, (1, 2), (1, 2), (0, 1, 2)):
        given = {
            "units": 3,
            "layers": layers,
            "bidirectional": ways == 2,
            "bias": biases > 0,
            "biases": biases or 2,
        }
        if word == "gru" and biases == 1 and layers == 2:
            continue  # the ONNX reference runs one layer
        name = f"{word}, {layers} layers, {ways} ways, {biases} biases"
        yield Setting(name, word, given, wave(2, 5, 4, step=0.7), _cells(GATES[word], ways, layers, biases))
    for axes, groups, extra, dilation in product((1, 2), (1, 2, 3), (0, 1), (1, 2)):
        channels, share, sizes, kernel = 2 * groups, 3, (4, 3)[:axes], (3, 2)[:axes]
        given = {"filters": share * groups, "kernel": kernel, "stride": (2,) * axes, "dilation": (dilation,) * axes,
                 "padding": ((1, 1),) * axes, "output_padding": (extra,) * axes, "groups": groups, "bias": True}  # fmt: skip
        weights = wave(*kernel, channels, share, step=1.3), wave(share * groups, step=2.1)
        name = f"convtranspose, {axes} axes, {groups} groups, {extra} more, {dilation} apart"
        yield Setting(name, "convtranspose", given, wave(2, *sizes, channels, step=0.9), weights)


def _cells(gates: int, ways: int, layers: int, biases: int) -> list[Any]:
    found = []
    for layer in range(layers):
        inputs = 4 if layer == 0 else 3 * ways
        found.append([
            (
                wave(inputs, 3 * gates, step=1.1 + layer + way / 3),
                wave(3, 3 * gates, step=1.7 + layer + way / 3),
                wave(3 * gates, step=0.4 + way) if biases else None,
                wave(3 * gates, step=0.6 + way) if biases == 2 else None,
            )
            for way in range(ways)
        ])  # fmt: skip
    return found


def asked(setting: Setting) -> tuple[str, Any]:
    """Who was asked, and the answer; raises ImportError where nobody is there."""
    if setting.word == "gru" and setting.given["biases"] == 1:
        return _onnx(setting)
    import torch

    if setting.word != "convtranspose":
        from .kernels.trials_sequences import _module

        return f"torch {torch.__version__}", _module(setting.word, setting.x, setting.weights, setting.given)
    from .kernels.dice import F, filters, first, last, tensor

    o, (w, bias) = setting.given, setting.weights
    call = (F.conv_transpose1d, F.conv_transpose2d)[len(o["kernel"]) - 1]
    cut = tuple(before for before, _after in o["padding"])
    y = call(
        first(setting.x),
        filters(w, (0, 1)),
        tensor(bias),
        o["stride"],
        cut,
        o["output_padding"],
        o["groups"],
        o["dilation"],
    )
    return f"torch {torch.__version__}", last(y)


def _onnx(setting: Setting) -> tuple[str, Any]:
    """Cho's GRU, with the reset gate before the product, one direction at a time."""
    import onnx
    from onnx import TensorProto, helper
    from onnx.reference import ReferenceEvaluator

    (layer,), both = setting.weights, []
    names = ("x", "w", "r", "b")
    node = helper.make_node("GRU", names, ["y"], hidden_size=3, linear_before_reset=0)
    typed = [helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in (*names, "y")]
    runner = ReferenceEvaluator(helper.make_model(helper.make_graph([node], "gru", typed[:-1], typed[-1:])))
    for way, (into, within, bias, _second) in enumerate(layer):
        r, z, n = (slice(3 * i, 3 * i + 3) for i in range(3))
        order = [*range(9)[z], *range(9)[r], *range(9)[n]]
        x = np.moveaxis(setting.x, 0, 1)
        feed = {"x": x[::-1] if way else x, "w": into.T[None, order], "r": within.T[None, order],
                "b": np.concatenate([bias[order], np.zeros(9, np.float32)])[None]}  # fmt: skip
        (y,) = runner.run(None, feed)
        y = np.moveaxis(y[:, 0], 0, 1)
        both.append(y[:, ::-1] if way else y)
    return f"onnx {onnx.__version__} reference", np.concatenate(both, -1)


def main() -> None:
    found = {}
    for setting in settings():
        source, y = asked(setting)
        found[setting.name] = {
            "source": source,
            "shape": y.shape,
            "values": np.round(y.astype(float), DIGITS).ravel().tolist(),
        }
    lines = (f" {json.dumps(name)}: {json.dumps(value)}" for name, value in found.items())
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    sys.stdout.write(f"{len(found)} settings\n")


if __name__ == "__main__":
    main()
