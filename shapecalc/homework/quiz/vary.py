"""The same network with other numbers, once for each student: valid, sensible, and never a neighbour's.

A variant is the network and overrides of it. It depends on the seed, the student and those before in the list, so a
student who is added at the end changes nothing for the others. Pitfall: that a number may change alone does not show in
it; so every knob is tried once, and widths that are tied to others (a concat of three branches that is added to a
fourth) only change all by one ratio.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from ...analysis.solve.walks import divides
from ...engine import Bound, Overrides, bind, tabulate
from ...engine.options import as_written
from ...errors import SpecError, UsageError
from ...graph import Shape
from ...record import Record
from ...spec import Plan, Value
from ...text import _
from .knobs import SIZE, STRUCTURE, Knob, inputs, knobs
from .lot import Lot
from .roles import CHANNELS, KERNEL, STRIDE

RATIOS = ((1, 2), (5, 8), (3, 4), (7, 8), (9, 8), (5, 4), (11, 8), (3, 2))
TRIES = 40
"""Draws for one student before giving up."""
PATIENCE = 6
"""Draws without a better one, after which the best is taken."""
FEW = 8
"""Up to so many widths are all tried, because heads may divide one and not the next."""
NEAR = tuple(n for size in range(1, 13) for n in (size, -size))
"""How far a size may move for another stride."""
LIGHT = 60
"""In networks of up to so many layers other sizes are tried."""
BUILT_ANEW = (0, 1, 1, 2)
"""How many strides, groups and repeats are turned, each as likely."""
Choice = tuple[int, ...]
"""A value for every knob, and at the end the place of a ratio, -1 for none."""


class Change(Record):
    """What makes a variant of a network: numbers by parameter or dotted path, and input shapes, channels-last."""

    settings: Mapping[str, int]
    inputs: Mapping[str, Shape]

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it another than others."""
        return frozenset(self.settings.items()), tuple(self.inputs.items())


class Variant(Record):
    """One student's network: what was changed, and its numbers."""

    student: str
    change: Change
    bound: Bound


