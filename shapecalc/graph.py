"""The network as the person wrote it, flat and in file order: layer words, options and wires, and no shape at all.

Pitfall: whatever stands here is common ground of the engine and of verification, so neither can check it. A kernel of
`3` may have become `(3, 3)`; `same` stays a word, and a default that depends on another option stays None.
"""

from __future__ import annotations

from collections.abc import Mapping

from .errors import Span
from .record import Record

Shape = tuple[int, ...]
Options = Mapping[str, object]


class Node(Record):
    """One layer: its dotted path, its word, the names it reads from and its options."""

    name: str
    layer: str
    inputs: tuple[str, ...]
    options: Options
    span: Span | None = None
    uses: tuple[Span, ...] = ()
    frozen: bool = False


class Composite(Record):
    """A layer made of others, as the person wrote it: its `node`, the names of its `parts`, and of their `output`."""

    node: Node
    parts: tuple[str, ...]
    output: str


class Graph(Record):
    """A whole network; `inputs` are channels-last shapes by name, `outputs` names of inputs or nodes.

    `nodes` has the parts of a layer that is made of others, `composites` what was written in their place.
    """

    name: str
    inputs: Mapping[str, Shape]
    nodes: tuple[Node, ...]
    outputs: tuple[str, ...]
    composites: tuple[Composite, ...] = ()
