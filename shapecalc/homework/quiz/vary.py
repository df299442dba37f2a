"""The same network with other numbers, once for each student: valid, sensible, and never a neighbour's.

A variant depends on the seed, the student and those before in the list, so a student who is added at the end changes
nothing for the others. Pitfall: that a number may change alone does not show in it; so every knob is tried once, and
widths that are tied to others (a concat of three branches that is added to a fourth) only change all by one ratio.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from ...engine import Bound, bind, tabulate
from ...errors import Source, SpecError, UsageError
from ...record import Record
from ...spec import Plan, load
from ...text import _
from .key import text_of
from .knobs import Knob, input_change, knobs
from .lot import Lot
from .roles import CHANNELS, KERNEL

RATIOS = ((1, 2), (5, 8), (3, 4), (7, 8), (9, 8), (5, 4), (11, 8), (3, 2))
TRIES = 40
"""Draws for one student before giving up."""
PATIENCE = 6
"""Draws without a better one, after which the best is taken."""
Choice = tuple[int, ...]
"""A value for every knob, and at the end the place of a ratio, -1 for none."""


class Variant(Record):
    """One student's network: its text and its numbers."""

    student: str
    text: str
    bound: Bound


class Variations:
    """The variants of a plan that stands alone."""

    def __init__(self, plan: Plan, bound: Bound, name: str) -> None:
        self.plan = plan
        self.bound = bound
        self.name = name
        self.texts: dict[Choice, tuple[str, Bound] | None] = {}
        found = knobs(plan, bound, tabulate(bound))
        self.knobs = [kept for knob in found if (kept := self._kept(knob, found)) is not None]
        free = {knob.value for knob in self.knobs if knob.kind == CHANNELS}
        self.tied = [knob for knob in found if knob.kind == CHANNELS and knob.value not in free]
        self.ratios = [r for r in RATIOS if self.tied and self._works(self._scaled(r))]

    def _kept(self, knob: Knob, found: Sequence[Knob]) -> Knob | None:
        """The knob with those options that work alone; None where nothing does."""
        if knob.kind == CHANNELS:  # the ends stand for what lies between
            ends = [v for v in (knob.options[0], knob.options[-1]) if self._works({knob: v})]
            return knob if ends else None
        options = tuple(v for v in knob.options if self._works({knob: v}))
        return knob._replace(options=options) if options else None

    def _scaled(self, ratio: tuple[int, int]) -> dict[Knob, int]:
        """All tied widths by one ratio; one that would not be whole stays."""
        p, q = ratio
        return {knob: knob.value * p // q for knob in self.tied if knob.value % q == 0}

    def _works(self, turned: Mapping[Knob, int]) -> bool:
        return bool(turned) and self._made(turned) is not None

    def _made(self, turned: Mapping[Knob, int]) -> tuple[str, Bound] | None:
        """The text and the numbers of a network with these knobs turned; None where it does not hold."""
        changes: dict[int, str] = {}
        by, widths = 0, {}
        for knob, value in turned.items():
            changes |= knob.texts(value)
            if knob.kind == "size":
                by = value - knob.value
            elif knob.kind == CHANNELS:
                widths[knob.value] = value
        changes |= input_change(self.plan, self.bound, by, widths)
        text = text_of(self.plan, changes, self.name)
        try:
            bound = bind(load(Source("variant", text)))
        except SpecError:
            return None
        return (text, bound) if self._sensible(bound) else None

    def _sensible(self, bound: Bound) -> bool:
        """The same layers in the same order, and no map shrunk to a point that was none before."""
        if [n.name for n in bound.graph.nodes] != [n.name for n in self.bound.graph.nodes]:
            return False
        for node in bound.graph.nodes:
            new, old = bound.shapes[node.name], self.bound.shapes[node.name]
            if len(new) != len(old) or any(a < 2 <= b for a, b in zip(new[:-1], old[:-1])):
                return False
        return True

    def draw(self, lot: Lot, before: Choice) -> Choice:
        """A value for every knob, none that the neighbour has; wider layers stay wider."""
        for _turn in range(TRIES):
            found = []
            for i, knob in enumerate(self.knobs):
                known = (knob.value, *knob.options) if knob.kind == KERNEL else knob.options
                others = [v for v in known if not before or v != before[i]]
                found.append(lot.one(others) if others else knob.value)
            widths = [(k.value, v) for k, v in zip(self.knobs, found) if k.kind == CHANNELS]
            if all(a[1] < b[1] for a, b in pairwise(widths)):
                break
        places = [i for i in range(len(self.ratios)) if not before or i != before[-1]]
        return (*found, lot.one(places) if places else -1)

    def make(self, choice: Choice) -> tuple[str, Bound] | None:
        """The network of a draw, made once; without its kernels where they do not fit the rest."""
        if choice not in self.texts:
            turned = dict(zip(self.knobs, choice))
            scaled = self._scaled(self.ratios[choice[-1]]) if choice[-1] >= 0 else {}
            made = self._made({**turned, **scaled})
            if made is None:
                plainer = {knob: v for knob, v in turned.items() if knob.kind != KERNEL}
                made = self._made({**plainer, **scaled}) if plainer or scaled else None
            self.texts[choice] = made
        return self.texts[choice]


Chains = Callable[[Bound], Sequence[tuple[object, ...]]]
"""The asked numbers of a network, a chain a column."""


def variants(made: Variations, students: Sequence[str], seed: int, chains: Chains) -> Iterator[Variant]:
    """A network for each student; raises UsageError where there are not enough different ones."""
    used = {text_of(made.plan, {}, made.name)}
    before: Choice = ()
    neighbour = chains(made.bound)
    for student in students:
        lot = Lot("variant", seed, student)
        best: tuple[int, Choice, str, Bound] | None = None
        idle = 0
        for _turn in range(TRIES):
            choice = made.draw(lot, before)
            found = made.make(choice)
            if found is None or found[0] in used:
                continue
            alike = shared(chains(found[1]), neighbour)
            if best is None or alike < best[0]:
                best, idle = (alike, choice, *found), 0
            idle += 1
            if alike == 0 or (alike < 1000 and idle > PATIENCE):
                break
        if best is None:
            message = _("{name} has too few different variants: {n} students of {all} have one")
            message = message.format(name=made.bound.graph.name, n=len(used) - 1, all=len(students))
            raise UsageError(message, _("take a network with more to change, or another --seed"))
        before, neighbour = best[1], chains(best[3])
        used.add(best[2])
        yield Variant(student, best[2], best[3])


def shared(a: Sequence[tuple[object, ...]], b: Sequence[tuple[object, ...]]) -> int:
    """How much two neighbours share: a thousand for a whole chain of numbers, one for a single number that is not 0."""
    whole = sum(1000 for x, y in zip(a, b) if x == y and any(x))
    return whole + sum(1 for x, y in zip(a, b) for n, m in zip(x, y) if n == m and n)
