"""What a spec declares before its layers: parameters, inputs and blocks.

Pitfall: block names are gathered before any line is read, so blocks may use each other in any order; a parameter's
default sees only the parameters above it.
"""

from __future__ import annotations

from ..errors import meant
from ..pattern import Pattern
from ..text import _
from .entries import EntryReader
from .findings import Findings
from .plan import BROKEN, Block, Param, Value
from .promises import Promises
from .tree import Broken, Mapping, Scalar, Sequence, Tree
from .values import Reader
from .words import AXIS_NAMES, ENTRY_OPTIONS, RESERVED, TYPE_WORDS

TYPES = ("int", "float", "bool", "size", "padding", "str")
_SYMBOL = Pattern(r"(?:^|(?<=[^\w.])|(?<=[\dA-Z]x))[A-Z]\d*(?=$|x[A-Z\d]|[^\w.(])")
_INPUT = Pattern(r"[\w-]+")
_BLOCK = Pattern(r"[A-Z][\w-]*")


class Declarations:
    """Reads params:, input: and blocks:."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.say = findings.say

    def params(self, node: Tree | None, outer: set[str], block: bool) -> tuple[set[str], dict[str, Param]]:
        """Declared parameters, and all names known after them."""
        known, params = set(outer), dict[str, Param]()
        reader = Reader(self.findings, known, block)
        pairs = self.pairs(node)
        reader.later = {key.text for key, _item in pairs}
        for key, item in pairs:
            self.param_name(key, block)
            kind = item.text if isinstance(item, Scalar) and item.text in TYPES else None
            value = None if kind else self.default(reader, item)
            params[key.text] = Param(key.text, kind or "any", value, key)
            reader.known.add(key.text)
        return reader.known, params

    def param_name(self, key: Scalar, block: bool) -> None:
        """Say why a parameter cannot be called so, if it cannot."""
        name, help = key.text, _("choose another name")
        if not name.isidentifier():
            help = _("a parameter's name is letters, digits and _, so that it can stand in an expression")
            message = _("a parameter cannot be called {name}")
        elif name in RESERVED:
            message = _("a parameter cannot be called {name}: it is a word of the language")
        elif block and name in ENTRY_OPTIONS:
            message = _("a block's parameter cannot be called {name}: every entry has an option of that name")
        elif not name.isascii() and (plain := _plain(name)) != name:
            message = _("a parameter cannot be called {name}")
            help = _("an expression reads it as {name}").format(name=plain)
        else:
            return
        self.say("SC212", message.format(name=name or _("nothing")), key, help)

    def default(self, reader: Reader, node: Tree) -> Value:
        """The default of a parameter, or its type's name misspelt."""
        if isinstance(node, Scalar) and node.text.lower() in TYPE_WORDS and node.text not in reader.known:
            help = meant(TYPE_WORDS[node.text.lower()])
            self.say("SC204", _("{word} is no type").format(word=node.text), node, help)
            return Value(node, BROKEN)
        if isinstance(node, Scalar) and node.null:
            return reader.wrong(
                node, "value", (), _("write a default, or a type such as int to make it required")
            )
        return reader.value(node, "any")

    def pairs(self, node: Tree | None) -> list[tuple[Scalar, Tree]]:
        return Promises(self.findings, set()).pairs(node)

    def inputs(self, node: Tree | None, known: set[str]) -> tuple[tuple[str, ...], dict[str, Value]]:
        """Symbolic sizes, and the shapes by name."""
        if node is None:
            return (), {}
        shapes: list[tuple[Tree, str, Tree]] = [(node, "input", node)]
        if isinstance(node, Mapping) and not _in_words(node):
            shapes = [(key, key.text, item) for key, item in node.pairs]
        symbols = tuple(
            dict.fromkeys(s for _key, _name, shape in shapes for s in _symbols(shape) if s not in known)
        )
        reader, inputs = Reader(self.findings, known | set(symbols)), dict[str, Value]()
        for key, name, shape in shapes:
            if name in ("prev", "identity") or not _INPUT.fullmatch(name):
                help = _("a name is made of letters, digits, _ and -; prev and identity are taken")
                self.say("SC208", _("{name} cannot be a name").format(name=name or _("nothing")), key, help)
            inputs[name] = reader.value(shape, "shape")
        return symbols, inputs

    def blocks(self, node: Tree | None, known: set[str]) -> dict[str, Block]:
        blocks, bodies = dict[str, Block](), list[tuple[Block, set[str], Tree]]()
        for key, item in self.pairs(node):
            self.block_name(key)
            inner, params, body = known, dict[str, Param](), item
            if isinstance(item, Mapping):
                parts = {k.text: v for k, v in item.pairs}
                inner, params = self.params(parts.get("params"), known, True)
                body = self.body(key, item, parts)
            elif not isinstance(item, Sequence):
                Reader(self.findings).wrong(item, "block")
                body = Broken(key.source, key.line, key.column, key.end_line, key.end_column)
            blocks[key.text] = Block(key.text, params, [], key)
            bodies.append((blocks[key.text], inner, body))
        for block, inner, body in bodies:
            block.entries.extend(EntryReader(self.findings, inner, blocks, True).entries(body))
        return blocks

    def block_name(self, key: Scalar) -> None:
        if _BLOCK.fullmatch(key.text):
            return
        head = key.text[:1].upper()
        if "A" <= head <= "Z" and head != key.text[:1]:
            message, help = _("a block's name begins with a capital letter A–Z"), f"{head}{key.text[1:]}:"
        elif "A" <= head <= "Z":
            message, help = (
                _("{name} cannot be a name").format(name=key.text),
                _("a name is made of letters, digits, _ and -"),
            )
        else:
            message, help = _("a block's name begins with a capital letter A–Z"), f"B{key.text}:"
        self.say("SC208", message, key, help)

    def body(self, key: Scalar, item: Mapping, parts: dict[str, Tree]) -> Tree:
        """A block's entries; what is wrong with its keys is reported."""
        fine = not item.broken
        for k, _value in item.pairs:
            if k.text not in ("params", "layers", "note"):
                help = (
                    _("its entries stand under layers:")
                    if "layers" not in parts
                    else _("there are params, layers and note")
                )
                self.say(
                    "SC206", _("a block has params: and layers:, and no {key}").format(key=k.text), k, help
                )
                fine = False
        body = parts.get("layers")
        if body is not None and not (isinstance(body, Scalar) and body.null):
            return body
        if fine:
            self.say(
                "SC207",
                _("the block {name} needs layers:").format(name=key.text),
                key,
                "layers: [conv: 64, relu]",
            )
        return Broken(key.source, key.line, key.column, key.end_line, key.end_column)


def _plain(name: str) -> str:
    """A name as Python's parser reads it."""
    import unicodedata

    return unicodedata.normalize("NFKC", name)


def _in_words(node: Mapping) -> bool:
    """Whether this is one shape by its axes, {H: 224, W: 224, C: 3}, and not several inputs by name."""
    axes = sum(key.text in AXIS_NAMES for key, _item in node.pairs)
    return axes == len(node.pairs) or (
        axes > 1 and all(isinstance(item, Scalar) for _key, item in node.pairs)
    )


def _symbols(shape: Tree) -> list[str]:
    """Capital letters in an input shape: its symbolic sizes."""
    if isinstance(shape, Scalar):
        return _SYMBOL.findall(shape.text.replace("×", "x").replace(" x ", "x"))
    if isinstance(shape, Sequence):
        return [symbol for item in shape.items for symbol in _symbols(item)]
    return (
        [symbol for _key, item in shape.pairs for symbol in _symbols(item)]
        if isinstance(shape, Mapping)
        else []
    )
