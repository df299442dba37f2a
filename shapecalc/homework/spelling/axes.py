"""The list of axes in a row of signs: separators, nested lists, products in brackets, powers, maps first.

Pitfall: between axes a × or a space is a separator and + is arithmetic, so `32-5+1 x 28 x 6` may mean two things and is
refused; `(32-5+1) x 28 x 6` is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ...record import Record
from ...text import N_, _
from .arithmetic import work_out
from .refused import Refused
from .sieve import TWO, Sieve, become, effects, refuse
from .tokens import Token
from .words import ABOUT, ALTERNATIVES, BATCH, BOUNDS, FILLERS, JOINERS, MAPS, SMALL, UNITS

Axis = Fraction | None  # None: a batch axis
Tree = list[Any]
"""Tokens, and lists of them for what stands in brackets."""
_SUMS = ("+", "-", "/", "//")
_PAIRS = {"(": ")", "⌊": "⌋", "⌈": "⌉"}
_SQUARES = (2, 3)
MAX_DEPTH = 12
MISSING = N_("an axis is missing")
TWO_SHAPES = N_("it holds two shapes, and only one can be the answer")
DEEP = N_("brackets lie too deep inside each other")


class Axes(Record):
    """Axes in the order of the text; `maps_first` where they were put channels last already."""

    axes: tuple[Axis, ...]
    maps_first: bool = False
    other: tuple[Axis, ...] = ()
    """The same text read otherwise: (28x28)x6 with its bracket as one axis."""


def axes_of(tokens: Sequence[Token]) -> Axes:
    """The axes that these tokens write. Raises Refused."""
    sieve = _Axes(tokens)
    tree = _unwrapped(_nested(_balanced(sieve.one())))
    sides = _split(tree, ("@",))
    if len(sides) > 1:
        sizes = [_fields(_unwrapped(side)) for side in sides]
        if len(sides) > 2 or min(map(len, sizes)) != 1:
            raise Refused(_("a shape with @ is maps@height x width"))
        maps, plane = sizes if len(sizes[0]) == 1 else sizes[::-1]
        return Axes((*plane, *maps), maps_first=True)
    if plane_and_maps := _plane(_leaves(tree)):
        return plane_and_maps
    axes = tuple(_fields(tree))
    return Axes((*axes[1:], axes[0]), maps_first=True) if sieve.maps_first() and len(axes) > 1 else Axes(axes)


class _Axes(Sieve):
    """The signs and numbers of one shape among words; `maps` are the numbers that a word says count maps."""

    least_in_words = 2  # six 28x28 maps; but one of them

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.maps = list[Token]()
        super().__init__(tokens)

    def one(self) -> list[Token]:
        """The only run with a number."""
        runs = self.full()
        if len(runs) != 1:
            raise Refused(_(TWO_SHAPES) if runs else _("there is no shape in it"))
        return runs[0]

    def maps_first(self) -> bool:
        """Whether the first number counts maps: 6 maps of 28x28, 6 28x28 maps."""
        run = self.one()
        if not self.maps or not run[0].number:
            return False
        kinds = [token.kind for token in run]
        if kinds == ["number", "number", "×", "number"] and self.maps[0] is run[-1]:
            return True
        return self.maps[0] is run[0] and kinds[1:2] in (["number"], [","], ["("])

    def batch(self, token: Token) -> None:
        """`None`, `N` and ? before all numbers are a batch axis; elsewhere they are words like others."""
        following, begun = self.beside(1), any(token.number for token in self.run)
        if not begun and (token.kind == "?" or (following and following.kind in ("×", ","))):
            self.keep(token._replace(kind="batch"))
        elif token.kind != "?":
            _WORDS.get(token.text, _Axes.unknown)(self, token)

    def between(self, token: Token) -> None:
        """A : or | between two numbers separates axes."""
        between = self.run and self.run[-1].number and self.is_number(1)
        (become(",") if between else Sieve.cut)(self, token)

    def count(self, token: Token) -> None:
        """The number before it counts maps."""
        self.maps += [last for last in self.run[-1:] if last.number]

    def join(self, token: Token) -> None:
        """`28x28x6 and 14x14x6` are two shapes, `28 and 28` is one."""
        if all(any(t.kind == "×" for t in side) for side in (self.run, self.tokens[self.at :])):
            self.cut(token)


_WORDS = effects(
    (("by",), become("×")), (("个", "张", *MAPS), _Axes.count), (ALTERNATIVES, refuse(TWO)), (("and", "和", "与"), _Axes.join),
    ((*JOINERS, *FILLERS, *UNITS, *ABOUT), Sieve.drop), (BOUNDS, refuse(N_("“{word}” makes something else of the shape"))),
    (SMALL, Sieve.spelled),
)  # fmt: skip
_Axes.table = {**_WORDS, **effects(
    (("?", *BATCH), _Axes.batch), ("≈~", Sieve.drop), (":|", _Axes.between), ("=#!'.$&\\", Sieve.cut),
    ("≤≥≠±%", refuse(N_("{text} was not expected there"))),
)}  # fmt: skip


def _nested(tokens: Sequence[Token]) -> Tree:
    """The tokens as a tree: a list for what stands in brackets, with the brackets."""
    stack: list[Tree] = [[]]
    for token in tokens:
        if token.kind in _PAIRS:
            stack.append([token])
        elif token.kind in _PAIRS.values():
            inner = stack.pop()
            if not stack:
                raise Refused(_("a bracket is not closed"))
            stack[-1].append([*inner, token])
        else:
            stack[-1].append(token)
        if len(stack) > MAX_DEPTH:
            raise Refused(_(DEEP))
    if len(stack) > 1:
        raise Refused(_("a bracket is not closed"))
    return stack[0]


def _leaves(tree: Tree) -> list[Token]:
    return [leaf for node in tree for leaf in (_leaves(node) if isinstance(node, list) else [node])]


def _unwrapped(tree: Tree) -> Tree:
    """Without the brackets around all of it."""
    while len(tree) == 1 and isinstance(tree[0], list) and _kind(tree[0][0]) == "(":
        tree = tree[0][1:-1]
    if not any(token.number or token.kind == "batch" for token in _leaves(tree)):
        raise Refused(_(MISSING))
    return tree


def _balanced(tokens: list[Token]) -> list[Token]:
    """Without a bracket at an end that was never closed or opened, and without < and > around it."""
    depth = sum((token.kind == "(") - (token.kind == ")") for token in tokens)
    if depth == 1 and tokens[0].kind == "(":
        tokens = tokens[1:]
    elif depth == -1 and tokens[-1].kind == ")":
        tokens = tokens[:-1]
    return tokens[1:-1] if [tokens[0].kind, tokens[-1].kind] == ["<", ">"] else tokens


def _kind(node: Token | Tree) -> str:
    return "list" if isinstance(node, list) else node.kind


def _plane(tokens: Sequence[Token]) -> Axes | None:
    """`(28x28)x6` and `6x(28x28)`: a map's size in brackets and the number of maps, on either side."""
    kinds = "".join("n" if token.number else token.kind for token in tokens)
    numbers = tuple(token.number.value for token in tokens if token.number)
    if kinds in ("(n×n)×n", "(n×n),n", "(n×n)n"):
        return Axes(numbers, other=(numbers[0] * numbers[1], numbers[2]))
    if kinds == "n×n^n" and numbers[2] == 2:  # 6 x 28²
        return Axes((numbers[1], numbers[1], numbers[0]), True, (numbers[0], numbers[1], numbers[1]))
    if kinds in ("n×(n×n)", "n(n×n)", "n,(n×n)", "n(n,n)", "n×(n,n)"):
        return Axes((*numbers[1:], numbers[0]), True, (numbers[0], numbers[1] * numbers[2]))
    return None


