"""Where a problem's questions are worked out: each cell is resolved to a network and a part, and its ask answered.

Pitfall: cells of one problem lean on one another (a saving, a total, a ratio), so they are answered in order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ... import layers
from ...errors import ShapecalcError, SpecError
from ...spec.findings import Findings
from ...spec.tree import Sequence
from ...text import _
from ..conventions import Conventions
from ..question import Question
from . import asks, cells, inverse_asks, named, ops, setup
from .network import Network, Part
from .nodes import build, plain, sizes
from .outcome import Outcome, Refused, total
from .recipe import Recipe, Step
from .setup import Draft
from .spoken import Spoken
from .target import Target

_TIMES = re.compile(r"\btimes\b|\bfewer\b|speed-?up|factor|reduction|倍", re.IGNORECASE)
_SAVING = {"saving", "savings", "saved", "difference", "diff", "reduction", "fewer", "less", "节省", "减少"}
_LISTS = {"strides": "stride", "inputs": "n", "kernels": "kernel", "paddings": "padding", "dilations": "dilation",
          "sizes": "n", "filters": "filters"}  # fmt: skip


class Bench:
    """One problem being worked out."""

    def __init__(self, draft: Draft, conventions: Conventions, asked: tuple[tuple[str, str], ...]) -> None:
        self.draft = draft
        self.conventions = conventions
        self.asked = asked
        self.findings = Findings()
        self.networks: dict[int, Network | SpecError] = {}
        self.kept: list[Recipe] = []
        self.done: dict[str, tuple[str, Outcome]] = {}
        self._made: Recipe | None = None
        self.spoken = Spoken(draft, tuple(cell for cell, _ask in asked))

    def answer(self, cell: str, ask: str) -> Outcome:
        """The outcome of one cell. Raises Refused or SpecError, whose words say why there is none."""
        outcome = self._answer(cell, ask)
        self.done[cell] = (ask, outcome)
        return outcome

    def _answer(self, cell: str, ask: str) -> Outcome:
        said = cells.words(cell)
        if ask == "convert":
            return inverse_asks.convert(self.draft)
        if ask in inverse_asks.SOLVES:
            recipe, _part, _words = self.resolve(cell, ask, build_it=False)
            solved = inverse_asks.solve(
                self.draft, recipe, inverse_asks.SOLVES[ask], self.conventions, self.findings
            )
            return solved._replace(asked=self._solved(recipe, inverse_asks.SOLVES[ask], solved))
        if ask not in asks.ASKS:
            raise Refused(_("{ask} cannot be asked").format(ask=ask))
        combined = self.combined(cell, ask, said)
        if combined is not None:
            return combined
        if "back" in said and ask in asks.SHAPED:
            return self.back(said)
        recipe, part, rest = self.resolve(cell, ask)
        target = Target(
            cell,
            tuple(rest),
            self.network(recipe),
            part,
            recipe,
            self.draft,
            self.conventions,
            self.variants() if ask in ("ratio", "boolean") else {},
            asks.wants_whole(ask, said),
            any(a == "memory" for _c, a in self.asked) or "memory" in self.draft.topics,
            bool(_TIMES.search(self.draft.question)),
            bool(re.search(r"percent|%|百分", self.draft.question, re.IGNORECASE)),
            next((a for _c, a in self.asked if a in asks.ADDITIVE), None),
            {name: outcome.right[0] for name, (_a, outcome) in self.done.items()},
        )
        if not target.network.parts:
            raise Refused(_("there are no layers"))
        about = asks.MODEL_MEMORY if ask == "memory" else set()
        if recipe.is_free and ask in asks.SIZED and about.isdisjoint(target.words):
            raise Refused(_("the input's size is not said"))
        outcome = asks.ASKS[ask](target)._replace(way=target.way())
        return (
            outcome._replace(read=self.spoken.read.get(id(recipe), ""))
            if id(recipe) in self.spoken.read
            else outcome
        )

    def _solved(self, recipe: Recipe, option: str, outcome: Outcome) -> Question | None:
        """The layer with the solved setting in it, for those who look for the slip behind another one."""
        value = outcome.right[0]
        if option not in ("padding", "stride", "kernel", "dilation") or not isinstance(value, int):
            return None
        place, option = inverse_asks.place_of(recipe, option)
        side = value // 2 if option == "padding" and self.conventions.padding == "total" else value
        try:
            network = recipe.upto(place).fill(place, option, side).network(Findings())
        except ShapecalcError:
            return None
        return network.asked(option, network.rows[-1], self.conventions)

    def network(self, recipe: Recipe) -> Network:
        """The recipe's network, built once. Raises SpecError."""
        key = id(recipe)
        if key not in self.networks:
            self.kept.append(recipe)
            findings = Findings()
            try:
                network = recipe.network(findings)
                if findings.items:
                    raise SpecError(findings.items)
                self.networks[key] = network
            except SpecError as error:
                extra = [d for d in findings.items if d not in error.diagnostics]
                self.networks[key] = SpecError([*extra, *error.diagnostics])
        found = self.networks[key]
        if isinstance(found, SpecError):
            raise found
        return found

    def variants(self) -> Mapping[str, Network]:
        """The networks of the setup by name."""
        return {name: self.network(recipe) for name, recipe in self.draft.variants.items()}

    def made(self) -> Recipe | None:
        """The network whose layers the cells name."""
        if self._made is None:
            self._made = named.from_cells(self.draft, self.findings)
        return self._made

    def combined(self, cell: str, ask: str, said: list[str]) -> Outcome | None:
        """A saving or a sum of cells that were answered before."""
        before = [o.right[0] for a, o in self.done.values() if a == ask]
        if not _SAVING.isdisjoint(said) and ask in asks.ADDITIVE and len(before) >= 2:
            numbers = [v for v in before if isinstance(v, int)]
            high, low = max(numbers), min(numbers)
            return Outcome((high - low,), "number", f"{high} − {low}")
        if (
            not _SAVING.isdisjoint(said)
            and ask in asks.ADDITIVE
            and "saving" not in map(cells.norm, self.draft.variants)
        ):
            if len(self.draft.variants) != 2:
                raise Refused(_("there are no two numbers whose difference this could be"))
            first, second = (self._of_whole(r, ask) for r in self.draft.variants.values())
            return Outcome((abs(first - second),), "number", f"{max(first, second)} − {min(first, second)}")
        if self.draft.main is None and not self.draft.variants and self.made() is None and ask in asks.ADDITIVE and cells.means_whole(said):  # fmt: skip
            same = [o.right[0] for a, o in self.done.values() if a in (ask, ask.replace("total_", ""))]
            if len(same) >= 2:
                return Outcome((total(same),), "number", " + ".join(map(str, same)))
        return None

    def _of_whole(self, recipe: Recipe, ask: str) -> int:
        """A count of a whole network."""
        network = self.network(recipe)
        target = Target("", (), network, None, recipe, self.draft, self.conventions, {}, True)
        value = asks.ASKS[ask](target).right[0]
        assert isinstance(value, int)
        return value

    def back(self, said: list[str]) -> Outcome:
        """Back to a size by the transposed layer: whether some output padding reaches it."""
        size = next((int(w) for w in said if w.isdigit()), None)
        recipe = self.draft.main
        if recipe is None or size is None:
            raise Refused(_("the setup has no layer to turn round"))
        forward = self.network(recipe.change({"n": size})).y[:-1]
        stride = inverse_asks.settings_of(recipe.steps[0]).get("stride")
        for extra in range(max(sizes(stride) or (1,))):
            op = {
                **recipe.steps[0].op,
                "op": build("convtranspose", recipe.at),
                "output_padding": build(extra, recipe.at),
            }
            turned = recipe._replace(steps=(Step(op, recipe.at),), input=build([*forward, 1], recipe.at))
            if set(self.network(turned).y[:-1]) == {size}:
                return Outcome((size,), "size", _("output padding {n}").format(n=extra))
        raise Refused(_("no output padding leads back to {n}").format(n=size))

    def resolve(self, cell: str, ask: str, build_it: bool = True) -> tuple[Recipe, Part | None, list[str]]:
        """The recipe, part and remaining words that a cell points at. Raises Refused where it points at nothing."""
        left, _colon, right = cell.rpartition(":")
        name, rest = (left, cells.words(right)) if left else (cell, cells.words(cell))
        said = cells.counted_from_none(cell, [c for c, _a in self.asked])
        if not left:
            rest = said
        draft = self.draft
        whole = asks.wants_whole(ask, said)
        chosen = self._variant(name, said)
        if chosen is None and left:
            chosen = self._variant(cell, said)
        pool: list[Recipe] = (
            [chosen[0]] if chosen else [r for r in (draft.main, *draft.variants.values()) if r]
        )
        if not pool and (made := self.made()) is not None:
            pool = [made]
        if not build_it and pool:
            return pool[0], None, rest
        if chosen:
            rest = chosen[1]
        found = self._part(pool, name, rest if chosen or not left else said, exact=True)
        if found is None and not whole:
            found = self._part(pool, name, rest if chosen else said, exact=False)
        if found is not None:
            recipe, part = found
            used = set(cells.words(part.label))
            return recipe, part, [w for w in (cells.words(right) if left else rest) if w not in used]
        special = (
            self._version(said)
            or self._separated(pool, said)
            or (self.spoken.of(cell, said) if not pool else None)
        )
        if special is not None:
            recipe, names = special
            return recipe, cells.by_words(self.network(recipe), names) if names else self._only(recipe), rest
        if len(pool) > 1 and not draft.main and (made := self.made()) is not None:
            placed = self._part([made], name, said, exact=True) or self._part([made], name, said, exact=False)
            if placed is not None:
                return *placed, rest
        pool = [self._numbered(recipe, cell) for recipe in pool]
        changes = cells.settings(rest if chosen else said)
        if changes and pool:
            changed = pool[0].change(changes)
            return changed, self._only(changed), rest
        if changes and (made := self._by_cell(changes, cells.turns(said))) is not None:
            return made, None, rest
        if not pool and draft.strange:
            raise Refused(
                _("the setup says {names}, which is not understood").format(names=", ".join(draft.strange))
            )
        if not pool:
            raise Refused(_("the setup does not say which layers there are"))
        if len(pool) > 1 and (draft.main is None or whole):
            several = [r for r in pool if len(self.network(r).parts) > 1]
            if whole or not draft.main:
                pool = several if len(several) == 1 else pool
        if ask not in ("ratio", "boolean") and len(pool) > 1 and pool[0] is not draft.main:
            listed = ", ".join(draft.variants)
            raise Refused(_("{cell} could be any of {names}").format(cell=cell, names=listed))
        if not whole and len(self.network(pool[0]).parts) > 1 and (missed := cells.names_a_layer(said)):
            raise Refused(_("{cell}: which {word} is meant is not clear").format(cell=cell, word=missed))
        return pool[0], None if whole else self._only(pool[0]), rest

    def _version(self, said: list[str]) -> tuple[Recipe, list[str]] | None:
        """The version of a built-in network that libraries have, where the cell says so."""
        node = self.draft.knobs.get("model")
        if node is None or {"torchvision", "pytorch", "library", "libraries", "v15"}.isdisjoint(said):
            return None
        found = setup.model(node, self.draft.knobs.get("input"), "_v1_5") or self.draft.main
        return (found, []) if found is not None else None

    def _separated(self, pool: list[Recipe], said: list[str]) -> tuple[Recipe, list[str]] | None:
        """A single convolution split into depthwise and pointwise, where the cell asks for those."""
        kinds = {"depthwise": ["depthwise"], "pointwise": ["pointwise"], "separable": [], "dw": ["depthwise"], "pw": ["pointwise"],
                 "pair": [], "dsc": []}  # fmt: skip
        kind = next((w for w in said if w in kinds), None)
        if kind is None:
            return None
        one = next((r for r in pool if len(r.steps) == 1 and r.steps[0].op and inverse_asks.word_of(r.steps[0]) == "conv"), None)  # fmt: skip
        read = ""
        if one is None and not pool and (spoken := self.spoken.window(self.draft.question)) is not None:
            one, read = spoken
        if one is None:
            return None
        op = one.steps[0].op
        first = {k: v for k, v in op.items() if ops.option_of(k, layers.load("conv") or layers.Layer) in ("kernel", "stride", "padding", "dilation", "bias")}  # fmt: skip
        second = {
            "op": build("conv", one.at),
            "kernel": build(1, one.at),
            **{k: v for k, v in op.items() if k in ("filters", "bias")},
        }
        recipe = one._replace(
            steps=(Step({"op": build("dwconv", one.at), **first}, one.at), Step(second, one.at))
        )
        return self.spoken.noted(recipe, read), kinds[kind]

    def _numbered(self, recipe: Recipe, cell: str) -> Recipe:
        """The recipe with the value that a list of the setup has for this question, where there is one for each."""
        place = [c for c, _a in self.asked].index(cell) if any(c == cell for c, _a in self.asked) else -1
        for key, option in _LISTS.items():
            node = self.draft.knobs.get(key)
            if isinstance(node, Sequence) and len(node.items) == len(self.asked) and place >= 0:
                recipe = recipe.change({option: plain(node.items[place])})
        return recipe

    def _only(self, recipe: Recipe) -> Part | None:
        parts = self.network(recipe).parts
        return parts[0] if len(parts) == 1 else None

    def _variant(self, name: str, said: list[str]) -> tuple[Recipe, list[str]] | None:
        """The variant whose name the cell is or begins with, and the words left."""
        for label, recipe in self.draft.variants.items():
            if cells.norm(label) == cells.norm(name):
                own = cells.words(label)
                return recipe, said[len(own) :] if said[: len(own)] == own else []
        for label, recipe in self.draft.variants.items():
            own = cells.words(label)
            if own and said[: len(own)] == own:
                return recipe, said[len(own) :]
        return None

    def _part(
        self, pool: list[Recipe], name: str, said: list[str], exact: bool
    ) -> tuple[Recipe, Part] | None:
        """The first recipe that has the part, and the part."""
        problem: ShapecalcError | None = None
        for recipe in pool:
            try:
                network = self.network(recipe)
            except SpecError as error:
                problem = problem or error
                continue
            part = cells.by_label(network, name) if exact else cells.by_words(network, said)
            if part is not None:
                return recipe, part
        if problem is not None and len(pool) == 1:
            raise problem
        return None

    def _by_cell(self, changes: Mapping[str, Any], turns: int) -> Recipe | None:
        """`two3x3` on a number of channels: convolutions that keep it."""
        channels = self.draft.number("channels", "filters")
        if "kernel" not in changes or channels is None:
            return None
        at = self.draft.at
        op = {"op": "conv", "filters": channels, "padding": "same", **changes}
        step = Step({k: build(v, at) for k, v in op.items()}, at)
        node = self.draft.knobs.get("input") or build([64, 64, channels], at)
        return Recipe(at, node, (step,) * turns, self.draft.knobs.get("bias"))
