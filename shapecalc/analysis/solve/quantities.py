"""What `--where` may speak of: layers' sizes and costs, totals, and the names that are run through.

`Values` is all that a condition sees of a network, so whoever can give these (a walk with numbers, columns of numbers,
closed forms) can answer for a candidate. Pitfall: a name in a condition may be a layer, a total or a parameter; totals
win, then the names of --for, then parameters, and a layer is only what stands before a dot.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...engine.scope import axis_index, show
from ...errors import UsageError, suggest
from ...expression import Expression, ExpressionError, evaluate, parse
from ...graph import Shape
from ...record import Record
from ...text import _

if TYPE_CHECKING:
    from typing import Protocol

    class Values(Protocol):
        """A network for one candidate; all three raise LookupError, with a sentence, for what is not there."""

        def shape(self, path: str) -> Shape:
            """The channels-last output shape of a layer, a block, an input, or `output`."""
            ...

        def part(self, path: str, quantity: str) -> int:
            """A cost of a layer, or of all that lies in a block."""
            ...

        def total(self, quantity: str) -> int: ...

        def parameter(self, name: str) -> Any: ...

        @property
        def exact(self) -> bool:
            """Whether every window's division is whole."""
            ...

else:
    Values = object

Candidate = Mapping[str, int]


class Refusal(Record):
    """A candidate for which there is no network, and why."""

    reason: str


Evaluator = Callable[[Sequence[Candidate]], "Iterator[Values | Refusal]"]
"""Answers for candidates, in their order."""
PARTS = (
    "params",
    "weights",
    "biases",
    "buffers",
    "macs",
    "macs_on_data",
    "flops",
    "activations",
    "connections",
)
TOTALS = (
    *PARTS,
    "trainable",
    "layers",
    "weight_layers",
    "depth",
    "param_bytes",
    "activation_bytes",
    "peak_activation_bytes",
)
AXES = ("H", "W", "C", "T", "D", "Z")


class Where:
    """A condition, read once and held against many candidates."""

    def __init__(self, text: str, dotted: Sequence[str] = ()) -> None:
        self.text = text
        self.dotted = dotted
        try:
            self.expression = parse(text, allow=lambda node: _is_part(node) or self._is_option(node))
        except ExpressionError as error:
            raise UsageError(_("--where: {message}").format(message=error.message), error.help) from None
        found = [n for n in ast.walk(self.expression.tree) if isinstance(n, (ast.Name, ast.Attribute))]
        inner = {id(n.value) for n in found if isinstance(n, ast.Attribute)}
        self.nodes = [n for n in found if id(n) not in inner and not _called(self.expression.tree, n)]

    def _is_option(self, node: ast.AST) -> bool:
        """Whether this is an option that is run through, conv1.filters."""
        return isinstance(node, ast.Attribute) and _path(node) in self.dotted

    def holds(self, values: Values) -> bool:
        """Whether it is true; raises ExpressionError for what is not there or no truth value."""
        value = evaluate(self.expression, _Environment(values, self.dotted))
        if not isinstance(value, bool):
            message = _("--where must be true or false, and it is {value}").format(value=value)
            raise UsageError(message, _("compare it: params <= 5e6"))
        return value

    def operands(self) -> dict[str, ast.expr]:
        """The sizes and costs it speaks of, by their text."""
        return {self.expression.text[slice(*self.expression.extent(n))]: n for n in self.nodes}

    def value(self, node: ast.expr, values: Values) -> Any:
        """The value of a part of it."""
        return evaluate(
            Expression(self.expression.text, node, self.expression.literals),
            _Environment(values, self.dotted),
        )

    def paths(self) -> set[tuple[str, str]]:
        """The layers it speaks of, each with the axis or cost that is asked; totals have no layer."""
        found = set()
        for node in self.nodes:
            if isinstance(node, ast.Name):
                found.add(("", node.id))
            else:
                assert isinstance(node, ast.Attribute)
                found.add((_path(node.value), node.attr))
        return found

    def distance(self, values: Values) -> float:
        """How far from true it is: relative differences, added up where all must hold."""
        return self._far(self.expression.tree, values)

    def _far(self, node: ast.expr, values: Values) -> float:
        if isinstance(node, ast.BoolOp):
            parts = [self._far(n, values) for n in node.values]
            return sum(parts) if isinstance(node.op, ast.And) else min(parts)
        if self.value(node, values) is True:
            return 0
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            a, b = self.value(node.left, values), self.value(node.comparators[0], values)
            if isinstance(a, (int, float)) and isinstance(b, (int, float)):
                return max(abs(a - b), 0.5) / max(1, abs(b))
        return 1


class _Environment:
    def __init__(self, values: Values, dotted: Sequence[str]) -> None:
        self.values = values
        self.dotted = dotted

    def value(self, name: str) -> Any:
        return self.values.total(name) if name in TOTALS else self.values.parameter(name)

    def axis(self, path: str, axis: str) -> Any:
        if f"{path}.{axis}" in self.dotted:
            return self.values.parameter(f"{path}.{axis}")
        if axis in PARTS:
            return self.values.part(path, axis)
        shape = self.values.shape(path)
        index = axis_index(axis, len(shape))
        if index is None:
            message = _("{name} has no axis {axis}: it is {shape}")
            raise LookupError(message.format(name=path, axis=axis, shape=show(shape)), None)
        return shape[index]


def _is_part(node: ast.AST) -> bool:
    """Whether this is a layer's cost, conv1.params, which other expressions do not know."""
    if not isinstance(node, ast.Attribute) or node.attr not in PARTS:
        return False
    base = node.value
    while isinstance(base, ast.Attribute):
        base = base.value
    return isinstance(base, ast.Name) or (
        isinstance(base, ast.Call)
        and isinstance(base.func, ast.Name)
        and base.func.id == "at"
        and len(base.args) == 1
        and isinstance(base.args[0], ast.Constant)
    )


def _called(tree: ast.expr, node: ast.AST) -> bool:
    return any(isinstance(n, ast.Call) and n.func is node for n in ast.walk(tree))


def _path(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_path(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        first = node.args[0]
        return str(first.value) if isinstance(first, ast.Constant) else ""
    return node.id if isinstance(node, ast.Name) else ""


def unknown_layer(path: str, names: Sequence[str]) -> LookupError:
    """The error for a layer that is not there."""
    help = suggest(path, list(names)[-2000:], _("its names are those of shapecalc table"))
    return LookupError(_("no layer is called {name}").format(name=path), help)


def unknown_name(name: str, known: Sequence[str]) -> LookupError:
    """The error for a name that is neither a total nor a parameter."""
    help = suggest(name, [*TOTALS, *known], _("a layer's size has an axis: {name}.H").format(name=name))
    return LookupError(_("nothing is called {name} here").format(name=name), help)
