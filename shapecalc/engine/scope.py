"""Names and where they can be seen: a scope's own entries first, then outwards; parameters by where they were written.

Pitfall: there are two chains. A reference (`from: conv1`) looks outwards through the places of use; a parameter is
looked up in the block's own text and the file's, and never in the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import Span, suggest
from ..graph import Shape
from ..spec import Entry, SeqEntry
from ..symbolic import joined
from ..text import _

if TYPE_CHECKING:
    from .paths import Step

NOWHERE = ""
"""Stands for the name of a layer that is not there; like a broken one it has no shape."""


class Poisoned(Exception):
    """Something this depends on was already reported; say nothing more."""


class Scope:
    """One use of a block, a branch, a named seq, or the file; `path` is its dotted name, "" for the file."""

    __slots__ = (
        "base",
        "branch",
        "branches",
        "called",
        "counters",
        "entered",
        "frozen",
        "inputs",
        "items",
        "name",
        "output",
        "parameters",
        "parent",
        "part",
        "path",
        "shapes",
        "sought",
        "source",
        "taken",
        "uses",
    )

    def __init__(
        self,
        path: str,
        parent: Scope | None,
        parameters: Mapping[str, Any],
        entered: str | None,
        uses: tuple[Span, ...],
    ) -> None:
        self.path = path
        self.parent = parent
        self.parameters = parameters
        self.entered = entered
        self.uses = uses
        self.frozen: bool = parent.frozen if parent else False
        self.shapes: dict[str, Shape | None] = parent.shapes if parent else {}
        self.inputs: tuple[str, ...] = parent.inputs if parent else ()
        self.items: dict[str, str | Scope] = {}
        self.called: Mapping[str, str] = {}
        self.counters: dict[str, int] = {}
        self.branches: dict[str, int] = {}
        self.taken: set[str] = set()
        self.output = entered
        self.source = entered or ""
        self.branch = self.name = self.base = ""
        self.part: bool = parent.part if parent else False
        self.sought: tuple[Step, ...] = ()

    def full(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def expecting(self, entries: Sequence[Entry]) -> None:
        """Keep the names that these entries give themselves out of the counters' way."""
        for entry in entries:
            if entry.name and entry.repeat is None:
                self.taken.add(entry.name)
            elif isinstance(entry, SeqEntry) and not entry.name:
                self.expecting(entry.entries)

    def count(self, word: str) -> str:
        """The next free name of a word: word1, word2 and so on."""
        name, self.counters[word] = self._next(word)
        return name

    def peek(self, word: str) -> str:
        """The name that `count` will give next."""
        return self._next(word)[0]

    def _next(self, word: str) -> tuple[str, int]:
        n = self.counters.get(word, 0) + 1
        while f"{word}{n}" in self.items or f"{word}{n}" in self.taken:
            n += 1
        return f"{word}{n}", n

    def base_of(self, entry: Entry) -> str:
        """The name of a repeated entry without the number of its turn; empty where another entry is called so."""
        base = entry.name or entry.word.lower()
        return base if entry.repeat is not None and base not in self.taken else ""

    def branch_name(self, key: str, joint: str) -> str:
        """The name of a branch's scope: its key, or key2 where that is taken, or is the joint's own name."""
        n = self.branches.get(key, 1)
        name = key if n == 1 else f"{key}{n}"
        while name in self.items or name == joint:
            n += 1
            name = f"{key}{n}"
        self.branches[key] = n
        return name

    def find(self, reference: str) -> str | Scope | None:
        """The node or scope that a reference means here, or None."""
        head, *rest = reference.split(".")
        scope: Scope | None = self
        while scope:
            found: str | Scope | None = scope.items.get(head)
            for part in rest:
                found = found.items.get(part) if isinstance(found, Scope) else None
            found = found or scope.items.get(reference) or scope.called.get(reference)
            if found is not None:
                return found
            scope = scope.parent
        return None

    def block(self) -> Scope:
        """The use of a block in which this scope lies; its parent is where the block's arguments were written."""
        scope = self
        while scope.parent and scope.parent.parameters is self.parameters:
            scope = scope.parent
        return scope

    def names(self) -> list[str]:
        """All names that can be seen from here."""
        return [*(self.parent.names() if self.parent else []), *self.items]

    def value(self, name: str) -> Any:
        """A parameter's value, for expressions."""
        if name in self.parameters:
            value = self.parameters[name]
            if value is Poisoned:
                raise Poisoned
            return value
        help = suggest(name, self.parameters, _("declare it under params:"))
        raise LookupError(_("nothing is called {name} here").format(name=name), help)

    def axis(self, path: str, axis: str) -> Any:
        """The size of one axis of a shape, for expressions such as input.C."""
        found = self.find(path)
        if path == "input" and (self.entered is not None or not found):
            found = self.entered
            if found is None:
                inputs = _(" or ").join(f"{name}.{axis}" for name in self.inputs)
                raise LookupError(
                    _("the network has several inputs"), _("say which: {names}").format(names=inputs)
                )
        name = found.output if isinstance(found, Scope) else found
        if name is None:
            help = suggest(path, self.names()[-2000:], _("only earlier entries can be named"))
            raise LookupError(_("no earlier layer is called {name}").format(name=path), help)
        shape = self.shapes.get(name)
        if shape is None:
            raise Poisoned
        index = axis_index(axis, len(shape))
        if index is None:
            message = _("{name} has no axis {axis}: it is {shape}").format(
                name=path, axis=axis, shape=show(shape)
            )
            letters = {1: "C", 2: "T C", 3: "H W C", 4: "Z H W C"}.get(len(shape), "")
            raise LookupError(message, _("its axes are {names}").format(names=letters))
        return shape[index]


def axis_index(axis: str, rank: int) -> int | None:
    """Where an axis stands in a channels-last shape of this rank; D is a name for the last axis, as C is."""
    if axis in ("C", "D"):
        return rank - 1
    if axis == "T":
        return 0 if rank <= 2 else None
    letters = {3: "HW", 4: "ZHW"}.get(rank, "")
    return letters.index(axis) if axis in letters else None


def show(shape: Shape) -> str:
    """A shape in a sentence: 28×28×6; a vector in brackets, [10]."""
    return joined(shape) if len(shape) > 1 else f"[{shape[0]}]" if shape else "[]"
