"""What an ask may speak of: layers' and networks' sizes and costs, a window's letters, and the asks before it.

`conv1.params`, `conv1.H`, `plain.macs`, `plain.conv1.output`, `params` (of the whole network), `output.H`, `p`. The
language is the one of `solve --where`, and / is exact here. Pitfall: a word of the house (`params`, `output`) goes
before an ask of the same name.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from fractions import Fraction
from math import prod
from typing import Any

from ...analysis.solve.quantities import AXES, unknown_layer
from ...analysis.solve.walks import locate, within
from ...engine.scope import axis_index, show
from ...errors import nearest
from ...expression import Expression, ExpressionError, evaluate, parse
from ...graph import Shape
from ...quantities import QUANTITIES as KINDS
from ...quantities import SUMMED
from ...record import Record
from ...text import _
from ..conventions import Conventions
from ..question import Question
from . import asking
from .records import Answer, Ask
from .scene import QUANTITIES, Net

OTHERS = {"output": "output_shape", "size": "output_size"}
"""Short names of a layer's quantities."""
COUNTED = ("trainable",)
SHAPED = ("output", "input", "size", "receptive_field", "jump")
COUNTS = (*SUMMED, *COUNTED)
WORDS = tuple(
    dict.fromkeys((*AXES, *SHAPED, *COUNTS, *(name for name in KINDS if name not in OTHERS.values())))
)
"""Everything that may stand behind a layer's name and a dot."""
KIND = {"receptive_field": "size", "jump": "size", "size": "size", "output": "shape", "input": "shape"}


class Found(Record):
    """A quantity: its answers, the first to be reckoned with, and the question behind it."""

    right: tuple[Answer, ...]
    kind: str = "number"
    question: Question | None = None
    way: tuple[str, ...] = ()
    worked: str = ""


