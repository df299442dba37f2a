"""Values from a spec become the options of a node: worked out, of the right kind, one number per axis.

Pitfall: words stay words. `same` depends on sizes, so only the layer turns it into numbers, which no node ever shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ..errors import ShapeError, Span
from ..expression import ExpressionError, evaluate
from ..graph import Shape
from ..layers import Layer, Option
from ..layers._base import REQUIRED
from ..spec import BROKEN, UNKNOWN, Value
from ..spec.tree import Scalar
from ..spec.words import PADDING_WORDS, describe, example
from ..symbolic import holds, is_whole
from ..text import _, labelled
from .scope import Poisoned, Scope, axis_index


class BadValue(Exception):
    """A value that does not fit its field, with its place."""

    def __init__(self, code: str, message: str, span: Span, help: str | None = None) -> None:
        self.code, self.message, self.span, self.help = code, message, span, help


class Misfits(Exception):
    """Everything that is wrong with one layer's options."""

    def __init__(self, problems: list[Exception]) -> None:
        self.problems = problems


def work_out(value: Value, scope: Scope) -> Any:
    """The plain value: constants as they are, expressions evaluated, lists as tuples, mappings as dicts."""
    if value.expression is not None:
        try:
            return evaluate(value.expression, scope)
        except ExpressionError as error:
            node = value.node
            span = node.part(error.start, error.end) if isinstance(node, Scalar) else node.span
            raise BadValue(error.code, error.message, span, error.help) from None
    if value.items is not None:
        items = tuple(work_out(item, scope) for item in value.items)
        return dict(zip(value.keys, items)) if value.keys else items
    if value.constant is BROKEN:
        raise Poisoned
    return value.constant


def settle(given: Value, option: Option, scope: Scope) -> Any:
    """The value of a field, if it is of the option's kind; else BadValue, at the item of a list that is at fault."""
    value = work_out(given, scope)
    try:
        return fit(value, option, given.node.span)
    except BadValue as bad:
        if given.items and isinstance(value, tuple) and option.kind in ("size", "padding", "amount", "shape"):
            inner = Option(
                "amount" if option.kind in ("padding", "amount") else "int",
                help=option.help,
                low=_low(option),
            )
            inner.name = option.name
            for item in given.items:
                settle(item, inner, scope)
        raise bad from None


def _low(option: Option) -> int:
    return 1 if option.kind == "shape" else option.low


def fit(value: Any, option: Option, span: Span) -> Any:
    """`value` if it is of the option's kind, else BadValue."""
    if value is UNKNOWN or (isinstance(value, tuple) and _any_unknown(value)):
        if not option.name:
            raise BadValue("SC217", _("this is unknown"), span, _("put a number in its place"))
        message = _("{name} is unknown").format(name=option.name)
        raise BadValue("SC217", message, span, _("write a number, or have it worked out: shapecalc solve"))
    if _is_kind(value, option):
        return value
    if option.kind == "float" and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    what = describe(option.kind, option.choices)
    low = _low(option)
    if isinstance(value, float) and option.kind in ("int", "size", "padding", "amount", "shape"):
        message = _("{value} is a fraction, and a whole number is needed").format(value=value)
        raise BadValue("SC304", message, span, _("round it: int(x), ceil(x) or round_to(x, 8)"))
    help = example(option.kind)
    if is_whole(value) and option.kind in ("int", "size", "padding", "amount", "shape"):
        what = _("at least {n}").format(n=low)
        help = labelled(option.name, _(option.help)) if option.help else _("write a larger number")
    elif (
        isinstance(value, tuple)
        and option.kind in ("size", "padding", "amount", "shape")
        and _numbers(value, -(10**18), 2)
    ):
        what, help = _("numbers from {n} on").format(n=low), _("write larger numbers")
    raise BadValue(
        "SC204", _("expected {what}, found {text}").format(what=what, text=_shown(value)), span, help
    )


def _any_unknown(value: tuple[Any, ...]) -> bool:
    return any(v is UNKNOWN or (isinstance(v, tuple) and _any_unknown(v)) for v in value)


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        plain = all(map(is_whole, value))
        return "x".join(map(str, value)) if plain else f"[{', '.join(map(_shown, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_kind(value: Any, option: Option) -> bool:
    kind, low = option.kind, option.low
    if kind == "any":
        return True
    if kind == "int":
        return is_whole(value) and holds(value >= low)
    if kind == "bool":
        return isinstance(value, bool)
    if kind == "float":
        return isinstance(value, float)
    if kind in ("str", "axis"):
        return isinstance(value, str)
    if kind == "choice":
        return value in option.choices
    if isinstance(value, str):
        return kind == "padding" and value in PADDING_WORDS
    if kind in ("size", "padding", "amount", "shape"):
        return _numbers(value, 1 if kind == "shape" else low, 1 if kind in ("size", "shape") else 2)
    return isinstance(value, tuple)


