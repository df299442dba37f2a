"""What a cell points at: a network, a part of it or all, and the words that say which reading of the ask is meant."""

from __future__ import annotations

from collections.abc import Mapping

from ...record import Record
from ...report.table import Row
from ..conventions import Conventions
from ..question import TOTAL, Question
from .network import Network, Part
from .recipe import Recipe
from .setup import Draft

LAST = ("output_shape", "output_size", "receptive_field")
"""Quantities that a network has at its end."""


class Target(Record):
    """`variants` are all networks of the setup by name, `done` the answers of the cells before, `sibling` their ask."""

    cell: str
    words: tuple[str, ...]
    network: Network
    part: Part | None
    recipe: Recipe
    draft: Draft
    conventions: Conventions
    variants: Mapping[str, Network] = {}
    whole: bool = False
    about_memory: bool = False
    times: bool = False
    percent: bool = False
    sibling: str | None = None
    done: Mapping[str, object] = {}

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that are counted."""
        return (self.part,) if self.part else self.network.parts

    @property
    def first(self) -> Part:
        return self.network.parts[0]

    @property
    def last(self) -> Part:
        return self.network.parts[-1]

    def asked(self, quantity: str) -> Question | None:
        """The layer behind the number, or the layers of a sum; None where it is several things at once."""
        part = self.part or (self.last if len(self.network.parts) == 1 or quantity in LAST else None)
        if part is None:
            rows = (self.network.asked(quantity, row, self.conventions) for row in self.network.rows)
            return Question(quantity, TOTAL, {}, (), tuple(rows), self.conventions)
        row = self._row(part)
        return self.network.asked(quantity, row, self.conventions) if row else None

    def _row(self, part: Part) -> Row | None:
        """The one row of a part that is more than the flatten before it; None where there are several."""
        weighty = [row for row in part.rows if row.layer != "flatten"] or list(part.rows)
        return weighty[0] if len(weighty) == 1 else None

    def way(self) -> tuple[str, ...]:
        """The names of the rows on the way to the one that is asked, and of it; empty where it is not a single one."""
        row = self._row(self.part) if self.part else None
        return (*(r.name for r in self.network.way(row)), row.name) if row else ()
