"""Blocks folded into one row each, with their sum: what `--depth` prints.

Pitfall: only neighbours fold together, and a run of equal folds becomes one line, `bottleneck2 ×3`, the sum of all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from .table import Params, Row, add_known, add_up


class Fold:
    """Several rows as one: sums of everything, the last one's shape."""

    def __init__(self, name: str, rows: Sequence[Row], repeats: int = 1) -> None:
        self.name = name
        self.rows = rows
        self.repeats = repeats
        self.layer = ""
        self.inputs = rows[0].inputs
        self.input_shapes = rows[0].input_shapes
        self.output_shape = rows[-1].output_shape
        self.receptive_field = rows[-1].receptive_field
        self.params = Params(*map(sum, zip(*(row.params for row in rows))))
        self.macs = sum(row.macs for row in rows)
        self.macs_on_data = add_known(row.macs_on_data for row in rows)
        self.flops = 2 * self.macs
        self.connections = sum(row.connections for row in rows)
        self.activations = sum(row.activations for row in rows)
        self.activation_bytes = sum(row.activation_bytes for row in rows)

    @property
    def ops(self) -> Mapping[str, int]:
        return add_up(row.ops for row in self.rows)

    @property
    def own(self) -> Row | None:
        """The row that the fold is called by, where there is one: `fc1`, folded with the flatten before it."""
        return next((row for row in self.rows if row.name == self.name), None)

    def like(self, other: Fold) -> bool:
        """Whether the two are turns of the same thing."""
        mine, others = ((fold.output_shape, fold.params, fold.macs, len(fold.rows)) for fold in (self, other))
        return mine == others and self.name.rstrip("0123456789") == other.name.rstrip("0123456789")


def fold(rows: Sequence[Row], depth: int) -> list[Row | Fold]:
    """Rows with paths longer than `depth` folded to their first `depth` names, runs of equal folds joined."""
    runs: list[list[Row | Fold]] = []
    for path, group in groupby(rows, key=lambda row: ".".join(row.name.split(".")[:depth])):
        members = list(group)
        line = members[0] if [row.name for row in members] == [path] else Fold(path, members)
        first = runs[-1][0] if runs else None
        if isinstance(line, Fold) and isinstance(first, Fold) and first.like(line):
            runs[-1].append(line)
        else:
            runs.append([line])
    return [run[0] if len(run) == 1 else _joined(run) for run in runs]


def _joined(run: Sequence[Row | Fold]) -> Fold:
    rows = [row for turn in run if isinstance(turn, Fold) for row in turn.rows]
    return Fold(run[0].name, rows, len(run))
