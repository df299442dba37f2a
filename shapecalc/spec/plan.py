"""A spec read and checked, but not yet unrolled: entries, compiled expressions and their places.

Pitfall: nothing here has a shape or a number that depends on one; the same plan is bound again for other sizes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import Diagnostic, Source
from ..expression import Expression
from ..layers import Layer
from ..record import Record
from .tree import Scalar, Tree

if TYPE_CHECKING:
    from .grading import Grading


class Value(Record):
    """What stands in a field: a constant, an expression, or a list or mapping of values; `node` is its place."""

    node: Tree
    constant: Any = None
    expression: Expression | None = None
    items: tuple[Value, ...] | None = None
    keys: tuple[str, ...] | None = None

    @property
    def literal(self) -> bool:
        """No expression in it: it stays the same whatever the parameters are."""
        return self.expression is None and all(item.literal for item in self.items or ())


Kind = TypeVar("Kind", bound="Entry")
UNKNOWN = type("Unknown", (), {"__repr__": lambda self: "unknown"})()
"""A blank that `solve` fills."""
BROKEN = type("Broken", (), {"__repr__": lambda self: "broken"})()
"""Stands for a value in which a mistake was found: what depends on it is passed over in silence."""
UNREAD = type("Unread", (), {"__repr__": lambda self: "unread"})()
"""Stands for a value that is read once it is known which option it is for."""


class Setting(Record):
    """A dotted override: `key` is the place of its path."""

    key: Tree
    value: Value


class Param(Record):
    """A parameter of a block or a file; without a default it is required."""

    name: str
    kind: str
    default: Value | None
    node: Tree


class Block(Record):
    name: str
    params: Mapping[str, Param]
    entries: list[Entry]
    node: Tree
    builtin: bool = False


class Reference(Record):
    """A name in from:, a list of names or outputs:; `parameter` where it is `$name`."""

    text: str
    node: Tree
    parameter: bool = False


class Entry:
    """One line of `layers:`, what all kinds of it have; `layer`, `entries` and such are empty where a kind has none.

    `origin` is the entry of the file, where this one is a copy with dotted overrides put in.
    """

    __slots__ = (
        "else_",
        "expect",
        "frozen",
        "if_",
        "key",
        "name",
        "name_node",
        "node",
        "note",
        "options",
        "origin",
        "repeat",
        "source",
        "word",
    )
    layer: type[Layer] | None = None
    block: Block | None = None
    entries: Sequence[Entry] = ()
    branches: Sequence[tuple[Scalar, list[Entry]]] = ()
    references: tuple[Reference, ...] = ()

    def __init__(self, word: str, key: Tree, node: Tree) -> None:
        self.word = word
        self.key = key
        self.node = node
        self.options: dict[str, Value] = {}
        self.source: tuple[Reference, ...] = ()
        self.name: str | None = None
        self.name_node: Tree | None = None
        self.repeat: Value | None = None
        self.if_: Value | None = None
        self.else_: list[Entry] = []
        self.expect: Value | None = None
        self.note: str | None = None
        self.frozen: Value | None = None
        self.origin: Entry | None = None

    @property
    def key_text(self) -> str:
        """The word as it was written, an alias as an alias."""
        return self.key.text if isinstance(self.key, Scalar) else self.word

    def become(self, kind: type[Kind]) -> Kind:
        """Return an entry of another kind with all that kinds have in common."""
        other = kind(self.word, self.key, self.node)
        for name in Entry.__slots__:
            setattr(other, name, getattr(self, name))
        return other


class LayerEntry(Entry):
    """A layer of one input."""

    __slots__ = ("layer",)
    layer: type[Layer]


class BlockEntry(Entry):
    """A use of a block: of the file's, or of one that a `layer` is written out as."""

    __slots__ = ("block", "layer")
    block: Block

    def __init__(self, word: str, key: Tree, node: Tree) -> None:
        super().__init__(word, key, node)
        self.layer = None


class SeqEntry(Entry):
    """Entries in a row."""

    __slots__ = ("entries",)
    entries: list[Entry]


class BranchesEntry(Entry):
    """A layer that joins branches, each of them written under its key."""

    __slots__ = ("branches", "layer")
    layer: type[Layer]

    def __init__(self, word: str, key: Tree, node: Tree) -> None:
        super().__init__(word, key, node)
        self.branches: list[tuple[Scalar, list[Entry]]] = []


class NamesEntry(Entry):
    """A layer that joins what names mean."""

    __slots__ = ("layer", "references")
    layer: type[Layer]


class BrokenEntry(Entry):
    """A line that could not be read; it stays, so that the lines after it keep their names."""

    __slots__ = ("layer",)

    def __init__(self, word: str, key: Tree, node: Tree) -> None:
        super().__init__(word, key, node)
        self.layer = None


class Figure(Record):
    """A figure that a source prints: of the network, or of the row `layer`."""

    quantity: str
    value: str
    where: str
    node: Tree
    layer: str | None = None
    wrong: str | None = None


class Bound(Record):
    """What an expectation asks of a quantity: `sign` is ==, <= or <."""

    sign: str
    value: Value
    node: Tree


class Plan(Record):
    """A whole spec; `inputs` are shape values in the file's layout; an `inherited` one is another's base.

    With `errors` it can be bound for the mistakes that only shapes show, and never gives a network.
    """

    name: str
    source: Source
    inputs: Mapping[str, Value]
    layout: str
    params: Mapping[str, Param]
    blocks: Mapping[str, Block]
    entries: list[Entry]
    outputs: tuple[Reference, ...]
    frozen: tuple[Reference, ...]
    expect: Mapping[str, Bound]
    published: tuple[Figure, ...]
    grading: Grading | None
    texts: Mapping[str, str]
    settings: Mapping[str, Value]
    symbols: tuple[str, ...]
    warnings: tuple[Diagnostic, ...]
    root: Tree
    dotted: Mapping[str, Setting] = {}
    inherited: bool = False
    errors: tuple[Diagnostic, ...] = ()