class Variations:
    """The variants of a plan; each has all the rows in `asked`, and is `fair` where it has others than the plan."""

    def __init__(
        self,
        plan: Plan,
        bound: Bound,
        asked: Collection[str],
        fair: Callable[[Bound], bool] = lambda _bound: True,
    ) -> None:
        self.fair = fair
        self.plan = plan
        self.bound = bound
        self.asked = set(asked)
        self.spans = {node.name: node.span for node in bound.graph.nodes}
        self.whole = {n.name for n, layer in zip(bound.graph.nodes, bound.layers) if divides(layer)}
        self.made: dict[Choice, tuple[Change, Bound] | None] = {}
        found = knobs(plan, bound, tabulate(bound))
        self.knobs = [kept for knob in found if (kept := self._kept(knob)) is not None]
        self.structure = [i for i, knob in enumerate(self.knobs) if knob.kind in STRUCTURE]
        free = {knob.value for knob in self.knobs if knob.kind == CHANNELS}
        self.tied = [knob for knob in found if knob.kind == CHANNELS and knob.value not in free]
        self.ratios = [r for r in RATIOS if self.tied and self._works(self._scaled(r))]

    def _kept(self, knob: Knob) -> Knob | None:
        """The knob with those options that work alone; None where nothing does."""
        if knob.kind == CHANNELS and len(knob.options) > FEW:  # the ends stand for what lies between
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

    def _made(self, turned: Mapping[Knob, int]) -> tuple[Change, Bound] | None:
        """A network with these knobs turned; with another stride at a size near by, where only that divides."""
        strides = any(knob.kind == STRIDE and v != knob.value for knob, v in turned.items())
        near = NEAR if strides and len(self.spans) <= LIGHT else ()
        return next((made for n in (0, *near) if (made := self._at(turned, n))), None)

    def _at(self, turned: Mapping[Knob, int], more: int) -> tuple[Change, Bound] | None:
        """The change and the numbers, at a size larger by `more`; None where it does not hold."""
        settings: dict[str, int] = {}
        by, widths = more, {}
        turned = {knob: value for knob, value in turned.items() if value != knob.value}
        for knob, value in turned.items():
            settings |= knob.settings(value)
            if knob.kind == SIZE:
                by = more + value - knob.value
            elif knob.kind == CHANNELS:
                widths[knob.value] = value
        shapes = inputs(self.bound, by, widths)
        changed = {} if shapes == self.bound.graph.inputs else shapes
        try:
            bound = bind(self.plan, overrides(self.plan, settings, changed))
        except SpecError:
            return None
        built = any(knob.kind in STRUCTURE for knob in turned)
        return (Change(settings, changed), bound) if self._sensible(bound, built) else None

    def _sensible(self, bound: Bound, built: bool) -> bool:
        """All rows that are asked, the others in their order, and no map shrunk to a point that was none before.

        Of a network that is `built` anew, every division that was whole must be whole, and no row may be another's.
        """
        names = [node.name for node in bound.graph.nodes]
        if not built and names != list(self.spans):
            return False
        if not self.asked <= {*names, *bound.graph.inputs}:
            return False
        for node, layer in zip(bound.graph.nodes, bound.layers):
            if node.name not in self.spans:
                continue
            new, old = bound.shapes[node.name], self.bound.shapes[node.name]
            if len(new) != len(old) or any(a < 2 <= b for a, b in zip(new[:-1], old[:-1])):
                return False
            if built and (
                node.span != self.spans[node.name] or (node.name in self.whole and not divides(layer))
            ):
                return False
        return names == list(self.spans) or self.fair(bound)

    def draw(self, lot: Lot, before: Choice) -> Choice:
        """A value for every knob, none that the neighbour has; wider layers stay wider, few are built anew."""
        for _turn in range(TRIES):
            found = []
            for i, knob in enumerate(self.knobs):
                known = (knob.value, *knob.options) if knob.kind == KERNEL else knob.options
                others = [v for v in known if not before or v != before[i]]
                found.append(lot.one(others) if others else knob.value)
            widths = [(k.value, v) for k, v in zip(self.knobs, found) if k.kind == CHANNELS]
            if all(a[1] < b[1] for a, b in pairwise(widths)):
                break
        for i in lot.order(self.structure)[lot.one(BUILT_ANEW) :] if self.structure else ():
            found[i] = self.knobs[i].value
        places = [i for i in range(len(self.ratios)) if not before or i != before[-1]]
        return (*found, lot.one(places) if places else -1)

    def make(self, choice: Choice) -> tuple[Change, Bound] | None:
        """The network of a draw, made once; without what was built anew, or its kernels, where they do not fit."""
        if choice not in self.made:
            turned = dict(zip(self.knobs, choice))
            scaled = self._scaled(self.ratios[choice[-1]]) if choice[-1] >= 0 else {}
            made = None
            for left_out in ((), STRUCTURE, (KERNEL,), (*STRUCTURE, KERNEL)):
                plainer = {knob: v for knob, v in turned.items() if knob.kind not in left_out}
                if made is None and (plainer or scaled):
                    made = self._made({**plainer, **scaled})
            self.made[choice] = made
        return self.made[choice]


def overrides(plan: Plan, settings: Mapping[str, int], shapes: Mapping[str, Shape]) -> Overrides:
    """The overrides that a change means; its paths are whole."""
    values = {name: Value(plan.root, value) for name, value in settings.items()}
    written = {name: Value(plan.root, as_written(shape, plan.layout)) for name, shape in shapes.items()}
    return Overrides(values, written, exact=True)


Chains = Callable[[Bound], Sequence[tuple[object, ...]]]
"""The asked numbers of a network, a chain a column."""


def variants(made: Variations, students: Sequence[str], seed: int, chains: Chains) -> Iterator[Variant]:
    """A network for each student; raises UsageError where there are not enough different ones."""
    used = {Change({}, {}).key}
    before: Choice = ()
    neighbour = chains(made.bound)
    for student in students:
        lot = Lot("variant", seed, student)
        best: tuple[int, Choice, Change, Bound] | None = None
        idle = 0
        for _turn in range(TRIES):
            choice = made.draw(lot, before)
            found = made.make(choice)
            if found is None or found[0].key in used:
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
        used.add(best[2].key)
        yield Variant(student, best[2], best[3])


def shared(a: Sequence[tuple[object, ...]], b: Sequence[tuple[object, ...]]) -> int:
    """How much two neighbours share: a thousand for a whole chain of numbers, one for a single number that is not 0."""
    whole = sum(1000 for x, y in zip(a, b) if x == y and any(x))
    return whole + sum(1 for x, y in zip(a, b) for n, m in zip(x, y) if n == m and n)
