"""One walk through a plan turns it into a graph with shapes: blocks unrolled, options worked out, layers asked.

Pitfall: a mistake must not hide the next one nor cause ten others. What could not be computed has no shape, and what
depends on it is passed over in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import layers
from ..errors import Diagnostic, Related, ShapeError, ShapecalcError, Span, SpecError, nearest
from ..graph import Graph, Node, Shape
from ..layers import Layer, Option
from ..record import Record
from ..spec import Entry, Param, Plan, Reference, Value
from ..text import _, ngettext
from .options import BadValue, channels_last, complete, fit, work_out
from .scope import Poisoned, Scope, show

MAX_LAYERS = 200_000
MAX_DEPTH = 64
_REPEAT, _SHAPE, _BOOL = Option("int", help="", low=0), Option("shape", help=""), Option("bool", help="")
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
    expecting: bool


class Overrides(Record):
    """What the command line changes: parameters and input shapes, as values read from its text."""

    settings: Mapping[str, Value] = {}
    inputs: Mapping[str, Value] = {}
    layout: str | None = None

    def __bool__(self) -> bool:
        return bool(self.settings or self.inputs)


def bind(plan: Plan, overrides: Overrides = Overrides(), max_layers: int = MAX_LAYERS) -> Bound:
    """Unroll `plan` and compute every shape. Raises SpecError with all that is wrong."""
    return _Binder(plan, overrides, max_layers).bind()


class _Binder:
    def __init__(self, plan: Plan, overrides: Overrides, max_layers: int) -> None:
        self.plan = plan
        self.overrides = overrides
        self.max_layers = max_layers
        self.literal = not overrides and not plan.inherited
        self.nodes: list[Node] = []
        self.layers: list[Layer | None] = []
        self.found: dict[tuple[Any, ...], Diagnostic] = {}
        self.unmet: list[Diagnostic] = []
        self.expecting = False
        self.used: set[str] = set()
        self.spans: dict[str, Span] = {}
        self.memo: dict[tuple[Any, ...], Layer] = {}
        self.steps = 0
        self.blocks: dict[str, Mapping[str, Any]] = {}

    def bind(self) -> Bound:
        self.file = file = Scope("", None, {}, None, ())
        file.parameters = self.parameters(self.plan.params, {**self.plan.settings, **self.overrides.settings}, file)
        self.inputs(file)
        last = self.walk(self.plan.entries, file, next(iter(file.shapes), ""), first=True)
        outputs = self.outputs(file, last)
        self.freeze(file)
        self.unused(outputs)
        findings = list(self.found.values())
        errors = [d for d in findings if d.severity == "error"]
        if errors:
            raise SpecError([*self.plan.warnings, *findings])
        graph = Graph(self.plan.name, {n: s for n, s in file.shapes.items() if n in self.input_names and s}, tuple(self.nodes), outputs)
        warnings = (*self.plan.warnings, *findings)
        shapes: Any = file.shapes
        return Bound(self.plan, graph, tuple(self.layers), shapes, file, warnings, tuple(self.unmet), file.parameters, self.expecting)  # type: ignore[arg-type]

    def say(self, code: str, message: str, span: Span | None, scope: Scope, help: str | None = None) -> None:
        """Report once per place and use."""
        related = tuple(Related(_("used here"), use) for use in scope.uses)
        key = (code, message, span and span[1:])
        self.found.setdefault(key, Diagnostic(code, message, span, help, related))

    # -- what stands at the top ------------------------------------------------------------------------------------

    def parameters(self, params: Mapping[str, Param], given: Mapping[str, Value], scope: Scope, caller: Scope | None = None) -> dict[str, Any]:
        """Values of declared parameters: those given (worked out in the caller's scope), then defaults in order."""
        values: dict[str, Any] = dict(scope.parameters)
        scope.parameters = values
        for name, param in params.items():
            value = given.get(name) or param.default
            if value is None:
                values[name] = Poisoned
                self.say("SC212", _("the parameter {name} has no value").format(name=name), param.node.span, scope, f"--set {name}=…")
                continue
            option = Option(param.kind, help="", low=-(10**18) if param.kind == "int" else 0)
            option.name = name
            values[name] = self.attempt(value, option, caller if name in given and caller else scope)
        for name in given:
            if name not in params and name in self.plan.symbols:
                values[name] = self.attempt(given[name], Option("int", help=""), scope)
            elif name not in params:
                near = nearest(name, [*params, *self.plan.symbols])
                help = _("did you mean {word}?").format(word=near) if near else _("it has {names}").format(names=", ".join(params) or "–")
                self.say("SC212", _("{base} has no parameter {name}").format(base=self.plan.name, name=name), given[name].node.span, scope, help)
        return values

    def attempt(self, value: Value, option: Option, scope: Scope) -> Any:
        """A value of the wanted kind, or Poisoned where that was reported."""
        try:
            return fit(work_out(value, scope), option, value.node.span)
        except BadValue as bad:
            self.say(bad.code, bad.message, bad.span, scope, bad.help)
        except Poisoned:
            pass
        return Poisoned

    def inputs(self, file: Scope) -> None:
        shapes = dict(self.plan.inputs)
        for name, value in self.overrides.inputs.items():
            if name not in shapes and len(shapes) == 1 and name == "input":
                name = next(iter(shapes))
            if name not in shapes:
                self.say("SC305", _("there is no input {name}").format(name=name), value.node.span, file, ", ".join(shapes))
            shapes[name] = value
        self.input_names = set(shapes)
        for symbol in self.plan.symbols:
            if symbol not in file.parameters:
                file.parameters[symbol] = Poisoned  # type: ignore[index]
                if not self.overrides.inputs:
                    place = next(iter(shapes.values())).node.span
                    message = _("{name} is a symbolic size, and only numbers can be computed yet").format(name=symbol)
                    self.say("SC218", message, place, file, _("bind it: --set {name}=224, or give --input").format(name=symbol))
        for name, value in shapes.items():
            shape = self.attempt(value, _SHAPE, file)
            layout = (self.overrides.layout if name in self.overrides.inputs else None) or self.plan.layout
            file.items[name] = name
            file.shapes[name] = None if shape is Poisoned else channels_last(shape, layout)
        file.entered = next(iter(shapes)) if len(shapes) == 1 else None

    def outputs(self, file: Scope, last: str) -> tuple[str, ...]:
        if not self.plan.outputs:
            return (last,)
        return tuple(ref for o in self.plan.outputs if (ref := self.refer(o, file, last)) is not None)

    def freeze(self, file: Scope) -> None:
        for reference in self.plan.frozen:
            found = file.find(reference.text)
            if found is None:
                self.refer(reference, file, "")
                continue
            path = found.path if isinstance(found, Scope) else found
            for i, node in enumerate(self.nodes):
                if node.name == path or node.name.startswith(path + "."):
                    self.nodes[i] = node._replace(frozen=True)

    def unused(self, outputs: tuple[str, ...]) -> None:
        for node in self.nodes:
            if node.name not in self.used and node.name not in outputs:
                message = _("nothing uses {name}, and it is no output").format(name=node.name)
                key = ("W201", node.span and node.span[1:])
                self.found.setdefault(key, Diagnostic("W201", message, node.span, _("name it under outputs:, or take it out")))

    # -- entries ---------------------------------------------------------------------------------------------------

    def walk(self, entries: list[Entry], scope: Scope, previous: str, first: bool = False) -> str:
        """Run entries one after another; the name of the last output."""
        scope.expecting(entries)
        several = first and len(self.input_names) > 1
        for entry in entries:
            if several and not entry.source and entry.form != "names":
                self.say("SC305", _("with several inputs the first entry says where it reads from"), entry.key.span, scope,
                         _("from: one of {names}").format(names=", ".join(sorted(self.input_names))))  # fmt: skip
            several = False
            previous = self.run(entry, scope, previous)
        scope.output = previous
        return previous

    def run(self, entry: Entry, scope: Scope, previous: str) -> str:
        self.steps += 1
        if self.steps > 20 * self.max_layers:
            self.too_many(entry)
        if entry.if_ is not None:
            chosen = self.attempt(entry.if_, _BOOL, scope)
            if chosen is not True:
                return self.walk(entry.else_, scope, previous) if chosen is False else previous
        source = previous
        if entry.source and entry.form != "names":
            if len(entry.source) > 1:
                self.say("SC305", _("{word} reads from one place").format(word=entry.word), entry.source[1].node.span, scope)
            source = self.refer(entry.source[0], scope, previous) or previous
        turns = 1
        if entry.repeat is not None:
            turns = self.attempt(entry.repeat, _REPEAT, scope)
            if turns is Poisoned:
                return source
        begin = len(self.nodes)
        for turn in range(turns):
            source = self.once(entry, scope, source)
            if turn == 0 and (turns > self.max_layers or begin + (len(self.nodes) - begin) * turns > self.max_layers):
                self.too_many(entry)
        if entry.expect is not None:
            self.expecting = True
            if self.literal:
                self.expectation(entry, scope, source)
        return source

    def too_many(self, entry: Entry) -> None:
        message = ngettext("this unrolls to more than {n} layer", "this unrolls to more than {n} layers", self.max_layers)
        self.say("SC213", message.format(n=self.max_layers), (entry.repeat.node if entry.repeat else entry.key).span, self.file, _("lower a repeat"))
        raise SpecError([*self.found.values()])

    def once(self, entry: Entry, scope: Scope, source: str) -> str:
        if entry.form == "seq" and entry.name is None:
            before, scope.frozen = scope.frozen, self.is_frozen(entry, scope)
            source = self.walk(entry.entries, scope, source)
            scope.frozen = before
            return source
        name = self.name(entry, scope)
        if entry.form == "layer":
            return self.layer(entry, scope, name, source)
        if entry.form == "block":
            return self.block(entry, scope, name, source)
        if entry.form == "seq":
            return self.walk(entry.entries, self.child(scope, name, source, entry), source)
        return self.merge(entry, scope, name, source)

    def is_frozen(self, entry: Entry, scope: Scope) -> bool:
        """Whether the entry's layers are not trained."""
        if entry.frozen is None:
            return scope.frozen
        return self.attempt(entry.frozen, _BOOL, scope) is True

    def name(self, entry: Entry, scope: Scope) -> str:
        if entry.name is None:
            return scope.count(entry.word.lower())
        if entry.repeat is not None:
            return scope.count(entry.name)
        if entry.name in scope.items:
            assert entry.name_node
            self.say("SC209", _("{name} is already the name of something here").format(name=entry.name), entry.name_node.span, scope)
            return scope.count(entry.name + "_")
        return entry.name

    def child(self, scope: Scope, name: str, source: str, entry: Entry, parameters: Mapping[str, Any] | None = None) -> Scope:
        block = parameters is not None
        uses = (entry.key.span, *scope.uses) if block else scope.uses
        inner = Scope(scope.full(name), scope, parameters if block else scope.parameters, source if block else scope.entered, uses)  # type: ignore[arg-type]
        inner.output = inner.source = source
        scope.items[name] = inner
        inner.frozen = self.is_frozen(entry, scope)
        return inner

    def block(self, entry: Entry, scope: Scope, name: str, source: str) -> str:
        assert entry.block is not None
        if len(scope.uses) >= MAX_DEPTH:
            self.say("SC213", _("blocks use each other more than {n} deep").format(n=MAX_DEPTH), entry.key.span, self.file)
            raise SpecError([*self.found.values()])
        block = entry.block
        inner = self.child(scope, name, source, entry, {} if block.builtin else self.file.parameters)
        self.parameters(block.params, entry.options, inner, caller=scope)
        return self.walk(block.entries, inner, source)

    def merge(self, entry: Entry, scope: Scope, name: str, source: str) -> str:
        assert entry.layer is not None
        names: list[str] = []
        places: list[Span] = []
        labels: list[str] = []
        if entry.form == "names":
            for reference in entry.references:
                found = self.refer(reference, scope, source)
                if found is None:
                    return self.add(entry, scope, name, (source,), {}, None)
                names.append(found)
                places.append(reference.node.span)
                labels.append(reference.text)
        for key, entries in entry.branches:
            inner = self.child(scope, scope.branch_name(key.text), source, entry)
            inner.branch = key.text
            names.append(self.walk(entries, inner, source))
            places.append(key.span)
            labels.append(key.text)
        shapes = tuple(scope.shapes[n] for n in names)
        if any(s is None for s in shapes):
            return self.add(entry, scope, name, tuple(names), {}, None)
        try:
            options = complete(entry.layer, entry.options, shapes[0] or (), self.plan.layout, scope)
            return self.add(entry, scope, name, tuple(names), options, self.make(entry.word, entry.layer, options, shapes))  # type: ignore[arg-type]
        except ShapeError as error:
            at = error.input
            if at is None:
                self.shape_error(entry, scope, error)
            else:
                message = _("{word}: branch '{b}' is {sb}, branch '{a}' is {sa}") if entry.branches else _("{word}: {b} is {sb}, {a} is {sa}")
                text = message.format(word=entry.word, b=labels[at], sb=show(shapes[at] or ()), a=labels[0], sa=show(shapes[0] or ()))
                self.say(error.code, text, places[at], scope, error.help)
        except BadValue as bad:
            self.say(bad.code, bad.message, bad.span, scope, bad.help)
        except Poisoned:
            pass
        return self.add(entry, scope, name, tuple(names), {}, None)

    def layer(self, entry: Entry, scope: Scope, name: str, source: str) -> str:
        assert entry.layer is not None
        x = scope.shapes[source]
        options: dict[str, Any] = {}
        layer = None
        try:
            if x is None:
                for value in entry.options.values():
                    work_out(value, scope)
                raise Poisoned
            for word, settings in entry.layer.before(x):
                kind = layers.load(word)
                assert kind is not None
                first = self.make(word, kind, dict(settings), (x,))
                source, x = self.add(entry, scope, f"{name}.{word}", (source,), settings, first, word), first.y
            options = complete(entry.layer, entry.options, self.ranked(entry, x), self.plan.layout, scope)
            self.check_literal(entry, scope, x, source)
            layer = self.make(entry.word, entry.layer, options, (x,))
        except ShapeError as error:
            self.shape_error(entry, scope, error)
        except BadValue as bad:
            self.say(bad.code, bad.message, bad.span, scope, bad.help)
        except Poisoned:
            pass
        return self.add(entry, scope, name, (source,), options, layer)

    def ranked(self, entry: Entry, x: Shape) -> Shape:
        assert entry.layer is not None
        wanted = entry.layer.ranks
        if wanted and len(x) not in wanted:
            kinds = {1: "[C]", 2: "T×C", 3: "H×W×C", 4: "Z×H×W×C"}
            message = _("{word} takes {kinds}, and its input is {shape}")
            text = message.format(word=entry.word, kinds=_(" or ").join(kinds[r] for r in wanted), shape=show(x))
            help = _("flatten it first: - flatten") if wanted == (1,) else _("move it before the layer that flattened the map") if len(x) == 1 else None
            raise ShapeError("SC407", text, None, help)
        return x

    def check_literal(self, entry: Entry, scope: Scope, x: Shape, source: str) -> None:
        """Warn of a picture written 28x28, which is a sequence of length 28 with 28 channels."""
        value = self.plan.inputs.get(source)
        if len(x) == 2 and value and isinstance(value.constant, tuple) and entry.layer and "kernel" in entry.layer.OPTIONS:
            text = _("{shape} is read as length × channels").format(shape=show(x))
            self.say("W402", text, value.node.span, scope, _("write {shape} for a picture").format(shape="x".join(map(str, (*x, 1)))))

    def make(self, word: str, kind: type[Layer], options: dict[str, Any], xs: tuple[Shape, ...]) -> Layer:
        """The layer for these options and inputs; the same question has the same answer object."""
        key = (word, xs, tuple(options.values()))
        layer = self.memo.get(key)
        if layer is None:
            layer = self.memo[key] = kind(options, xs)
        return layer

    def shape_error(self, entry: Entry, scope: Scope, error: ShapeError) -> None:
        given = entry.options.get(error.option) if error.option else None
        span = given.node.span if given else entry.key.span
        self.say(error.code, f"{entry.word}: {error.message}", span, scope, error.help)

    def add(self, entry: Entry, scope: Scope, name: str, inputs: tuple[str, ...], options: Mapping[str, Any], layer: Layer | None,
            word: str = "") -> str:  # fmt: skip
        """Append a node; without a layer it has no shape."""
        full = scope.full(name)
        frozen = scope.frozen if entry.frozen is None else self.is_frozen(entry, scope)
        self.nodes.append(Node(full, word or entry.word, inputs, options, entry.key.span, scope.uses, frozen))
        self.layers.append(layer)
        self.used.update(inputs)
        scope.items[name] = full
        scope.shapes[full] = layer.y if layer else None
        if layer:
            for code, message, option in layer.warnings():
                given = entry.options.get(option) if option else None
                self.say(code, f"{entry.word}: {message}", (given.node if given else entry.key).span, scope)
        return full

    def refer(self, reference: Reference, scope: Scope, previous: str) -> str | None:
        """The node or input that a reference means; None where it means nothing, and that is reported."""
        text = reference.text
        if reference.parameter:
            value = scope.parameters.get(text)
            if not isinstance(value, str):
                self.say("SC303", _("${name} is no parameter that holds a name").format(name=text), reference.node.span, scope, "params: {skip: str}")
                return None
            text = value
        if text == "prev":
            return previous
        if text == "input" and scope.entered is not None:
            return scope.entered
        found = scope.find(text)
        if isinstance(found, Scope):
            found = found.output
        if found is None:
            near = nearest(text, scope.names())
            help = _("did you mean {word}?").format(word=near) if near else _("only earlier entries can be named")
            self.say("SC305", _("no earlier layer is called {name}").format(name=text), reference.node.span, scope, help)
        return found

    def expectation(self, entry: Entry, scope: Scope, source: str) -> None:
        assert entry.expect is not None
        wanted, shape = self.attempt(entry.expect, _SHAPE, scope), scope.shapes.get(source)
        if wanted is Poisoned or shape is None:
            return
        wanted = channels_last(wanted, self.plan.layout)
        if wanted != shape:
            message = _("{name} is {shape}, and {wanted} was expected").format(name=source, shape=show(shape), wanted=show(wanted))
            related = tuple(Related(_("used here"), use) for use in scope.uses)
            self.unmet.append(Diagnostic("SC501", message, entry.expect.node.span, None, related))
