"""What only the layers around explain: where 400 comes from, what a 1×1 bottleneck saves, what a separable pair costs.

Pitfall: the other way is built and counted, never estimated; so a sentence holds for strides and paddings, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, cast

from .. import layers
from ..layers import Layer
from ..layers._why_windows import number
from ..report.table import Row, Table
from ..symbolic import Undecided, has_letters, joined
from ..text import _, run_on

THROUGH = (
    "bn",
    "relu",
    "relu6",
    "dropout",
    "identity",
    "leakyrelu",
    "elu",
    "tanh",
    "sigmoid",
    "gelu",
    "silu",
)
"""Layers between which a bottleneck and its convolution may stand."""


class Context:
    """A network's rows by name, and who reads them."""

    def __init__(self, table: Table) -> None:
        self.rows = {row.name: row for row in table.rows}
        self.readers: dict[str, list[Row]] = {}
        for row in table.rows:
            for name in row.inputs:
                self.readers.setdefault(name, []).append(row)

    def notes(self, row: Row) -> Mapping[str, str]:
        """Sentences about `row` by key."""
        found: dict[str, str] = {}
        with suppress(Undecided):  # what depends on letters is not said
            found.update(self._notes(row))
        return found

    def _notes(self, row: Row) -> Iterator[tuple[str, str]]:
        if row.node.frozen and row.params.total:
            yield "params", _("Frozen: they are not trained.")
        if row.layer in ("fc", "rbf"):
            yield from self._flattened(row)
        elif row.layer == "conv" and _is_pointwise(built(row)):
            following = self._following(row)
            if following is not None and row.output_shape[-1] < row.input_shapes[0][-1]:
                yield from _bottleneck(row, following)
            preceding = self._preceding(row)
            if preceding is not None and preceding.layer == "depthwise":
                yield from _separable(row, preceding)

    def _flattened(self, row: Row) -> Iterator[tuple[str, str]]:
        flat = self._preceding(row)
        if flat is None or flat.layer != "flatten":
            return
        sizes = flat.input_shapes[0]
        text = _("The {n} inputs are the {product} values of {name}, laid out in one line.")
        key = "weights" if row.layer == "fc" else "buffers"
        product = joined(sizes, "·")
        yield key, text.format(n=flat.output_shape[0], product=product, name=flat.inputs[0])

    def _preceding(self, row: Row) -> Row | None:
        """The layer before, activations and norms left out."""
        before = self.rows.get(row.inputs[0])
        while before is not None and before.layer in THROUGH:
            before = self.rows.get(before.inputs[0])
        return before

    def _following(self, row: Row) -> Row | None:
        """The convolution behind, if it alone reads `row`, activations and norms left out."""
        while True:
            readers = self.readers.get(row.name, [])
            if len(readers) != 1:
                return None
            row = readers[0]
            if row.layer not in THROUGH:
                return row if row.layer == "conv" and not _is_pointwise(built(row)) else None


def built(row: Row) -> Layer:
    """The layer of a row."""
    return cast(Layer, row.costs)


def _is_pointwise(layer: Any) -> bool:
    """A 1×1 convolution that looks at every position."""
    plain = layer.options["groups"] == 1 and layer.options["connections"] is None
    return plain and all(w.letters["F"] == w.letters["S"] == 1 for w in layer.windows)


def _bottleneck(row: Row, following: Row) -> Iterator[tuple[str, str]]:
    layer = built(following)
    if layer.options["groups"] != 1 or layer.options["connections"] is not None:
        return
    x = (*layer.x[:-1], row.input_shapes[0][-1])
    without = type(layer)(layer.options, (x,)).count("macs")
    own, then = built(row).count("macs"), layer.count("macs")
    saved = _(
        "A bottleneck: {next} then reads {few} channels instead of {many}, and the two take {own} + {then} = {sum} MACs."
    )
    instead = _("Without it {next} alone would take {without}, {ratio} times as many.")
    if without <= own + then:
        instead = _("Without it {next} alone would take {without}.")
    values = {
        "next": following.name,
        "few": row.output_shape[-1],
        "many": x[-1],
        "ratio": _ratio(without, own + then),
    }
    counts = {"own": own, "then": then, "sum": own + then, "without": without}
    yield "macs", run_on((saved, instead)).format(**values, **{k: number(n) for k, n in counts.items()})


def _separable(row: Row, preceding: Row) -> Iterator[tuple[str, str]]:
    conv, layer = layers.load("conv"), built(preceding)
    assert conv is not None
    defaults = {name: option.default for name, option in conv.OPTIONS.items()}
    given = {name: value for name, value in layer.options.items() if name in defaults}
    whole = conv({**defaults, **given, "filters": row.output_shape[-1]}, layer.inputs).count("macs")
    own, before = built(row).count("macs"), layer.count("macs")
    text = _(
        "With {depthwise} before it: {before} + {own} = {sum} MACs. One full convolution to as many maps would take {whole}, {ratio} times as many."
    )
    counts = {"before": before, "own": own, "sum": before + own, "whole": whole}
    ratio = _ratio(whole, before + own)
    yield (
        "macs",
        text.format(depthwise=preceding.name, ratio=ratio, **{k: number(n) for k, n in counts.items()}),
    )


def _ratio(a: Any, b: Any) -> str:
    if has_letters((a, b)):
        raise Undecided(a)
    return f"{a / b:.1f}"
