"""What every number of a worked derivation is called: `output.H` is the output height, `ops.add` the additions.

Pitfall: JSON says it in English in every language, since programs read it; people read it in theirs.
"""

from __future__ import annotations

from collections.abc import Callable

from ..text import N_, _

AXES = {"T": N_("length"), "H": N_("height"), "W": N_("width"), "Z": N_("depth"), "C": N_("channels")}
OUTPUT = {
    "T": N_("output length"),
    "H": N_("output height"),
    "W": N_("output width"),
    "Z": N_("output depth"),
    "C": N_("output channels"),
    "V": N_("output values"),
}
ALONG = N_("{what}, {axis}")
WORDS = {
    "K": N_("extent"),
    "P": N_("padding on each side"),
    "P_t": N_("padding in all"),
    "P_b": N_("padding before"),
    "P_a": N_("padding behind"),
    "E_b": N_("reach before"),
    "E_a": N_("reach behind"),
    "X_b": N_("windows wholly before"),
    "X_a": N_("windows wholly behind"),
    "Y_b": N_("windows reaching before"),
    "Y_a": N_("windows reaching behind"),
    "L_b": N_("taps lost before"),
    "L_a": N_("taps lost behind"),
    "L": N_("live taps"),
    "covered": N_("pixels in all windows"),
    "R": N_("rows"),
    "N": N_("values in a row"),
    "A_in": N_("input values"),
    "activations": N_("activations"),
    "weights": N_("weights"),
    "biases": N_("biases"),
    "params": N_("params"),
    "buffers": N_("buffers"),
    "macs": N_("MACs"),
    "macs_on_data": N_("MACs on data"),
    "flops": N_("FLOPs"),
    "connections": N_("connections"),
    "activation_bytes": N_("bytes of the output"),
    "param_bytes": N_("bytes of the params"),
    "batch.activations": N_("activations of the batch"),
    "batch.macs": N_("MACs of the batch"),
    "batch.macs_on_data": N_("MACs on data of the batch"),
    "batch.ops": N_("{operations} of the batch"),
    "receptive_field.size": N_("receptive field"),
    "receptive_field.stride": N_("its stride"),
    "receptive_field.padding": N_("its padding"),
    "receptive_field.end": N_("its end"),
    "ops.mul": N_("multiplications"),
    "ops.add": N_("additions"),
    "ops.sub": N_("subtractions"),
    "ops.div": N_("divisions"),
    "ops.max": N_("maxima of two"),
    "ops.min": N_("minima of two"),
    "ops.cmp": N_("comparisons"),
    "ops.exp": N_("exponentials"),
    "ops.log": N_("logarithms"),
    "ops.sqrt": N_("square roots"),
    "ops.pow": N_("powers"),
    "ops.abs": N_("absolute values"),
    "ops.neg": N_("negations"),
    "ops.tanh": N_("hyperbolic tangents"),
    "ops.erf": N_("error functions"),
    "ops.sin": N_("sines"),
    "ops.cos": N_("cosines"),
}
LETTERS = {
    **{letter: letter for letter in ("K", "P", "P_t", "P_b", "P_a", "L_b", "L_a", "L", "R", "N", "A_in")},
    **{f"{letter}_{end}": letter for letter in "EXY" for end in "ba"},
    "covered": "L",
    "receptive_field.end": "E",
}
"""The letter that a worked-out value goes by in the formulas after it."""
SECTIONS = {
    "shape": N_("shape"),
    "params": N_("parameters"),
    "work": N_("work"),
    "field": N_("receptive field"),
    "memory": N_("memory"),
}
_PLACES = {
    "output": "shape",
    "activations": "shape",
    "weights": "params",
    "biases": "params",
    "params": "params",
    "buffers": "params",
    "receptive_field": "field",
    "activation_bytes": "memory",
    "param_bytes": "memory",
}


def english(text: str) -> str:
    """A text as it stands in the code: what JSON says."""
    return text


def quantity(key: str, say: Callable[[str], str] = _, letters: bool = False) -> str:
    """What the number of this key is called; `say` translates, `letters` adds the letter it goes by: live taps L."""
    if key.startswith("batch.ops."):
        return say(WORDS["batch.ops"]).format(operations=quantity(key[6:], say))
    if key in WORDS:
        return f"{say(WORDS[key])} {LETTERS[key]}" if letters and key in LETTERS else say(WORDS[key])
    head, _dot, axis = key.rpartition(".")
    if head == "output":
        return say(OUTPUT[axis])
    return say(ALONG).format(what=quantity(head, say, letters), axis=say(AXES[axis]))


def section(key: str) -> str:
    """The part of a layer's derivation that a quantity of its own belongs to."""
    head = key.removeprefix("batch.").partition(".")[0]
    return _PLACES.get(head, "work")
