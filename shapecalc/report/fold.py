"""Blocks folded into one row each, with their sum: what `--depth` prints.

Pitfall: only neighbours fold together, and a run of equal folds becomes one line, `bottleneck2 ×3`, with the sum of all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from .table import Params, Row

_COUNTER = re.compile(r"\d+$")


class Fold:
    """Several rows as one: sums of everything, the last one's shape."""

    receptive_field = None

    def __init__(self, name: str, rows: Sequence[Row], repeats: int = 1) -> None:
        self.name = name
        self.layer = ""
        self.rows = list(rows)
        self.repeats = repeats
        self.inputs = rows[0].inputs
        self.input_shapes = rows[0].input_shapes
        self.output_shape = rows[-1].output_shape
        self.params = Params(*map(sum, zip(*(row.params for row in rows))))
        self.macs = sum(row.macs for row in rows)
        self.macs_on_data = sum(row.macs_on_data for row in rows)
        self.flops = 2 * self.macs
        self.connections = sum(row.connections for row in rows)
        self.activations = sum(row.activations for row in rows)
        self.activation_bytes = sum(row.activation_bytes for row in rows)

    @property
    def ops(self) -> dict[str, int]:
        sums: dict[str, int] = {}
        for row in self.rows:
            for kind, n in row.ops.items():
                sums[kind] = sums.get(kind, 0) + n
        return sums

    def like(self, other: Fold) -> bool:
        """Whether the two are turns of the same thing."""
        same_word = _COUNTER.sub("", self.name) == _COUNTER.sub("", other.name)
        return same_word and self.output_shape == other.output_shape and self.params == other.params and self.macs == other.macs


def fold(rows: Sequence[Row], depth: int) -> list[Row | Fold]:
    """Rows with paths longer than `depth` folded to their first `depth` names, runs of equal folds joined."""
    lines: list[Row | Fold] = []
    for path, group in groupby(rows, key=lambda row: ".".join(row.name.split(".")[: max(depth, 1)])):
        members = list(group)
        if len(members) == 1 and members[0].name == path:
            lines.append(members[0])
            continue
        new = Fold(path, members)
        last = lines[-1] if lines else None
        if isinstance(last, Fold) and last.repeats * 1 and Fold(last.name, last.rows[: len(members)]).like(new) and len(last.rows) == last.repeats * len(members):
            lines[-1] = Fold(last.name, [*last.rows, *members], last.repeats + 1)
        else:
            lines.append(new)
    return lines
