"""What a key must declare, because teachers differ in it: the switches that change a published answer.

Pitfall: a grader that guesses one of these marks good work wrong, so every report prints those it used.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ..record import Record
from ..text import N_, _

BYTES = {"B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}


class Conventions(Record):
    """Declared under `grading: {conventions: …}`; the defaults are those of every table here."""

    layout: str = "HWC"
    """Order of axes in answers: HWC or CHW."""
    bn: int = 2
    """Numbers a channel that batch norm counts as parameters: 2 (γ, β), or 4 with the running statistics."""
    cost: str = "mac"
    """What the column macs asks for: mac, flop = 2 × mac, or mac+bias, a bias added being an operation too."""
    padding: str = "side"
    """What a padding is: side (zeros on each side) or total (both sides of an axis together)."""
    dilation: int = 1
    """The dilation without gaps, in questions and answers: 1 (frameworks) or 0 (CS231n, oneDNN)."""
    rnn_biases: int = 1
    """Bias vectors of a GRU or LSTM gate: 1 (Keras), or 2 (PyTorch)."""
    bytes_per_value: int = 4
    """For memory."""
    bias: str = "spec"
    """Biases: spec (layer by layer, as the spec says), yes, or no."""
    rounding: str = "spec"
    """Sizes that do not divide: spec (as each layer says), floor, ceil, or exact: the key itself is then refused."""
    same: str = "ceil"
    """`same` padding: ceil (output ⌈N/S⌉, TensorFlow), lower (its odd zero before), or half: (F − 1)/2 on each side."""
    pool_params: int = 0
    """Numbers a channel that a pool counts as parameters: 0, or 2 as LeCun's trainable pools of 1998 have."""
    memory: str = "activations"
    """What the column memory holds: activations (of the layer's output), params, or both."""
    memory_unit: str = "B"
    """The unit of a memory that is written without one."""
    input_row: str = "no"
    """Whether the network's input is part of the totals of activations and memory."""
    size: str = "values"
    """What a column called activations or size asks for: values, the shape, or bytes."""
    parameters: str = "learned"
    """What parameters are: learned numbers, or values, as some quizzes call a layer's outputs."""
    batch: int = 1
    """Samples; an axis of this length in front of a shape is the batch."""
    min_digits: int = 2
    """Digits that a rounded answer must have at least."""


_WORDS: Mapping[str, Mapping[Any, str]] = {
    "layout": {"HWC": N_("shapes are height × width × channels"), "CHW": N_("shapes are channels × height × width")},
    "bias": {
        "spec": N_("biases as the spec has them"),
        "yes": N_("every layer has biases"),
        "no": N_("no layer has biases"),
    },
    "bn": {2: N_("batch norm counts 2 a channel (γ, β)"), 4: N_("batch norm counts 4 a channel (with moving statistics)")},
    "rounding": {
        "spec": N_("sizes rounded as each layer says"),
        "floor": N_("sizes rounded down"),
        "ceil": N_("sizes rounded up"),
        "exact": N_("sizes must divide exactly"),
    },
    "same": {
        "ceil": N_("same padding gives ⌈N/S⌉"),
        "half": N_("same padding is (F − 1)/2 on each side"),
        "lower": N_("same padding gives ⌈N/S⌉, the odd zero before"),
    },
    "padding": {"side": N_("padding is that of one side"), "total": N_("padding is that of both sides together")},
    "dilation": {1: N_("dilation 1 has no gaps"), 0: N_("dilation 0 has no gaps")},
    "pool_params": {0: N_("pools have no parameters"), 2: N_("pools have 2 parameters a channel")},
    "cost": {
        "mac": N_("costs are multiply-accumulates"),
        "flop": N_("costs are FLOPs = 2 × MACs"),
        "mac+bias": N_("costs are multiply-accumulates, and an addition for every bias"),
    },
    "rnn_biases": {1: N_("one bias vector a gate (Keras)"), 2: N_("two bias vectors a gate (PyTorch)")},
    "memory": {
        "activations": N_("memory is that of a layer's output"),
        "params": N_("memory is that of the parameters"),
        "both": N_("memory is that of output and parameters"),
    },
    "input_row": {"no": N_("totals leave the input out"), "yes": N_("totals count the input")},
    "size": {"values": N_("a size is a number of values"), "shape": N_("a size is a shape"), "bytes": N_("a size is in bytes")},
    "parameters": {"learned": N_("parameters are learned numbers"), "values": N_("parameters are the values of the output")},
}  # fmt: skip
_ALWAYS = ("layout", "bias", "rounding")
_FOR = {
    "params": ("bn", "pool_params", "rnn_biases"),
    "macs": ("cost",),
    "memory": ("memory", "bytes_per_value"),
    "activations": ("size",),
    "padding": ("padding",),
}  # fmt: skip
"""Switches that matter for a column; the rest is said only where it is not the default."""
_ABOUT = {
    "bn": ("bn",), "pool_params": ("maxpool", "avgpool", "lppool"), "rnn_biases": ("rnn", "gru", "lstm"),
}  # fmt: skip
"""Switches that matter only where one of these layers is."""


def adapted(word: str, options: Mapping[str, Any], wanted: Conventions) -> Mapping[str, Any]:
    """A layer's options as the conventions have them: biases, rounding, `same` padding, bias vectors of a gate."""
    new = dict(options)
    if wanted.bias != "spec" and "bias" in options:
        new["bias"] = wanted.bias == "yes"
    if wanted.rounding in ("floor", "ceil") and "rounding" in options:
        new["rounding"] = wanted.rounding
    if options.get("padding") == "same" and wanted.same != "ceil":
        halves = tuple(((f - 1) // 2,) * 2 for f in options["kernel"])
        new["padding"] = halves if wanted.same == "half" else "same_lower"
    if wanted.rnn_biases == 2 and "biases" in options:
        new["biases"] = 2
    return new if new != options else options


def sentences(used: Conventions, columns: tuple[str, ...], layers: Collection[str]) -> tuple[str, ...]:
    """The conventions in words: those that matter for these columns and layers, and all that are not the default."""
    matter = {*_ALWAYS, *(name for column in columns for name in _FOR.get(column, ()))}
    matter = {name for name in matter if name not in _ABOUT or any(word in layers for word in _ABOUT[name])}
    if "output_shape" not in columns:
        matter -= {"layout", "rounding"}
    found = []
    for name, value in used._asdict().items():
        if name not in matter and value == Conventions._defaults[name]:
            continue
        if name in _WORDS:
            found.append(_(_WORDS[name][value]))
        elif name == "bytes_per_value":
            found.append(_("{n} bytes a value").format(n=value))
        elif name == "memory_unit":
            found.append(_("memory without a unit is in {unit}").format(unit=value))
        elif name == "batch":
            found.append(_("a batch of {n}").format(n=value))
        elif name == "min_digits":
            found.append(_("rounded answers need {n} digits").format(n=value))
    return tuple(found)


def described(name: str, values: Iterable[Any]) -> tuple[str, ...]:
    """What a convention means, value by value."""
    if name in _WORDS:
        return tuple(_(_WORDS[name][value]) for value in values)
    return {
        "memory_unit": (_("the unit of a memory that is written without one"),),
        "bytes_per_value": (_("bytes of one number, for memory"),),
        "batch": (_("samples; an axis of this length in front of a shape is the batch"),),
        "min_digits": (_("digits that a rounded answer must have at least"),),
    }[name]
