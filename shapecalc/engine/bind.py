"""One walk through a plan turns it into a graph with shapes: blocks unrolled, options worked out, layers asked.

Pitfall: a mistake must not hide the next one nor cause ten others. What could not be computed has no shape, and what
depends on it is passed over in silence.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ..errors import Diagnostic, Related, Span, SpecError
from ..graph import Graph, Shape
from ..layers import Layer, Option
from ..record import Record
from ..spec import (
    BlockEntry,
    BranchesEntry,
    Entry,
    LayerEntry,
    NamesEntry,
    Param,
    Plan,
    SeqEntry,
    Value,
    in_order,
)
from ..spec.findings import MOST
from ..symbolic import Symbolic
from ..text import _
from . import top
from .budget import MAX_DEPTH, MAX_LAYERS, Budget
from .letters import Letters, any_letter, certainly_differ
from .options import channels_last
from .place import BOOL, Placer
from .problems import Problems
from .scope import NOWHERE, Poisoned, Scope, show

if TYPE_CHECKING:
    from .paths import Paths

_REPEAT = Option("int", help="", low=0)
_REPEAT.name = "repeat"


class Bound(Record):
    """A plan with numbers: the graph, each node's layer, every shape by name, and what was noticed."""

    plan: Plan
    graph: Graph
    layers: tuple[Layer, ...]
    shapes: Mapping[str, Shape]
    scopes: Scope
    warnings: tuple[Diagnostic, ...]
    unmet: tuple[Diagnostic, ...]
    settings: Mapping[str, Any]
    unchecked: bool
    letters: Letters


class Overrides(Record):
    """What the command line changes: parameters, options by dotted paths, and input shapes, as values read from its text.

    With `exact`, every path is known to be whole, and is not looked for first.
    """

    settings: Mapping[str, Value] = {}
    inputs: Mapping[str, Value] = {}
    batch: int | str = 1
    symbolic: tuple[str, ...] = ()
    exact: bool = False

    def __bool__(self) -> bool:
        return bool(self.settings or self.inputs or self.symbolic or self.batch != 1)


def bind(plan: Plan, overrides: Overrides = Overrides(), max_layers: int = MAX_LAYERS) -> Bound:
    """Unroll `plan` and compute every shape. Raises SpecError with all that is wrong."""
    return Binder(plan, overrides, max_layers).bind()


