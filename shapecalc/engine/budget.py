"""A walk through a plan is bounded: so many layers, so many entries that make none, so deep.

Pitfall: a repeat of nothing costs time and makes no layer, so layers and steps are counted apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..spec import Entry
from ..text import _, ngettext
from .count import MAX_IDLE, too_large

if TYPE_CHECKING:
    from .place import Placer

MAX_LAYERS = 200_000
MAX_DEPTH = 64
MAX_LEVELS = 100


class Budget:
    """What one walk has used up; `level` is the number of lists, blocks and branches around the place it is at."""

    def __init__(self, placer: Placer, most: int) -> None:
        self.placer = placer
        self.problems = placer.problems
        self.most = most
        self.steps = 0
        self.level = 0

    def foresee(self) -> None:
        """Refuse a plan that is too large whatever its parameters are."""
        if culprit := too_large(self.placer.plan, self.most):
            self.too_many(*culprit)

    def step(self, entry: Entry) -> None:
        """Count one entry more, or one turn of it more; most of them make a layer."""
        if self.level > MAX_LEVELS:
            self.too_deep(entry, MAX_LEVELS)
        self.steps += 1
        made = len(self.placer.nodes)
        if made > self.most:
            self.too_many(entry)
        if self.steps > min(5 * self.most, 20 * made) + MAX_IDLE:
            self.too_many(entry, idle=True)

    def turns(self, entry: Entry, turns: int, layers: int, steps: int, moved: bool) -> None:
        """Refuse `turns` turns by what the first took; one that neither made nor moved is the same each time."""
        if len(self.placer.nodes) + layers * (turns - 1) > self.most:
            self.too_many(entry)
        if not layers and not moved and (steps + 1) * turns > MAX_IDLE:
            self.too_many(entry, idle=True)

    def too_many(self, entry: Entry, idle: bool = False) -> None:
        """Stop at what unrolls to too many layers, or to too many entries that are none."""
        most = MAX_IDLE if idle else self.most
        message = ngettext(
            "this unrolls to more than {n:,} layer", "this unrolls to more than {n:,} layers", most
        )
        if idle:
            message = _("this unrolls to more than {n:,} entries that make no layer")
        span = (entry.repeat.node if entry.repeat else entry.key).span
        self.problems.say("SC213", message.format(n=most), span, self.problems.file, _("lower a repeat"))
        raise self.problems.stop()

    def too_deep(self, entry: Entry, levels: int) -> None:
        """Stop at what lies in too many blocks, branches and lists."""
        message = _("this lies more than {n} blocks, branches and lists deep").format(n=levels)
        self.problems.say("SC213", message, entry.key.span, self.problems.file, _("does a block use itself?"))
        raise self.problems.stop()
