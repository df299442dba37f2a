"""What the names of --for stand for: parameters, a layer's options, letters or axes of the input; and what a value means.

Pitfall: `H` alone on a square input moves `W` with it, since that is what a person means by another size; give both to
move them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ...engine import Overrides
from ...engine.options import as_written, channels_last
from ...engine.paths import whole_path
from ...errors import UsageError, suggest, there_are
from ...graph import Shape
from ...layers._base import spatial
from ...spec import Plan, Value
from ...text import _
from ..cures.watch import Watch
from .quantities import AXES, Candidate


class Moves:
    """What the names of --for stand for: parameters, symbols, or axes of an input."""

    def __init__(self, plan: Plan, overrides: Overrides, names: Sequence[str]) -> None:
        self.plan = plan
        self.overrides = overrides
        self.settings: list[str] = []
        self.paths: dict[str, str] = {}
        self.axes: dict[str, tuple[str, tuple[int, ...]]] = {}
        self.remarks: list[str] = []
        self.base = self._base()
        for name in names:
            if name in plan.params or name in plan.symbols:
                self.settings.append(name)
            elif "." in name and name.rpartition(".")[2] not in AXES:
                self.settings.append(name)
                self.paths[name] = whole_path(plan, overrides, name, f"--for {name}")
            else:
                self.axes[name] = self._axis(name, names)

    def _base(self) -> dict[str, Shape]:
        """The input shapes that axes are changed in; those with sizes that are not known are left out."""
        watch = Watch(self.plan, self.overrides)
        watch.findings()
        found = ((name, watch.problems.file.shapes.get(name)) for name in self.plan.inputs)
        return {name: shape for name, shape in found if shape is not None}

    def _axis(self, name: str, names: Sequence[str]) -> tuple[str, tuple[int, ...]]:
        """The input and the places of its axes that a name moves. Raises UsageError for a name of nothing."""
        head, _dot, letter = name.rpartition(".")
        inputs = list(self.plan.inputs)
        if letter not in AXES or (head and head != "input" and head not in inputs):
            known = [*self.plan.params, *self.plan.symbols, *AXES]
            help = suggest(name, known, there_are(known, ", "))
            raise UsageError(_("there is no parameter, symbol or axis {name}").format(name=name), help)
        if len(inputs) > 1 and head not in inputs:
            raise UsageError(
                _("the network has several inputs"),
                _("say which: {names}").format(names=" ".join(f"{i}.{letter}" for i in inputs)),
            )
        source = head if head in inputs else inputs[0]
        shape = self.base.get(source)
        if shape is None:
            raise UsageError(
                _("the input has sizes that are not known yet"),
                _("run through its letters: {names}").format(names=" ".join(self.plan.symbols)),
            )
        axes = spatial(len(shape)) + "C"
        letter = "C" if letter == "D" else letter
        if letter not in axes:
            message = _("the input has no axis {axis}: it is {shape}")
            raise UsageError(
                message.format(axis=letter, shape="×".join(map(str, shape))),
                _("its axes are {names}").format(names=" ".join(axes)),
            )
        places = [axes.index(letter)]
        if letter in "HWZ":
            others = [i for i, a in enumerate(axes[:-1]) if a != letter and shape[i] == shape[places[0]]]
            named = {n.rpartition(".")[2] for n in names}
            others = [i for i in others if not named & {axes[i]}]
            if others and all(n == shape[0] for n in shape[:-1]) and len(others) == len(shape) - 2:
                places += others
                moved = _(" and ").join(axes[i] for i in others)
                self.remarks.append(
                    _("the input is square, so {others} moves with {name}").format(others=moved, name=name)
                )
        return source, tuple(places)

    def inputs(self, candidate: Candidate) -> dict[str, Shape]:
        """The candidate's input shapes, channels-last."""
        shapes = {name: list(shape) for name, shape in self.base.items()}
        for name, (source, places) in self.axes.items():
            for place in places:
                shapes[source][place] = candidate[name]
        return {name: tuple(shape) for name, shape in shapes.items()}

    def letters(self, shapes: Mapping[str, Shape]) -> Callable[[Candidate], dict[str, Shape]] | None:
        """The candidates' input shapes where only bare letters of them move; None where a name is anything else."""
        places: list[tuple[str, int, str]] = []
        for source, value in self.plan.inputs.items():
            items = value.items if value.items is not None else (value,)
            axes: Any = dict(zip(value.keys, items)) if value.keys else items
            written: Any = channels_last(axes, self.plan.layout)
            for place, item in enumerate(written):
                names = item.expression.names() if item.expression else []
                if any(name in self.settings for name in names):
                    if item.expression.text.strip() not in self.settings:
                        return None
                    places.append((source, place, names[0]))
        if {name for _s, _p, name in places} != set(self.settings) or self.axes or self.overrides.inputs:
            return None

        def inputs(candidate: Candidate) -> dict[str, Shape]:
            found = {name: list(shape) for name, shape in shapes.items()}
            for source, place, name in places:
                found[source][place] = candidate[name]
            return {name: tuple(shape) for name, shape in found.items()}

        return inputs

    def place(self, candidate: Candidate) -> Overrides:
        """The overrides that a candidate means."""
        node = self.plan.root
        settings = {self.paths.get(name, name): Value(node, candidate[name]) for name in self.settings}
        moved = self.inputs(candidate) if self.axes else {}
        changed = {source for source, _places in self.axes.values()}
        inputs = {
            n: Value(node, as_written(shape, self.plan.layout)) for n, shape in moved.items() if n in changed
        }
        return self.overrides._replace(
            settings={**self.overrides.settings, **settings}, inputs={**self.overrides.inputs, **inputs}
        )