class Binder:
    """One walk over one plan; it holds the graph so far, what was found wrong, and what may still be used up."""

    def __init__(
        self, plan: Plan, overrides: Overrides, max_layers: int, placer: Placer | None = None
    ) -> None:
        self.plan = plan
        self.placer = placer or Placer(plan, Problems(plan, Letters(overrides.symbolic)))
        self.problems = self.placer.problems
        self.letters = self.placer.letters
        self.overrides = overrides
        self.budget = Budget(self.placer, max_layers)
        self.paths: Paths | None = None
        self.unmet: list[Diagnostic] = []
        self.unchecked = False

    def bind(self) -> Bound:
        plan = self.plan
        if len(plan.errors) >= MOST:
            raise self.problems.stop()
        self.problems.file = file = Scope("", None, {}, None, ())
        file.shapes[NOWHERE] = None
        self.look_for_paths()
        named = {name: value for name, value in self.overrides.settings.items() if "." not in name}
        file.parameters = self.parameters(plan.params, {**plan.settings, **named}, file)
        names = top.inputs(self, file)
        if not self.paths:
            self.budget.foresee()
        last = self.walk(plan.entries, file, next(iter(names), NOWHERE), first=names)
        if self.paths and self.paths.missed:
            from .paths import report_missed

            report_missed(self, self.paths)
        outputs = top.outputs(self, file, last)
        top.freeze(self, file)
        if plan.errors or any(d.severity == "error" for d in self.problems.found.values()):
            raise self.problems.stop()
        top.unused(self, outputs)
        del file.shapes[NOWHERE]
        findings = tuple(in_order([*plan.warnings, *self.problems.found.values()]))
        shapes: dict[str, Any] = file.shapes
        graph = Graph(plan.name, {name: shapes[name] for name in names}, tuple(self.placer.nodes), outputs,
                      tuple(self.placer.composites))  # fmt: skip
        placed: list[Any] = self.placer.layers
        return Bound(plan, graph, tuple(placed), shapes, file, findings, tuple(self.unmet), file.parameters,
                     self.unchecked, self.letters)  # fmt: skip

    def look_for_paths(self) -> None:
        """Find what the dotted overrides mean, where there are any."""
        if self.plan.dotted or any("." in name for name in self.overrides.settings):
            from .paths import of

            self.paths = of(self, self.plan, self.overrides)
            self.problems.file.sought = (self.paths.root,) if self.paths else ()

    def explorer(self, plan: Plan, overrides: Overrides) -> Binder:
        """Another walk that was made for its names alone; what is wrong with it will be found again."""
        walk = Binder(plan, overrides, self.budget.most)
        with suppress(SpecError):
            walk.bind()
        return walk

    def parameters(
        self,
        params: Mapping[str, Param],
        given: Mapping[str, Value],
        scope: Scope,
        caller: Scope | None = None,
        options: Mapping[str, Option] = {},
    ) -> Mapping[str, Any]:
        """Values of declared parameters: those given (worked out in the caller's scope), then defaults in order.

        Where they are a layer's `options`, these say what is legal.
        """
        # a block's own stand before the file's, which are many and not copied for every use
        values: Any = ChainMap({}, scope.parameters) if scope.parameters else {}  # type: ignore[arg-type]
        scope.parameters = values
        for name, param in params.items():
            value = given.get(name) or param.default
            if value is None:
                values[name] = Poisoned
                if not self.plan.errors:
                    message = _("the parameter {name} has no value").format(name=name)
                    self.problems.say("SC212", message, param.node.span, scope, f"--set {name}=…")
                continue
            option = options.get(name) or Option(
                param.kind, help="", low=-(10**18) if param.kind == "int" else 0
            )
            option.name = name
            values[name] = self.problems.attempt(value, option, caller if name in given and caller else scope)
            if (
                name in self.letters.names
                and scope is self.problems.file
                and name not in self.overrides.settings
            ):
                values[name] = self.lettered(name, values[name], param)
        for name in given:
            if name not in params and name in self.plan.symbols:
                values[name] = self.problems.attempt(given[name], Option("int", help=""), scope)
            elif name not in params:
                from ..spec.synonyms import other_parameter

                help = other_parameter(name, [*params, *self.plan.symbols])
                self.problems.say(
                    "SC212",
                    _("{base} has no parameter {name}").format(base=self.plan.name, name=name),
                    given[name].node.span,
                    scope,
                    help,
                )
        result: Mapping[str, Any] = values
        return result

    def lettered(self, name: str, value: Any, param: Param) -> Any:
        """The letter that --symbolic asks for in the place of a parameter's number; a fraction's need not be whole."""
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return self.letters.make(name, whole=isinstance(value, int))
        if value is not Poisoned:
            message = _("{name} is {value}, and only a number can be a letter").format(name=name, value=value)
            self.problems.say(
                "SC212", message, param.node.span, self.problems.file, _("leave it out of --symbolic")
            )
        return Poisoned

    def walk(self, entries: list[Entry], scope: Scope, previous: str, first: tuple[str, ...] = ()) -> str:
        """Run entries one after another; the name of the last output. `first` are the inputs, at a file's beginning."""
        scope.expecting(entries)
        self.budget.level += 1
        several = len(first) > 1
        for entry in entries:
            if several and not entry.source and not isinstance(entry, NamesEntry):
                self.problems.say("SC305", _("with several inputs the first entry says where it reads from"), entry.key.span, scope,
                         _("from: one of {names}").format(names=", ".join(first)))  # fmt: skip
            several = False
            previous = self.run(entry, scope, previous)
        self.budget.level -= 1
        scope.output = previous
        return previous

    def run(self, entry: Entry, scope: Scope, previous: str) -> str:
        self.budget.step(entry)
        if entry.if_ is not None:
            chosen = self.problems.attempt(entry.if_, BOOL, scope)
            if chosen is False:
                return self.walk(entry.else_, scope, previous)
            if chosen is Poisoned:
                previous = NOWHERE
        if self.paths:
            entry = self.paths.repeated(self, entry, scope)
        source, others = self.sources(entry, scope, previous)
        turns: Any = 1
        if entry.repeat is not None:
            turns = self.problems.attempt(entry.repeat, _REPEAT, scope)
            if isinstance(turns, Symbolic):
                message = _("a layer is repeated {n} times, and only a number can be unrolled").format(
                    n=turns
                )
                self.problems.say(
                    "SC219", message, entry.repeat.node.span, scope, _("give it a number with --set")
                )
                turns = Poisoned
            if turns is Poisoned:
                turns, source = 1, NOWHERE
        begin, steps, first = len(self.placer.nodes), self.budget.steps, source
        for turn in range(turns):
            if turn:
                self.budget.step(entry)
            source = self.once(entry, scope, source, others)
            if turn == 0 and turns > 1:
                layers = len(self.placer.nodes) - begin
                self.budget.turns(entry, turns, layers, self.budget.steps - steps, source != first)
        if entry.expect is not None and not self.plan.inherited:
            if self.overrides and entry.expect.literal:
                self.unchecked = True
            else:
                self.expectation(entry, scope, source)
        return source

    def sources(self, entry: Entry, scope: Scope, previous: str) -> tuple[str, tuple[str, ...]]:
        """Where an entry reads from: its input, and those beside it of a layer that takes several (`mha`)."""
        if not entry.source or isinstance(entry, NamesEntry):
            return previous, ()
        most = len(entry.layer.reads) if entry.layer else 1
        if len(entry.source) > most:
            message, help = (
                _("{word} reads from one place"),
                _("take one of them, or join them first: - concat: [a, b]"),
            )
            if most > 1 and entry.layer:
                message, help = (
                    _("{word} reads from {n} places at most"),
                    f"from: [{', '.join(entry.layer.reads)}]",
                )
            message = message.format(word=entry.word, n=most)
            self.problems.say("SC305", message, entry.source[most].node.span, scope, help)
        found = tuple(self.problems.refer(reference, scope, previous) for reference in entry.source[:most])
        return found[0], found[1:]

    def once(self, entry: Entry, scope: Scope, source: str, others: tuple[str, ...] = ()) -> str:
        if isinstance(entry, SeqEntry) and entry.name is None:
            before, scope.frozen = scope.frozen, self.placer.is_frozen(entry, scope)
            source = self.walk(entry.entries, scope, source)
            scope.frozen = before
            return source
        name = self.name(entry, scope)
        if self.paths:
            entry = self.paths.turn(self, entry, scope, name)
        if isinstance(entry, LayerEntry):
            return self.placer.layer(entry, scope, name, source)
        if isinstance(entry, BlockEntry):
            return self.block(entry, scope, name, source, others)
        if isinstance(entry, SeqEntry):
            inner = self.child(scope, name, source, entry, scope.base_of(entry))
            return self.walk(entry.entries, inner, source)
        if isinstance(entry, (BranchesEntry, NamesEntry)):
            return self.merge(entry, scope, name, source)
        return self.placer.add(entry, scope, name, (source,), {}, None)

    def name(self, entry: Entry, scope: Scope) -> str:
        if entry.name is None:
            return scope.count(entry.word.lower())
        if entry.repeat is not None:
            return scope.count(entry.name)
        if entry.name in scope.items:
            assert entry.name_node
            message = _("{name} is already the name of something here").format(name=entry.name)
            self.problems.say(
                "SC209", message, entry.name_node.span, scope, _("choose another name, or leave it out")
            )
            return scope.count(entry.name + "_")
        return entry.name

    def child(self, scope: Scope, name: str, source: str, entry: Entry, base: str = "") -> Scope:
        """The scope of a branch or a named seq: it sees the parameters and the `input` of where it stands."""
        inner = Scope(scope.full(name), scope, scope.parameters, scope.entered, scope.uses)
        return self.enter(inner, scope, name, source, entry, base)

    def enter(self, inner: Scope, scope: Scope, name: str, source: str, entry: Entry, base: str) -> Scope:
        inner.name, inner.base = name, base
        if scope.sought:
            from .paths import follow

            inner.sought = follow(scope.sought, name, base)
        inner.output = inner.source = source
        inner.frozen = self.placer.is_frozen(entry, scope)
        scope.items[name] = inner
        return inner

    def block(
        self, entry: BlockEntry, scope: Scope, name: str, source: str, others: tuple[str, ...] = ()
    ) -> str:
        """A use of a block: it sees its own parameters and the file's, and its `input` is where it was entered.

        A built-in one knows the inputs `others` by the names under which it reads them; those not given are the first.
        """
        if len(scope.uses) >= MAX_DEPTH:
            self.budget.too_deep(entry, MAX_DEPTH)
        block = entry.block
        if entry.layer and not self.placer.takes(entry, scope, (source, *others)):
            return self.placer.add(entry, scope, name, (source, *others), {}, None)
        seen = {} if block.builtin else self.problems.file.parameters
        inner = Scope(scope.full(name), scope, seen, source, (entry.key.span, *scope.uses))
        self.enter(inner, scope, name, source, entry, scope.base_of(entry))
        if entry.layer:
            inner.part = True
            reads = entry.layer.reads
            inner.called = dict(zip(reads, (source, *others, *[source] * len(reads))))
        options = entry.layer.OPTIONS if entry.layer else {}
        self.parameters(block.params, entry.options, inner, scope, options)
        if entry.layer and not self.placer.meets(entry, scope, source, inner.parameters):
            return self.placer.add(entry, scope, name, (source, *others), {}, None)
        first = len(self.placer.nodes)
        output = self.walk(block.entries, inner, source)
        if entry.layer:
            self.placer.compose(entry, inner, (source, *others), first, output)
        return output

    def merge(self, entry: BranchesEntry | NamesEntry, scope: Scope, name: str, source: str) -> str:
        names: list[str] = []
        places: list[Span] = []
        labels: list[str] = []
        for reference in entry.references:
            names.append(self.problems.refer(reference, scope, source))
            places.append(reference.node.span)
            labels.append(f"${reference.text}" if reference.parameter else reference.text)
        for key, entries in entry.branches:
            inner = self.child(scope, scope.branch_name(key.text, name), source, entry)
            inner.branch = key.text
            names.append(self.walk(entries, inner, source))
            places.append(key.span)
            labels.append(key.text)
        return self.placer.join(entry, scope, name, names, labels, places)

    def expectation(self, entry: Entry, scope: Scope, source: str) -> None:
        assert entry.expect is not None
        wanted, shape = self.problems.attempt(entry.expect, top.SHAPE, scope), scope.shapes.get(source)
        if wanted is Poisoned or shape is None:
            return
        wanted = channels_last(wanted, self.plan.layout)
        if wanted != shape and any_letter(wanted, shape) and not certainly_differ(wanted, shape):
            self.unchecked = True
        elif wanted != shape:
            message = _("{name} is {shape}, and {wanted} was expected").format(
                name=source, shape=show(shape), wanted=show(wanted)
            )
            related = tuple(Related(_("used here"), use) for use in scope.uses)
            self.unmet.append(Diagnostic("SC501", message, entry.expect.node.span, None, related))