def _numbers(value: Any, low: int, depth: int) -> bool:
    """Whether `value` is a number from `low` on, or a list of such, `depth` lists deep at most."""
    if isinstance(value, Mapping):
        return all(_numbers(v, low, 1) for v in value.values())
    if isinstance(value, tuple):
        return depth > 0 and bool(value) and all(_numbers(v, low, depth - 1) for v in value)
    return is_whole(value) and holds(value >= low)


def complete(
    layer: type[Layer], values: Mapping[str, Value], x: Shape, layout: str, scope: Scope
) -> dict[str, Any]:
    """All options of a layer for an input of this shape; raises Misfits with all that do not fit."""
    kind: Any = layer
    options = dict(_defaults(kind, len(x)))
    problems: list[Exception] = []
    for name, given in values.items():
        option, value = layer.OPTIONS[name], given.constant
        try:
            if not (type(value) is int and value >= option.low and option.kind in ("int", "size", "padding")):
                value = settle(given, option, scope)
            options[name] = spread(value, option, x, layout)
        except (BadValue, ShapeError, Poisoned) as problem:
            problems.append(problem)
    if problems:
        raise Misfits(problems)
    return options


@lru_cache(maxsize=256)
def _defaults(layer: Any, rank: int) -> Mapping[str, Any]:
    """What options are where nothing is said, in the layer's order."""
    x = (1,) * rank
    return {name: spread(option.default, option, x, "HWC") for name, option in layer.OPTIONS.items()}


def spread(value: Any, option: Option, x: Shape, layout: str) -> Any:
    """One number for all axes becomes one for each; shapes become channels-last."""
    kind, axes = option.kind, len(x) - 1
    if value is None or value is REQUIRED or kind not in ("size", "padding", "amount", "shape"):
        return value
    if kind == "shape":
        return channels_last(value, layout)
    if kind == "size":
        return (value,) * axes if is_whole(value) else _per_axis(value, axes, option.name)
    if isinstance(value, str):
        return value
    if kind == "padding":
        return _sides(value, axes, option.name)
    if not isinstance(value, Mapping):
        return (*_sides(value, axes, option.name), (0, 0))
    amounts = [(0, 0)] * len(x)
    for axis, amount in value.items():
        index = axis_index(axis, len(x))
        if index is None:
            raise ShapeError("SC407", _("the input has no axis {axis}").format(axis=axis), option.name)
        amounts[index] = (amount, amount) if is_whole(amount) else _per_axis(amount, 2, option.name)
    return tuple(amounts)


def _per_axis(value: tuple[Any, ...], axes: int, name: str) -> Any:
    if len(value) != axes:
        message = _("{name} has {n} numbers, and there are {axes} axes").format(
            name=name, n=len(value), axes=axes
        )
        raise ShapeError("SC408", message, name, _("one number holds for every axis"))
    return value


def _sides(value: Any, axes: int, name: str) -> tuple[tuple[int, int], ...]:
    """((before, after), …) from 1, (1, 2) or ((0, 1), (0, 1))."""
    if is_whole(value):
        return ((value, value),) * axes
    _per_axis(value, axes, name)
    for sides in value:
        if not is_whole(sides) and len(sides) != 2:
            message = _("{name} has {n} numbers for one axis, and an axis has two sides").format(
                name=name, n=len(sides)
            )
            raise ShapeError("SC408", message, name, _("write [[top, bottom], [left, right]]"))
    return tuple((v, v) if is_whole(v) else v for v in value)


def channels_last(value: Any, layout: str) -> Shape:
    """A shape as the engine holds it, from a number, a tuple in the spec's layout, or a mapping by axis."""
    if is_whole(value):
        return (value,)
    if isinstance(value, Mapping):
        order = [a for a in ("T", "Z", "H", "W", "C", "D") if a in value]
        return tuple(value[a] for a in order)
    return (*value[1:], value[0]) if layout == "CHW" and len(value) > 1 else tuple(value)


def as_written(shape: Shape, layout: str) -> Shape:
    """A channels-last shape in the layout that a reader asked for."""
    return (shape[-1], *shape[:-1]) if layout == "CHW" and len(shape) > 1 else shape
