"""Where students stumble over a convolution: the depth of a filter, the bias, groups, and taps on padding.

Pitfall: the numbers in a sentence are counted, never typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..symbolic import joined
from ..text import _, ngettext, run_on
from ._base import spatial
from ._why_windows import number, windows

if TYPE_CHECKING:
    from ._conv import Convolution


def convolution(layer: Convolution) -> dict[str, str]:
    """What is to be said of any convolution, by quantity."""
    said = windows(layer.windows, spatial(len(layer.x)), layer.padding)
    filters, depth = layer.y[-1], layer.x[-1]
    said["output.C"] = _("One map for each filter: a filter adds up all the channels that it reads.")
    said["weights"] = weights(layer)
    if layer.bias:
        said["biases"] = _(
            "One number a filter, added at every position: {n}, whatever the size of the map."
        ).format(n=number(filters))
        said["ops.add"] = _("Adding up K products takes K − 1 additions; adding the bias makes it K.")
    else:
        said["params"] = _("bias: false leaves out {n} biases.").format(n=number(filters))
        said["ops.add"] = _("Adding up K products takes K − 1 additions, and there is no bias to add.")
    said["macs"] = positions(layer)
    on_padding = layer.count("macs") - layer.count("macs_on_data")
    said["macs_on_data"] = taps(on_padding)
    if depth == 1:
        said["weights"] = run_on((said["weights"], _("Here the input is one channel deep.")))
    return said


def taps(on_padding: Any) -> str:
    """How many products are with padding zeros."""
    if on_padding == 0:
        return _("No tap lands on padding, so these are all MACs.")
    text = ngettext(
        "{n} product is with a padding zero. The textbook counts it in the MACs, since a plain program computes it like any other.",
        "{n} products are with padding zeros. The textbook counts them in the MACs, since a plain program computes them like any others.",
        on_padding,
    )
    return text.format(n=number(on_padding))


def positions(layer: Convolution) -> str:
    """Why weights and MACs differ."""
    sizes = joined(layer.y[:-1])
    text = _("The same {weights} weights are used at each of the {sizes} output positions.")
    said = text.format(weights=number(layer.count("weights")), sizes=sizes)
    if any(w.letters["S"] != 1 for w in layer.windows):
        said = run_on((said, _("A stride thins out positions, and so the work; it takes no weight away.")))
    return said


def weights(layer: Convolution) -> str:
    """How deep a filter is."""
    depth, filters, groups = layer.x[-1], layer.y[-1], layer.options.get("groups", 1)
    kernel = joined(w.letters["F"] for w in layer.windows)
    each = {"depth": number(depth), "filters": number(filters), "kernel": kernel}
    each["n"] = number(layer.count("weights") // filters)
    if layer.options.get("connections") is not None:
        text = _(
            "A table says which of the {depth} maps each filter reads: {Q} pairs, where all would be {all}."
        )
        return text.format(**each, Q=layer.letters["Q"], all=number(depth * filters))
    if "multiplier" in layer.options:
        text = _(
            "Each filter sees one channel only; filters over all {depth} channels would have {depth} times the weights."
        )
        return text.format(**each)
    if groups != 1:
        text = _(
            "In {G} groups a filter sees only {depth} / {G} = {part} channels: {n} weights, {G} times fewer than without groups."
        )
        return text.format(**each, G=groups, part=number(depth // groups))
    if all(w.letters["F"] == 1 for w in layer.windows):
        text = _(
            "A filter of {kernel} sees one position but all {depth} channels: {n} weights, which mix channels and no pixels. Filters of {larger} would have {times} times as many."
        )
        axes = len(layer.windows)
        return text.format(**each, larger="×".join("3" * axes), times=3**axes)
    text = _(
        "A filter is as deep as its input, so its depth is never written: each of the {filters} filters is {kernel}×{depth} = {n} weights."
    )
    return text.format(**each)


def transposed(layer: Convolution) -> dict[str, str]:
    """What is to be said of a transposed convolution."""
    said = convolution(layer)
    sizes = joined(layer.x[:-1])
    said["macs"] = _(
        "Every value of the {sizes} input is thrown over a whole window, so the input's positions count."
    ).format(sizes=sizes)
    cut = layer.count("macs") - layer.count("macs_on_data")
    text = ngettext(
        "{n} product is cut off with the ends of the output.",
        "{n} products are cut off with the ends of the output.",
        cut,
    )
    said["macs_on_data"] = (
        text.format(n=number(cut)) if cut else _("Nothing is cut off, so these are all MACs.")
    )
    for axis, window in zip(spatial(len(layer.x)), layer.windows):
        text = _(
            "Seen from the output, the {n} input positions are the windows, and what is cut off is their padding."
        )
        said[f"L.{axis}"] = text.format(n=window.letters["N"])
    said["ops.add"] = _(
        "Every product is added to its place in the output, which starts from the bias or from 0."
    )
    return said