class Names:
    """The names of one problem. `done` are its asks so far; `instead` are other values for some operands."""

    def __init__(self, nets: Mapping[str, Net], conventions: Conventions) -> None:
        self.nets = nets
        self.conventions = conventions
        self.done: dict[str, Ask] = {}
        self.instead: Mapping[str, Any] = {}
        self.seen: dict[str, Found] = {}

    def value(self, name: str) -> Any:
        """Of an expression: a bare name."""
        if name in self.instead:
            return self.instead[name]
        return self._reckon(name, self.find("", name))

    def axis(self, path: str, axis: str) -> Any:
        """Of an expression: what stands behind a dot."""
        name = f"{path}.{axis}"
        if name in self.instead:
            return self.instead[name]
        return self._reckon(name, self.find(path, axis))

    def _reckon(self, name: str, found: Found) -> Any:
        self.seen[name] = found
        if len(found.right) > 1:
            raise LookupError(_("{name} has several answers").format(name=name), _("ask for it by itself"))
        return found.right[0]

    def find(self, path: str, word: str) -> Found:
        """The quantity `word` of a layer, block or network. Raises LookupError with a sentence and a cure."""
        head, _dot, rest = path.partition(".")
        if head in self.nets and head:
            return self._of(head, self.nets[head], rest, word)
        net = self.nets.get("")
        if path:
            if net is None:
                raise _unknown(path, [*self.nets])
            return self._of("", net, "" if path == "total" and word in COUNTS else path, word)
        if net is not None and (word in net.letters or word in COUNTS or word in SHAPED):
            return self._of("", net, "", word)
        if word in self.done:
            ask = self.done[word]
            return Found(ask.right, ask.kind, ask.question, ask.way)
        known = [*self.nets, *self.done, *(net.letters if net else ()), *(COUNTS if net else ())]
        near = nearest(word, known)
        help = _("did you mean {word}?").format(word=near) if near else _("a layer's quantity stands behind a dot: conv1.params")  # fmt: skip
        raise LookupError(_("nothing is called {name} here").format(name=word), help)

    def _of(self, name: str, net: Net, path: str, word: str) -> Found:
        if not path and word in net.letters:
            return self._letter(name, net, word)
        if f"{path}.{word}" in net.solved:
            right = net.solved[f"{path}.{word}"]
            question = self._question(net, path, word)
            return Found(right, KINDS[word].kind if word in KINDS else "number", question)
        if word not in WORDS:
            near = nearest(word, list(WORDS))
            help = _("did you mean {word}?").format(word=near) if near else _("there are {names}").format(names=" ".join(WORDS))  # fmt: skip
            raise LookupError(_("a layer has no {name}").format(name=word), help)
        if word in AXES:
            return self._axis(name, net, path, word)
        if word in COUNTS:
            return self._count(name, net, path, word)
        return self._shape(name, net, path, word)

    def _letter(self, name: str, net: Net, word: str) -> Found:
        right = net.solved.get(word, (net.letters[word],))
        quantity = QUANTITIES.get(word, "")
        question = self._question(net, "window", quantity) if quantity else None
        if isinstance(right[0], str):
            raise LookupError(_("{name} is the word {word}, no number").format(name=word, word=right[0]), _("ask for window.padding"))  # fmt: skip
        kind = KINDS[quantity].kind if quantity else "size"
        if (self.conventions.padding == "total" and word == "p") or (
            self.conventions.dilation == 0 and word == "d"
        ):
            right = question.solutions() if question else right
        worked = net.worked if right == net.solved.get(word) else ""  # a convention may count it otherwise
        return Found(right, kind, question, self._way(name, net, "window"), worked)

    def _axis(self, name: str, net: Net, path: str, word: str) -> Found:
        shape = net.shape(path or "output")
        index = axis_index(word, len(shape))
        if index is None:
            message = _("{name} has no axis {axis}: it is {shape}")
            raise LookupError(message.format(name=path or name, axis=word, shape=show(shape)), None)
        sized = index < len(shape) - 1 and len(set(shape[:-1])) == 1
        question = self._question(net, path or "output", "output_size") if sized else None
        return Found((shape[index],), "size" if sized else "number", question, self._way(name, net, path))

    def _count(self, name: str, net: Net, path: str, word: str) -> Found:
        kind = KINDS[word].kind if word in KINDS else "number"
        if path in net.bound.graph.inputs or (path == "input" and net.bound.scopes.find(path) is None):
            if word not in ("activations", "memory"):
                raise LookupError(_("an input has no {name}").format(name=word), _("ask a layer: conv1.{name}").format(name=word))  # fmt: skip
            each = self.conventions.bytes_per_value if word == "memory" else 1
            return Found((prod(net.shape(path)) * each,), kind)
        order = [node.name for node in net.bound.graph.nodes]
        inside = within(net.bound, path) if path else set(order)
        views = {node.name for node, layer in zip(net.bound.graph.nodes, net.bound.layers) if layer.view}
        listed = [n for n in order if n in inside]
        names = [n for n in listed if n not in views] or listed[-1:]
        if word in COUNTED:
            return Found((sum(r.params.trainable for r in net.table.rows if r.name in inside),))
        used = self.conventions
        if len(names) == 1:
            question = asking.of_layer(net.bound, names[0], word, used)
        else:
            question = asking.of_layers(net.bound, names, word, used)
        value = asking.value(question)
        if value is None:
            raise LookupError(_("{name} cannot be worked out").format(name=f"{path or 'total'}.{word}"), None)
        way = self._way(name, net, names[0]) if len(names) == 1 else ()
        return Found((value,), kind, question, way)

    def _shape(self, name: str, net: Net, path: str, word: str) -> Found:
        at = locate(net.bound, path or "output")
        way, kind = (
            self._way(name, net, path),
            KIND.get(word, KINDS[word].kind if word in KINDS else "number"),
        )
        if word == "input":
            inputs = {node.name: node.inputs for node in net.bound.graph.nodes}
            first = next(iter(net.bound.graph.inputs)) if not path else inputs.get(at, (at,))[0]
            return Found((net.bound.shapes[first],), kind)
        if word in ("receptive_field", "jump"):
            row = next((row for row in net.table.rows if row.name == at), None)
            field = row.receptive_field if row else None
            if field is None:
                raise LookupError(_("{name} sees everything, or is no layer").format(name=path or "output"), _("ask a layer before it"))  # fmt: skip
            if word == "jump":
                return Found((_one(field.stride),), kind)
            return Found((_one(field.size),), kind, self._question(net, at, word), way)
        if at in net.bound.graph.inputs:
            shape = net.bound.shapes[at]
            return Found((shape[:-1] if word == "size" else shape,), kind)
        question = self._question(net, at, OTHERS.get(word, word))
        value = asking.value(question) if question else None
        if value is None:
            raise LookupError(_("{path} has no {name}").format(path=path or "output", name=word), _("its options are those of shapecalc layers"))  # fmt: skip
        return Found((value,), kind, question, way)

    def _question(self, net: Net, path: str, quantity: str) -> Question | None:
        at = locate(net.bound, path)
        if at in net.bound.graph.inputs or quantity not in KINDS:
            return None
        return asking.of_layer(net.bound, at, quantity, self.conventions)

    def _way(self, name: str, net: Net, path: str) -> tuple[str, ...]:
        at = locate(net.bound, path or "output")
        return tuple(f"{name}.{n}" if name else n for n in asking.way(net.bound, at))


