"""A whole file becomes a plan: the top-level keys, parameters, blocks, inputs and expectations.

Pitfall: block names are gathered before any line is read, so blocks may use each other in any order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..errors import Source, SpecError, nearest
from ..pattern import Pattern
from ..text import _
from .entries import EntryReader
from .plan import Block, Bound, Figure, Param, Plan, Reference, Value
from .reader import MAX_BYTES, MAX_DEPTH, read
from .tree import Mapping, Scalar, Sequence, Tree
from .values import AXIS_NAMES, RESERVED, Findings, Reader

KEYS = ("spec", "name", "source", "note", "input", "layout", "params", "blocks", "layers", "outputs", "frozen", "base",
        "set", "expect", "published", "grading", "meta")  # fmt: skip
BESIDE_BASE = (
    "spec",
    "name",
    "source",
    "note",
    "meta",
    "base",
    "input",
    "set",
    "frozen",
    "expect",
    "published",
    "outputs",
    "grading",
)
TYPES = ("int", "float", "bool", "size", "padding", "str")
QUANTITIES = ("params", "macs", "macs_on_data", "flops", "weights", "biases", "trainable", "buffers", "connections", "activations",
              "layers", "weight_layers", "depth", "param_bytes", "activation_bytes", "peak_activation_bytes")  # fmt: skip
GRADING = ("columns", "conventions", "marks", "credit", "accept", "tolerance", "cao", "rows")
COLUMNS = ("output_shape", "activations", "weights", "biases", "params", "macs", "flops", "memory", "receptive_field", "padding",
           "stride", "connections")  # fmt: skip
_SYMBOL = Pattern(r"[A-Z]\d*")
_WORD = Pattern(r"[^\W\d]\w*")
MAX_BASES = 8
Find = Callable[[str, str], Source]
"""Finds the source of `base: name` for the file called by the second argument; raises UsageError."""


def load(
    source: Source,
    find: Find | None = None,
    max_bytes: int = MAX_BYTES,
    max_depth: int = MAX_DEPTH,
    chain: tuple[str, ...] = (),
) -> Plan:
    """Read a spec. Raises SpecError with every mistake that reading shows."""
    root, found = read(source, max_bytes, max_depth)
    document = _Document(source, root, find, chain)
    document.findings.items += found
    if isinstance(root, Mapping):
        plan = document.plan(root)
    else:
        document.findings.say("SC207", _("a spec is a mapping with input: and layers:"), root)
        plan = None
    errors = [d for d in document.findings.items if d.severity == "error"]
    if errors or plan is None:
        raise SpecError(
            sorted(document.findings.items, key=lambda d: (d.span.line, d.span.column) if d.span else (0, 0))
        )
    return plan._replace(warnings=(*plan.warnings, *document.findings.items))


class _Document:
    def __init__(self, source: Source, root: Tree, find: Find | None, chain: tuple[str, ...]) -> None:
        self.source = source
        self.find = find
        self.chain = (*chain, source.name)
        self.findings = Findings()
        self.say = self.findings.say

    def plan(self, root: Mapping) -> Plan | None:
        fields = dict((key.text, node) for key, node in reversed(root.pairs))
        self.keys(root, fields)
        texts = {k: self.text(fields[k]) for k in ("name", "source", "note") if k in fields}
        if "base" in fields:
            return self.based(fields, texts)
        layout = self.layout(fields.get("layout"))
        known, params = self.params(fields.get("params"), set())
        symbols, inputs = self.inputs(fields.get("input"), known)
        known |= set(symbols)
        blocks = self.blocks(fields.get("blocks"), known)
        entries = EntryReader(self.findings, known, blocks).entries(fields.get("layers"))
        return Plan(
            name=texts.get("name") or self.source.name, source=self.source, inputs=inputs, layout=layout, params=params,
            blocks=blocks, entries=entries, outputs=self.names(fields.get("outputs")), frozen=self.names(fields.get("frozen")),
            expect=self.expect(fields.get("expect"), known), published=self.published(fields.get("published")),
            grading=self.grading(fields.get("grading")), texts=texts, settings={}, symbols=symbols, warnings=(), root=root,
        )  # fmt: skip

    def keys(self, root: Mapping, fields: dict[str, Tree]) -> None:
        allowed = BESIDE_BASE if "base" in fields else KEYS
        for key, node in root.pairs:
            if key.text not in KEYS:
                near = nearest(key.text, list(KEYS))
                help = (
                    _("did you mean {word}?").format(word=near)
                    if near
                    else _("there are {names}").format(names=" ".join(KEYS))
                )
                self.say("SC206", _("there is no top-level key {key}").format(key=key.text), key, help)
            elif key.text not in allowed:
                self.say(
                    "SC206",
                    _("{key} cannot stand beside base").format(key=key.text),
                    key,
                    _("change parameters with set:"),
                )
        if "base" not in fields:
            for name, example in (("input", "32x32x1"), ("layers", "\n  - conv: {filters: 6, kernel: 5}")):
                if name not in fields:
                    self.say(
                        "SC207",
                        _("a spec needs {key}:").format(key=name),
                        root.span._replace(end_line=root.line + 1),
                        f"{name}: {example}",
                    )
        version = fields.get("spec")
        if isinstance(version, Scalar) and version.text != "1":
            self.say(
                "SC207",
                _("this program reads version 1 of the language, not {v}").format(v=version.text),
                version,
                "spec: 1",
            )

    def text(self, node: Tree) -> str:
        return Reader(self.findings).text(node) or ""

    def layout(self, node: Tree | None) -> str:
        if node is None:
            return "HWC"
        value = Reader(self.findings).value(node, "choice", ("HWC", "CHW"))
        return str(value.constant) if value else "HWC"

    def params(self, node: Tree | None, outer: set[str]) -> tuple[set[str], dict[str, Param]]:
        """Declared parameters, and all names known after them."""
        known, params = set(outer), dict[str, Param]()
        for key, item in self.pairs(node):
            if key.text in RESERVED or not _WORD.fullmatch(key.text):
                self.say(
                    "SC212",
                    _("a parameter cannot be called {name}").format(name=key.text),
                    key,
                    _("it is a word of the language, or no word at all"),
                )
                continue
            type_name = item.text if isinstance(item, Scalar) and item.text in TYPES else None
            value = None if type_name else Reader(self.findings, known).value(item, "any")
            if type_name or value:
                params[key.text] = Param(key.text, type_name or "any", value, key)
            known.add(key.text)
        return known, params

    def pairs(self, node: Tree | None) -> list[tuple[Scalar, Tree]]:
        if node is None or (isinstance(node, Scalar) and node.null):
            return []
        if not isinstance(node, Mapping):
            Reader(self.findings).wrong(node, "mapping")
            return []
        return node.pairs

    def items(self, node: Tree | None) -> list[Tree]:
        if node is None or (isinstance(node, Scalar) and node.null):
            return []
        return node.items if isinstance(node, Sequence) else [node]

    def inputs(self, node: Tree | None, known: set[str]) -> tuple[tuple[str, ...], dict[str, Value]]:
        if node is None:
            return (), {}
        named = isinstance(node, Mapping) and not all(
            k.text in AXIS_NAMES and isinstance(v, Scalar) for k, v in node.pairs
        )
        shapes = (
            [(k, k.text, v) for k, v in node.pairs]
            if named and isinstance(node, Mapping)
            else [(node, "input", node)]
        )
        symbols = dict.fromkeys(s for _key, _name, shape in shapes for s in _symbols(shape) if s not in known)
        reader, inputs = Reader(self.findings, known | set(symbols)), dict[str, Value]()
        for key, name, shape in shapes:
            if name == "prev" or not re.fullmatch(r"[\w-]+", name):
                self.say("SC208", _("this cannot be a name"), key)
            value = reader.value(shape, "shape")
            if value:
                inputs[name] = value
        return tuple(symbols), inputs

    def blocks(self, node: Tree | None, known: set[str]) -> dict[str, Block]:
        blocks, bodies = dict[str, Block](), list[tuple[Block, set[str], Tree]]()
        for key, item in self.pairs(node):
            if not ("A" <= key.text[:1] <= "Z"):
                self.say(
                    "SC208",
                    _("a block's name begins with a capital letter A–Z"),
                    key,
                    key.text[:1].upper() + key.text[1:],
                )
                continue
            if isinstance(item, Sequence):
                inner, params, body = known, dict[str, Param](), item
            else:
                parts = {k.text: v for k, v in self.pairs(item)}
                for k, _v in self.pairs(item):
                    if k.text not in ("params", "layers", "note"):
                        self.say(
                            "SC206", _("a block has params: and layers:, and no {key}").format(key=k.text), k
                        )
                inner, params = self.params(parts.get("params"), known)
                body = parts.get("layers")  # type: ignore[assignment]
                if body is None:
                    self.say("SC207", _("a block needs {key}:").format(key="layers"), key)
                    continue
            blocks[key.text] = Block(key.text, params, [], key)
            bodies.append((blocks[key.text], inner, body))
        for block, inner, body in bodies:
            block.entries.extend(EntryReader(self.findings, inner, blocks).entries(body))
        return blocks

    def names(self, node: Tree | None) -> tuple[Reference, ...]:
        reader = EntryReader(self.findings, set(), {})
        return tuple(r for item in self.items(node) for r in reader.references(item))

    def expect(self, node: Tree | None, known: set[str]) -> dict[str, Bound]:
        bounds = dict[str, Bound]()
        reader = Reader(self.findings, known)
        for key, item in self.pairs(node):
            if key.text == "output":
                value, sign = reader.value(item, "shape"), "=="
            elif key.text in QUANTITIES:
                value, sign = self.bound(reader, item)
            else:
                near = nearest(key.text, [*QUANTITIES, "output"])
                self.say(
                    "SC206",
                    _("{key} is no quantity").format(key=key.text),
                    key,
                    _("did you mean {word}?").format(word=near) if near else None,
                )
                continue
            if value:
                bounds[key.text] = Bound(sign, value, item)
        return bounds

    def bound(self, reader: Reader, node: Tree) -> tuple[Value | None, str]:
        if not isinstance(node, Scalar):
            return reader.value(node, "int"), "=="
        match = re.fullmatch(r"(==|<=|<|≤)?\s*(.*)", node.text.strip(), re.DOTALL)
        sign, rest = (match[1] or "==", match[2]) if match else ("==", node.text)
        inner = Scalar(rest, node.style, node.source, node.line, node.column, node.end_line, node.end_column)
        return reader.value(inner, "int"), {"≤": "<="}.get(sign, sign)

    def published(self, node: Tree | None) -> tuple[Figure, ...]:
        figures = []
        for item in self.items(node):
            fields = {k.text: v for k, v in self.pairs(item)}
            for k, _v in self.pairs(item):
                if k.text not in ("quantity", "value", "where", "layer", "wrong"):
                    self.say(
                        "SC206",
                        _("a published figure has no {key}").format(key=k.text),
                        k,
                        "quantity value where layer wrong",
                    )
            missing = [k for k in ("quantity", "value", "where") if k not in fields]
            if missing:
                self.say("SC207", _("a published figure needs {keys}").format(keys=", ".join(missing)), item)
                continue
            text = {k: self.text(v) for k, v in fields.items()}
            if text["quantity"] not in QUANTITIES:
                self.say(
                    "SC206",
                    _("{key} is no quantity").format(key=text["quantity"]),
                    fields["quantity"],
                    " ".join(QUANTITIES),
                )
                continue
            figures.append(
                Figure(
                    text["quantity"], text["value"], text["where"], item, text.get("layer"), text.get("wrong")
                )
            )
        return tuple(figures)

    def grading(self, node: Tree | None) -> dict[str, Any]:
        known = dict[str, Any]()
        for key, item in self.pairs(node):
            if key.text not in GRADING:
                self.say(
                    "SC206",
                    _("grading has no {key}").format(key=key.text),
                    key,
                    _("there are {names}").format(names=" ".join(GRADING)),
                )
                continue
            known[key.text] = plain(item)
            for column in self.items(item) if key.text == "columns" else []:
                if not isinstance(column, Scalar) or column.text not in COLUMNS:
                    self.say(
                        "SC204",
                        _("this is no column of an answer sheet"),
                        column,
                        _("there are {names}").format(names=" ".join(COLUMNS)),
                    )
        return known

    def based(self, fields: dict[str, Tree], texts: dict[str, str]) -> Plan | None:
        base = fields["base"]
        if not isinstance(base, Scalar) or self.find is None:
            self.say("SC211", _("base: is the name of a network or a path"), base)
            return None
        found = self.find(base.text, self.source.name)
        if found.name in self.chain or len(self.chain) > MAX_BASES:
            chain = " → ".join([*self.chain, found.name])
            self.say("SC211", _("this chain of bases does not end: {chain}").format(chain=chain), base)
            return None
        plan = load(found, self.find, chain=self.chain)
        names = {*plan.params, *plan.symbols}
        settings = dict(plan.settings)
        for key, item in self.pairs(fields.get("set")):
            if key.text not in names:
                near = nearest(key.text, list(names))
                help = (
                    _("did you mean {word}?").format(word=near)
                    if near
                    else _("it has {names}").format(names=", ".join(sorted(names)))
                )
                self.say(
                    "SC212",
                    _("{base} has no parameter {name}").format(base=base.text, name=key.text),
                    key,
                    help,
                )
            elif value := Reader(self.findings, names).value(item, "any"):
                settings[key.text] = value
        symbols, inputs = self.inputs(fields.get("input"), set(plan.params))
        return plan._replace(
            name=texts.get("name") or plan.name, source=self.source, texts={**plan.texts, **texts}, settings=settings,
            inputs=inputs or plan.inputs, symbols=symbols if inputs else plan.symbols,
            outputs=self.names(fields.get("outputs")) or plan.outputs, frozen=(*plan.frozen, *self.names(fields.get("frozen"))),
            expect=self.expect(fields.get("expect"), names), published=self.published(fields.get("published")),
            grading=self.grading(fields.get("grading")) or plan.grading, inherited=True,
        )  # fmt: skip


def _symbols(shape: Tree) -> list[str]:
    """Capital letters in an input shape: its symbolic sizes."""
    if isinstance(shape, Scalar):
        return [p for p in re.split(r"\s*[x×]\s*", shape.text.strip()) if _SYMBOL.fullmatch(p)]
    parts = (
        shape.items
        if isinstance(shape, Sequence)
        else [v for _k, v in shape.pairs]
        if isinstance(shape, Mapping)
        else []
    )
    return [p.text for p in parts if isinstance(p, Scalar) and _SYMBOL.fullmatch(p.text)]


def plain(node: Tree) -> Any:
    """A tree as plain data, for keys whose meaning other rooms know."""
    if isinstance(node, Mapping):
        return {k.text: plain(v) for k, v in node.pairs}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    if node.style:
        return node.text
    from ..expression.parse import number

    exact = number(node.text)
    return (
        {"true": True, "false": False, "": None, "null": None}.get(node.text, node.text)
        if exact is None
        else exact
    )
