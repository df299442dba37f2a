"""How many layers a plan unrolls to at the least, without unrolling it: what is far too large is refused at once.

Pitfall: only what holds whatever the parameters are is counted, so an `if` and a repeat that is an expression count
nothing here; the walk itself watches those.
"""

from __future__ import annotations

from ..spec import Block, Entry, LayerEntry, Plan, SeqEntry

MAX_IDLE = 20_000
"""Entries and turns that make no layer: that many, and twenty to each layer."""


def too_large(plan: Plan, most: int, idle: int = MAX_IDLE) -> tuple[Entry, bool] | None:
    """The innermost entry that makes more than `most` layers by itself, or too many entries that make none.

    The second value is True where it is no layers; None where nothing is too large.
    """
    counter = _Counter(most, idle)
    counter.entries(plan.entries)
    return counter.culprit


class _Counter:
    def __init__(self, most: int, idle: int) -> None:
        self.most = most
        self.idle = idle
        self.culprit: tuple[Entry, bool] | None = None
        self.known: dict[int, tuple[int, int]] = {}

    def entries(self, entries: list[Entry]) -> tuple[int, int]:
        """Layers and steps of a list, at the least."""
        layers = steps = 0
        for entry in entries:
            if isinstance(entry, LayerEntry) and entry.repeat is None and entry.if_ is None:
                layers, steps = layers + 1, steps + 1
                continue
            if entry.if_ is not None or self.culprit:
                continue
            inner = self.once(entry)
            turns = self.turns(entry)
            layers, steps = layers + inner[0] * turns, steps + (inner[1] + 1) * turns
            if not self.culprit and layers > self.most:
                self.culprit = entry, False
            elif not self.culprit and (
                (not layers and steps > self.idle) or (not inner[0] and (inner[1] + 1) * turns > self.idle)
            ):
                self.culprit = entry, True
        return layers, steps

    def turns(self, entry: Entry) -> int:
        if entry.repeat is None:
            return 1
        constant = entry.repeat.constant
        return constant if isinstance(constant, int) and constant > 0 else 0

    def once(self, entry: Entry) -> tuple[int, int]:
        if entry.block is not None:
            return self.block(entry.block)
        if isinstance(entry, SeqEntry):
            return self.entries(entry.entries)
        found = [self.entries(entries) for _key, entries in entry.branches]
        return 1 + sum(layers for layers, _steps in found), sum(steps for _layers, steps in found)

    def block(self, block: Block) -> tuple[int, int]:
        """A block is counted once; one that uses itself counts nothing here, since the walk soon finds that out."""
        if id(block) not in self.known:
            self.known[id(block)] = (0, 0)
            self.known[id(block)] = self.entries(block.entries)
        return self.known[id(block)]