def _one(sizes: Shape) -> Any:
    return sizes[0] if len(set(sizes)) == 1 else tuple(sizes)


def _unknown(path: str, known: list[str]) -> LookupError:
    near = nearest(path, known)
    help = _("did you mean {word}?").format(word=near) if near else _("the networks are {names}").format(names=" ".join(known))  # fmt: skip
    return LookupError(unknown_layer(path, known).args[0], help)


def ask_of(names: Names, cell: str, text: str) -> Ask:
    """An expression's answers. Raises ExpressionError, with the place inside it, for what is not understood."""
    expression = parse(text, _allowed)
    tree = expression.tree
    if isinstance(tree, (ast.Name, ast.Attribute)) and not expression.text.startswith("at("):
        path, _dot, word = text.strip().rpartition(".")
        try:
            found = names.find(path, word)
        except LookupError as unknown:
            raise ExpressionError("SC303", *_placed(unknown, expression)) from None
        return Ask(cell, text, found.kind, found.right, None, (), _work(found), found.question, found.way)
    names.seen = {}
    value = _exact(evaluate(expression, names))
    operands = {name: found.question for name, found in names.seen.items()}

    def again(instead: Mapping[str, Any]) -> Any:
        names.instead = instead
        try:
            return _exact(evaluate(expression, names))
        except ExpressionError:
            return None
        finally:
            names.instead = {}

    kind = "yes_no" if isinstance(value, bool) else "size" if isinstance(value, tuple) else "number"
    if any(isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) for node in ast.walk(tree)):
        kind = "ratio"
    elif kind == "number" and any(found.kind == "bytes" for found in names.seen.values()):
        kind = "bytes"
    work = "" if kind == "yes_no" else _numbers_in(expression, {n: f.right[0] for n, f in names.seen.items()})
    return Ask(cell, text, kind, (value,), None, (), work, operands=operands, again=again)


def _placed(unknown: LookupError, expression: Expression) -> tuple[Any, ...]:
    message, help = unknown.args
    return message, *expression.extent(expression.tree), help


def _allowed(node: ast.AST) -> bool:
    """What asks have beyond other expressions: quantities behind a dot, and division."""
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Div)
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _exact(value: Any) -> Any:
    if isinstance(value, float):
        value = Fraction(str(value))
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value


def _work(found: Found) -> str:
    if found.worked or found.question is None:
        return found.worked
    try:
        return found.question.work()
    except (ValueError, ArithmeticError):
        return ""


def _numbers_in(expression: Expression, values: Mapping[str, Any]) -> str:
    """The expression with its operands' numbers in their place."""
    text = expression.text
    places = [
        (*expression.extent(node), text[slice(*expression.extent(node))])
        for node in ast.walk(expression.tree)
        if isinstance(node, (ast.Name, ast.Attribute))
    ]
    for start, end, name in sorted(places, reverse=True):
        if name in values and isinstance(values[name], (int, Fraction)):
            text = f"{text[:start]}{values[name]}{text[end:]}"
    return text.replace("*", "·").replace("-", "−")
