"""What a spec promises about its numbers: expectations, the source's own figures, and how answers are marked.

Pitfall: nothing here is compared with anything; a bound is an expression with a sign, and a figure is text until the
engine has the number that it is held against.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import meant, there_are
from ..pattern import Pattern
from ..text import _
from .findings import Findings
from .plan import Bound, Figure
from .tree import Mapping, Scalar, Sequence, Tree
from .values import Reader

if TYPE_CHECKING:
    from .grading import Grading

QUANTITIES = ("params", "macs", "macs_on_data", "flops", "weights", "biases", "trainable", "buffers", "connections", "activations",
              "layers", "weight_layers", "depth", "param_bytes", "activation_bytes", "peak_activation_bytes")  # fmt: skip
FIGURE = ("quantity", "value", "where", "layer", "wrong")
MEANT = {
    "parameters": "params", "parameter": "params", "param": "params", "weight": "weights", "bias": "biases", "mac": "macs",
    "madds": "macs", "mult_adds": "macs", "mults": "macs", "flop": "flops", "shape": "output_shape", "size": "activations",
    "参数": "params", "参数量": "params",
}  # fmt: skip
"""Other words for quantities and columns."""
_BOUND = Pattern(r"(==|<=|<|≤|=<|>=|>|≥|!=|=)?(\s*)(.*?)\s*")
_SIGNS = {None: "==", "==": "==", "<=": "<=", "≤": "<=", "<": "<"}


class Promises:
    """Reads expect:, published: and grading:."""

    def __init__(self, findings: Findings, known: set[str]) -> None:
        self.findings = findings
        self.fields = Reader(findings, known)

    def pairs(self, node: Tree | None) -> list[tuple[Scalar, Tree]]:
        """The pairs of a mapping, none where nothing stands."""
        if isinstance(node, Mapping):
            return node.pairs
        if node is not None and not (isinstance(node, Scalar) and node.null):
            self.fields.wrong(node, "mapping")
        return []

    def unknown(self, key: Tree, word: str, message: str, known: tuple[str, ...]) -> None:
        near = MEANT.get(word.lower().replace(" ", "_"))
        near = near if near in known else self.findings.near(word, known)
        self.findings.say("SC206", message.format(key=word), key, meant(near) if near else there_are(known))

    def expect(self, node: Tree | None) -> dict[str, Bound]:
        """The expectations of the whole network, by quantity."""
        bounds = dict[str, Bound]()
        for key, item in self.pairs(node):
            if key.text == "output":
                bounds[key.text] = Bound("==", self.fields.value(item, "shape"), item)
            elif key.text not in QUANTITIES:
                self.unknown(key, key.text, _("{key} is no quantity"), ("output", *QUANTITIES))
            elif bound := self.bound(item):
                bounds[key.text] = bound
        return bounds

    def bound(self, node: Tree) -> Bound | None:
        """A number or an expression, with a sign before it."""
        if not isinstance(node, Scalar):
            self.fields.wrong(node, "cost")
            return None
        match = _BOUND.fullmatch(node.text.strip())
        lead = len(node.text) - len(node.text.lstrip())
        if match is None or match[1] not in _SIGNS:
            sign = match[1] if match else ""
            message = _("{sign} is no bound").format(sign=sign)
            place = node.part(lead, lead + len(sign))
            self.findings.say("SC204", message, place, _("there are ==, <= and <"))
            return None
        if not match[3]:
            self.fields.wrong(node, "cost", (), _("write a number"))
            return None
        rest = node.cut(lead + match.start(3), lead + match.end(3)) if match[1] else node
        return Bound(_SIGNS[match[1]], self.fields.value(rest, "cost"), node)

    def published(self, node: Tree | None) -> tuple[Figure, ...]:
        """The figures that the source prints."""
        items = node.items if isinstance(node, Sequence) else [] if node is None else [node]
        figures = (self.figure(item) for item in items if not (isinstance(item, Scalar) and item.null))
        return tuple(figure for figure in figures if figure)

    def figure(self, node: Tree) -> Figure | None:
        fields = dict[str, Scalar]()
        fine = isinstance(node, Mapping) and not node.broken
        for key, item in self.pairs(node):
            if key.text not in FIGURE:
                self.unknown(key, key.text, _("a published figure has no {key}"), FIGURE)
                fine = False
            elif isinstance(item, Scalar) and not item.null:
                fields[key.text] = item
            else:
                self.fields.wrong(item, "text")
                fine = False
        missing = [key for key in FIGURE[:3] if key not in fields]
        if missing and fine:
            help = '{quantity: params, value: 138M, where: "…, Table 2"}'
            self.findings.say(
                "SC207", _("a published figure needs {keys}").format(keys=", ".join(missing)), node, help
            )
        quantity = fields.get("quantity")
        if quantity and quantity.text not in QUANTITIES:
            self.unknown(quantity, quantity.text, _("{key} is no quantity"), QUANTITIES)
            fine = False
        if missing or not fine:
            return None
        text = {key: item.text for key, item in fields.items()}
        return Figure(
            text["quantity"], text["value"], text["where"], node, text.get("layer"), text.get("wrong")
        )

    def grading(self, node: Tree | None) -> Grading | None:
        """What an answer key declares, None where it says nothing."""
        if node is None:
            return None
        from .grading import GradingReader

        return GradingReader(self.findings, self.unknown).read(node)