def _split(tree: Tree, separators: Sequence[str]) -> list[Tree]:
    """The stretches between separators that stand in no bracket."""
    parts: list[Tree] = [[]]
    for node in tree:
        if _kind(node) in separators:
            parts.append([])
        else:
            parts[-1].append(node)
    return parts


def _fields(tree: Tree) -> list[Axis]:
    """Axes of a list: split at commas, each part at × and spaces, unless it is arithmetic."""
    parts = _split(tree, (",", ";"))
    if len(parts) > 1 and not parts[-1]:
        parts.pop()
    axes = list[Axis]()
    for part in parts:
        kinds = list(map(_kind, part))
        if not any(kind in _SUMS for kind in kinds[1:]):
            for item in _split(part, ("×",)):
                axes += _item(item, first=not axes)
            continue
        value = work_out(_leaves(part)).value
        if kinds[1::2] in (["/"], ["/", "/"]) and value.denominator > 1:
            raise Refused(_(TWO))
        if len(parts) == 1 and "×" in kinds:
            raise Refused(_("× and + stand side by side: put each axis in brackets"))
        axes.append(value)
    return axes


def _item(item: Tree, first: bool) -> list[Axis]:
    """What stands between two separators: an axis, a power of one, a list, or several with spaces between."""
    if not item:
        raise Refused(_(MISSING))
    axes, at = list[Axis](), 0
    while at < len(item):
        size = 1 + (_kind(item[at]) in ("word", "-"))
        base, at = item[at : at + size], at + size
        if at < len(item) and _kind(item[at]) == "^":
            n, value = work_out(_leaves(item[at + 1 : at + 2])).value, work_out(_leaves(base)).value
            axes += [value] * int(n) if n in _SQUARES else [work_out(_leaves(item[at - size : at + 2])).value]
            at += 2
        else:
            axes += _base(base, first and not axes)
    return axes


def _base(base: Tree, first: bool) -> list[Axis]:
    """One axis, or those of a list in brackets; a batch axis where None, ? or a leading -1 stands."""
    node, leaves = base[0], _leaves(base)
    if _kind(node) == "batch":
        return [None]
    inner = node[1:-1] if isinstance(node, list) and _kind(node[0]) == "(" else []
    if any(_kind(part) in (",", ";") for part in inner) or list(map(_kind, inner)) == [
        "number",
        "^",
        "number",
    ]:
        return _fields(inner)
    value = work_out(leaves).value
    return [None] if first and value == -1 and leaves[0].kind == "-" else [value]
