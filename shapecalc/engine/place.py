"""Layers are put into the graph here: options completed, the layer asked for its shape, a node appended.

Pitfall: the same layer on the same input is asked once; its rows share the answer, so nothing may be stored in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import layers
from ..errors import ShapeError, Span
from ..graph import Composite, Node, Shape
from ..layers import Layer, Option
from ..spec import BranchesEntry, Entry, LayerEntry, NamesEntry, Plan
from ..text import _, labelled
from .large import LARGEST_SIZE, bounded
from .options import Misfits, complete, spread
from .problems import Problems
from .scope import Poisoned, Scope, show

BOOL = Option("bool", help="")
KINDS = {1: "[C]", 2: "T×C", 3: "H×W×C", 4: "Z×H×W×C"}


class Placer:
    """The graph so far: nodes and their layers, None where a layer could not be built."""

    def __init__(self, plan: Plan, problems: Problems) -> None:
        self.plan = plan
        self.problems = problems
        self.letters = problems.letters
        self.nodes: list[Node] = []
        self.layers: list[Layer | None] = []
        self.composites: list[Composite] = []
        self.used: set[str] = set()
        self.memo: dict[tuple[Any, ...], Layer] = {}

    def layer(self, entry: LayerEntry, scope: Scope, name: str, source: str) -> str:
        x = scope.shapes[source]
        options: dict[str, Any] = {}
        layer = None
        self.letters.enter(scope.full(name))
        if x is None:
            for option, value in entry.options.items():
                self.problems.attempt(value, entry.layer.OPTIONS[option], scope)
            return self.add(entry, scope, name, (source,), options, layer)
        try:
            for word, settings in entry.layer.before(x):
                kind = layers.load(word)
                assert kind is not None
                first = self.make(word, kind, dict(settings), (x,))
                source, x = (
                    self.add(entry, scope, f"{name}.{word}", (source,), settings, first, word),
                    first.y,
                )
            options = complete(
                entry.layer, entry.options, self.ranked(entry, x, source), self.plan.layout, scope
            )
            self.check_literal(entry, scope, x, source)
            layer = self.make(entry.word, entry.layer, options, (x,))
        except ShapeError as error:
            self.problems.shape_error(entry, scope, error)
        except Misfits as misfits:
            self.problems.misfits(entry, scope, misfits)
        return self.add(entry, scope, name, (source,), options, layer)

    def join(
        self,
        entry: BranchesEntry | NamesEntry,
        scope: Scope,
        name: str,
        names: list[str],
        labels: list[str],
        places: list[Span],
    ) -> str:
        """A layer of several inputs; a misfit is reported at the later of the two that disagree."""
        shapes = tuple(shape for n in names if (shape := scope.shapes[n]) is not None)
        if len(shapes) < len(names):
            return self.add(entry, scope, name, tuple(names), {}, None)
        self.letters.enter(scope.full(name))
        try:
            options = complete(entry.layer, entry.options, shapes[0], self.plan.layout, scope)
            layer = self.make(entry.word, entry.layer, options, shapes)
            return self.add(entry, scope, name, tuple(names), options, layer)
        except ShapeError as error:
            if error.input is None:
                self.problems.shape_error(entry, scope, error)
            else:
                text = _("{word}: branch '{b}' is {sb}, branch '{a}' is {sa}")
                if not entry.branches:
                    text = _("{word}: {b} is {sb}, {a} is {sa}")
                a, b = error.against, error.input
                shown = {"a": labels[a], "sa": show(shapes[a]), "b": labels[b], "sb": show(shapes[b])}
                self.problems.say(
                    error.code, text.format(word=entry.word, **shown), places[b], scope, error.help
                )
        except Misfits as misfits:
            self.problems.misfits(entry, scope, misfits)
        return self.add(entry, scope, name, tuple(names), {}, None)

    def takes(self, entry: Entry, scope: Scope, sources: tuple[str, ...]) -> bool:
        """Whether a layer that is made of others takes inputs of these ranks; if not, that is reported."""
        try:
            for source in sources:
                x = scope.shapes[source]
                if x is not None:
                    self.ranked(entry, x, source)
        except ShapeError as error:
            self.problems.shape_error(entry, scope, error)
            return False
        return True

    def meets(self, entry: Entry, scope: Scope, source: str, options: Mapping[str, Any]) -> bool:
        """Whether the options of such a layer meet its needs; if not, or if they are broken, that is reported."""
        assert entry.layer is not None
        x = scope.shapes[source]
        if x is None or any(value is Poisoned for value in options.values()):
            return False
        try:
            for requirement in entry.layer.demands:
                requirement.check({**options, "C_in": x[-1]})
        except ShapeError as error:
            self.problems.shape_error(entry, scope, error)
            return False
        return True

    def ranked(self, entry: Entry, x: Shape, source: str) -> Shape:
        assert entry.layer is not None
        wanted = entry.layer.ranks
        if wanted and len(x) not in wanted:
            message = _("it takes {kinds}, and its input is {shape}")
            text = message.format(kinds=_(" or ").join(KINDS[r] for r in wanted), shape=show(x))
            if source in self.problems.inputs and wanted == (2,):
                help = _("write the input as positions × channels: [10, 64]")
            elif source in self.problems.inputs:
                help = _("write the input as height × width × channels: 28x28x1")
            elif len(x) == 1:
                help = _("move it before the layer that flattened the map")
            else:
                help = (
                    _("flatten it first: - flatten")
                    if wanted == (1,)
                    else _("bring it to one of these with: - reshape")
                )
            raise ShapeError("SC407", text, None, help)
        return x

    def check_literal(self, entry: Entry, scope: Scope, x: Shape, source: str) -> None:
        """Warn of a picture written 28x28, which is a sequence of length 28 with 28 channels."""
        value = self.problems.inputs.get(source)
        if (
            len(x) == 2
            and value
            and isinstance(value.constant, tuple)
            and entry.layer
            and "kernel" in entry.layer.OPTIONS
        ):
            text = _("{shape} is read as length × channels").format(shape=show(x))
            self.problems.say(
                "W402",
                text,
                value.node.span,
                self.problems.file,
                _("write {picture} for a picture, {sequence} for a sequence").format(
                    picture="x".join(map(str, (*x, 1))), sequence=list(x)
                ),
            )

    def make(self, word: str, kind: type[Layer], options: dict[str, Any], xs: tuple[Shape, ...]) -> Layer:
        """The layer for these options and inputs; the same question has the same answer object."""
        key = (word, xs, tuple(options.values()))
        layer = self.memo.get(key)
        if layer is None:
            layer = kind(options, xs)
            bounded(layer.y, LARGEST_SIZE)
            self.memo[key] = layer
        return layer

    def add(self, entry: Entry, scope: Scope, name: str, inputs: tuple[str, ...], options: Mapping[str, Any], layer: Layer | None,
            word: str = "") -> str:  # fmt: skip
        """Append a node; without a layer it has no shape."""
        full = scope.full(name)
        frozen = self.is_frozen(entry, scope)
        self.nodes.append(Node(full, word or entry.word, inputs, options, entry.key.span, scope.uses, frozen))
        self.layers.append(layer)
        self.used.update(inputs)
        scope.items[name] = full
        scope.shapes[full] = self.letters.settled(layer.y) if layer else None
        if layer:
            for code, message, option in layer.warnings():
                given = entry.options.get(option) if option else None
                self.problems.say(
                    code, labelled(entry.word, message), (given.node if given else entry.key).span, scope
                )
        return full

    def compose(self, entry: Entry, inner: Scope, inputs: tuple[str, ...], first: int, output: str) -> None:
        """Append the layer that the nodes from `first` on were written for; a default that depends is None."""
        assert entry.layer is not None
        x, parts = inner.shapes[inputs[0]], tuple(node.name for node in self.nodes[first:])
        assert parts, f"{entry.word} is made of nothing"
        if x is None:
            return
        options = {}
        for name, option in entry.layer.OPTIONS.items():
            depends = isinstance(option.default, str) and option.kind in ("int", "float", "bool", "size")
            value = None if depends and name not in entry.options else inner.parameters[name]
            try:
                options[name] = spread(value, option, x, self.plan.layout)
            except ShapeError:
                return  # one of the parts has the same fault and has said so
        node = Node(inner.path, entry.word, inputs, options, entry.key.span, inner.uses, inner.frozen)
        self.composites.append(Composite(node, parts, output))

    def is_frozen(self, entry: Entry, scope: Scope) -> bool:
        """Whether the entry's layers are not trained."""
        if entry.frozen is None:
            return scope.frozen
        return self.problems.attempt(entry.frozen, BOOL, scope) is True
