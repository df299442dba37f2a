"""Which sizes of a walk are letters: capitals in an input shape, and what `--symbolic` names.

Pitfall: a letter that was given a number is none, so `--set T=128` binds again what `--symbolic T` or the file leaves
open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import Diagnostic
from ..graph import Shape
from ..layers._base import spatial
from ..spec import Plan, Value
from ..symbolic import Undecided, has_letters
from ..text import _

if TYPE_CHECKING:
    from ..symbols import Space
    from .bind import Binder
    from .scope import Scope

_CAPITAL = re.compile(r"[A-Z][0-9]*")


class Letters:
    """The letters of one walk; `space` is None while there are only numbers."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self.space: Space | None = None
        self.used: set[str] = set()
        self.remarks: list[str] = []

    def make(self, name: str, whole: bool = True) -> Any:
        """The letter of this name."""
        if self.space is None:
            from ..symbols import Space

            self.space = Space()
        self.used.add(name)
        return self.space.letter(name, whole)

    def axes(self, shape: Shape, taken: Mapping[str, Any]) -> Shape:
        """An input's shape with the axes that --symbolic names as letters; H alone moves an equal W, too."""
        names = spatial(len(shape)) + "C"
        wanted = [name for name in self.names if name in names and name not in taken]
        sizes: list[Any] = list(shape)
        for name in wanted:
            sizes[names.index(name)] = self.make(name)
        if names[:2] == "HW" and len({"H", "W"} & set(wanted)) == 1 and shape[0] == shape[1]:
            (name,) = {"H", "W"} & set(wanted)
            sizes[0] = sizes[1] = self.make(name)
            other = "W" if name == "H" else "H"
            self.remarks.append(
                _("the input is square, so {other} goes with {name}").format(other=other, name=name)
            )
        return tuple(sizes)

    def enter(self, name: str) -> None:
        """What is assumed from here on is assumed for this layer."""
        if self.space is not None:
            self.space.place = name

    def settled(self, shape: Shape) -> Shape:
        """A layer's output as it is shown: what is known of remainders put in, its sizes remembered."""
        if self.space is None:
            return shape
        sizes = tuple(map(self.space.settled, shape))
        for size in sizes:
            self.space.note_size(size)
        return sizes

    def open(self, plan: Plan) -> Diagnostic | None:
        """What to say where only numbers will do, and there are letters."""
        if self.space is None:
            return None
        place = next(iter(plan.inputs.values())).node.span
        message = _("there is no number for {names} yet, and only numbers can be run")
        settings = " ".join(f"--set {name}=224" for name in self.space.symbols)
        help = _("bind it: {settings}; or give the whole --input").format(settings=settings)
        return Diagnostic("SC218", message.format(names=_(" and ").join(self.space.symbols)), place, help)

    def needs(self) -> dict[str, tuple[str, ...]]:
        """What was assumed at each layer, in the expression grammar."""
        found: dict[str, tuple[str, ...]] = {}
        for place, text in self.space.log if self.space else ():
            found[place] = (*found.get(place, ()), text)
        return found


def unbound(binder: Binder, file: Scope) -> dict[str, Any]:
    """Letters for the capitals in the file's inputs, and in those that override them, that have no number."""
    names = [name for name in binder.plan.symbols if name not in file.parameters]
    for value in binder.overrides.inputs.values():
        names += [name for name in capitals(value) if name not in file.parameters]
    return {name: binder.letters.make(name) for name in dict.fromkeys(names)}


def capitals(value: Value) -> list[str]:
    """The capital letters in a shape."""
    found = [name for item in value.items or () for name in capitals(item)]
    if value.expression is not None:
        found += [name for name in value.expression.names() if _CAPITAL.fullmatch(name)]
    return found


def any_letter(*shapes: Shape) -> bool:
    """Whether some size is no number yet."""
    return any(map(has_letters, shapes))


def never(truth: Any) -> bool:
    """Whether it is false for certain."""
    try:
        return not truth
    except Undecided:
        return False


def certainly_differ(x: Shape, y: Shape) -> bool:
    """Whether two shapes are different whatever their letters will be: H and H − 2, but not H and 32."""
    from ..symbols.algebra import equal

    return len(x) != len(y) or any(never(equal(a, b)) for a, b in zip(x, y))
