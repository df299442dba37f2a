"""A whole file becomes a plan: the top-level keys, parameters, blocks and inputs, or another plan that is its base.

Pitfall: block names are gathered before any line is read, so blocks may use each other in any order.
"""

from __future__ import annotations

from collections.abc import Callable

from ..errors import Diagnostic, Related, Source, SpecError, UsageError, nearest
from ..pattern import Pattern
from ..text import _
from .entries import EntryReader
from .findings import Findings
from .plan import BROKEN, Block, Param, Plan, Reference, Value
from .promises import Promises
from .reader import MAX_BYTES, MAX_DEPTH, read
from .tree import Broken, Mapping, Scalar, Sequence, Tree
from .values import Reader
from .words import AXIS_NAMES, ENTRY_OPTIONS, RESERVED, TYPE_WORDS

KEYS = ("spec", "name", "source", "note", "input", "layout", "params", "blocks", "layers", "outputs", "frozen", "base",
        "set", "expect", "published", "grading", "meta")  # fmt: skip
BESIDE_BASE = ("spec", "name", "source", "note", "meta", "base", "input", "set", "frozen", "expect", "published",
               "outputs", "grading")  # fmt: skip
TYPES = ("int", "float", "bool", "size", "padding", "str")
MAX_BASES = 8
_SYMBOL = Pattern(r"(?:^|(?<=[^\w.])|(?<=[\dA-Z]x))[A-Z]\d*(?=$|x[A-Z\d]|[^\w.(])")
_INPUT = Pattern(r"[\w-]+")
_BLOCK = Pattern(r"[A-Z][\w-]*")
Find = Callable[[str, str], Source]
"""Finds the source of `base: name` for the file called by the second argument; raises UsageError."""


def load(
    source: Source,
    find: Find | None = None,
    max_bytes: int = MAX_BYTES,
    max_depth: int = MAX_DEPTH,
    chain: tuple[Source, ...] = (),
    tolerant: bool = False,
) -> Plan:
    """Read a spec. Raises SpecError with every mistake that reading shows.

    A `tolerant` reading gives a plan with `errors` instead, where there is anything of a plan.
    """
    root, found = read(source, max_bytes, max_depth)
    document = _Document(source, find, (*chain, source))
    document.findings.items += found
    plan = document.plan(root)
    findings = document.findings.items
    errors = tuple(d for d in findings if d.severity == "error")
    if plan is None or (errors and not tolerant):
        raise SpecError(in_order(findings))
    warnings = (d for d in findings if d.severity != "error")
    return plan._replace(warnings=(*plan.warnings, *warnings), errors=(*plan.errors, *errors))


def in_order(findings: list[Diagnostic]) -> list[Diagnostic]:
    """Findings by their places, those of one file together."""
    files = {d.span.source: i for i, d in reversed(list(enumerate(findings))) if d.span}
    return sorted(
        findings, key=lambda d: (files[d.span.source], d.span.line, d.span.column) if d.span else (-1, 0, 0)
    )


class _Document:
    def __init__(self, source: Source, find: Find | None, chain: tuple[Source, ...]) -> None:
        self.source = source
        self.find = find
        self.chain = chain
        self.findings = Findings()
        self.say = self.findings.say

    def plan(self, root: Tree) -> Plan | None:
        if not isinstance(root, Mapping):
            if not isinstance(root, Broken):
                help = "input: 32x32x1\nlayers:\n  - conv: {filters: 6, kernel: 5}"
                self.say("SC207", _("a spec is a mapping with input: and layers:"), root, help)
            return None
        fields = {key.text: node for key, node in root.pairs}
        self.keys(root, fields)
        texts: dict[str, str] = {k: self.text(fields[k]) for k in ("name", "source", "note") if k in fields}
        if "base" in fields:
            return self.based(fields, texts)
        layout = self.layout(fields.get("layout"))
        known, params = self.params(fields.get("params"), set(), False)
        symbols, inputs = self.inputs(fields.get("input"), known)
        known |= set(symbols)
        blocks = self.blocks(fields.get("blocks"), known)
        entries = EntryReader(self.findings, known, blocks).entries(self.layers(fields))
        promises = Promises(self.findings, known)
        return Plan(
            name=texts.get("name") or self.source.name,
            source=self.source,
            inputs=inputs or {"input": Value(root, BROKEN)},
            layout=layout,
            params=params,
            blocks=blocks,
            entries=entries,
            outputs=self.names(fields.get("outputs")),
            frozen=self.names(fields.get("frozen")),
            expect=promises.expect(fields.get("expect")),
            published=promises.published(fields.get("published")),
            grading=promises.grading(fields.get("grading")),
            texts=texts,
            settings={},
            symbols=symbols,
            warnings=(),
            root=root,
        )

    def keys(self, root: Mapping, fields: dict[str, Tree]) -> None:
        """Refuse keys that are not of the language, and name those that are missing."""
        based = "base" in fields
        for key, _node in root.pairs:
            if key.text not in KEYS:
                help = self.top(key.text, BESIDE_BASE if based else KEYS)
                self.say("SC206", _("there is no top-level key {key}").format(key=key.text), key, help)
            elif based and key.text not in BESIDE_BASE:
                help = (
                    _("change parameters with set:")
                    if key.text == "params"
                    else _("write the whole spec, or take it out")
                )
                self.say("SC206", _("{key} cannot stand beside base").format(key=key.text), key, help)
            elif not based and key.text == "set":
                help = _("write the values under params:, or name a base:")
                self.say("SC206", _("set changes the parameters of a base, and there is none"), key, help)
        unread = [key.text for key, _node in root.pairs if key.text not in KEYS]
        for name, example in (
            ("input", "input: 32x32x1"),
            ("layers", "layers:\n  - conv: {filters: 6, kernel: 5}"),
        ):
            guessed = root.broken or any(name in self.top(word, KEYS) for word in unread)
            if name not in fields and not based and not guessed:
                place = root.span._replace(end_line=root.line + 1, end_column=root.column + 2)
                self.say("SC207", _("a spec needs {key}:").format(key=name), place, example)
        version = fields.get("spec")
        if isinstance(version, Scalar) and version.text != "1":
            message = _("this program reads version 1 of the language, not {v}").format(
                v=version.text or _("nothing")
            )
            self.say("SC207", message, version, "spec: 1")
        elif version and not isinstance(version, Scalar):
            Reader(self.findings).wrong(version, "int", (), "spec: 1")

    def top(self, word: str, keys: tuple[str, ...]) -> str:
        from .synonyms import top

        return top(word, keys)

    def text(self, node: Tree) -> str:
        return Reader(self.findings).text(node) or ""

    def layout(self, node: Tree | None) -> str:
        if node is None:
            return "HWC"
        value = Reader(self.findings).value(node, "choice", ("HWC", "CHW"))
        return "HWC" if value.constant is BROKEN else str(value.constant)

    def layers(self, fields: dict[str, Tree]) -> Tree | None:
        node = fields.get("layers")
        if isinstance(node, Scalar) and node.null:
            self.say("SC207", _("layers: has no entries"), node, "layers:\n  - conv: {filters: 6, kernel: 5}")
            return None
        return node

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
            help = _("did you mean {word}?").format(word=TYPE_WORDS[node.text.lower()])
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

    def names(self, node: Tree | None) -> tuple[Reference, ...]:
        """The names in outputs: or frozen:."""
        if node is None or (isinstance(node, Scalar) and node.null):
            return ()
        return tuple(r for r in EntryReader(self.findings, set(), {}).references(node) if r.text)

    def based(self, fields: dict[str, Tree], texts: dict[str, str]) -> Plan | None:
        """The base's plan with what this file changes."""
        base = fields["base"]
        plan = self.base(base)
        names = {*plan.params, *plan.symbols} if plan else set[str]()
        promises = Promises(self.findings, names)
        settings = dict(plan.settings) if plan else {}
        for key, item in self.pairs(fields.get("set")) if plan else ():
            if key.text in names:
                settings[key.text] = Reader(self.findings, names).value(item, "any")
            else:
                near = nearest(key.text, list(names))
                listed = ", ".join(sorted(names)) or _("none")
                help = (
                    _("did you mean {word}?").format(word=near)
                    if near
                    else _("it has {names}").format(names=listed)
                )
                message = _("{base} has no parameter {name}").format(
                    base=getattr(base, "text", ""), name=key.text
                )
                self.say("SC212", message, key, help)
        symbols, inputs = self.inputs(fields.get("input"), set(plan.params) if plan else set())
        outputs, frozen = self.names(fields.get("outputs")), self.names(fields.get("frozen"))
        expect, published = promises.expect(fields.get("expect")), promises.published(fields.get("published"))
        grading = promises.grading(fields.get("grading"))
        if plan is None:
            return None
        if list(inputs) == ["input"] and len(plan.inputs) == 1:
            inputs = dict.fromkeys(plan.inputs, inputs["input"])
        return plan._replace(
            name=texts.get("name") or plan.name,
            source=self.source,
            texts={**plan.texts, **texts},
            settings=settings,
            inputs=inputs or plan.inputs,
            symbols=symbols if inputs else plan.symbols,
            outputs=outputs or plan.outputs,
            frozen=(*plan.frozen, *frozen),
            expect=expect,
            published=published,
            grading=grading or plan.grading,
            inherited=True,
        )

    def base(self, node: Tree) -> Plan | None:
        """The plan of the base; None where there is none, and that is reported."""
        if not isinstance(node, Scalar) or node.null or self.find is None:
            if not isinstance(node, Broken):
                self.say("SC211", _("base: is the name of a network, or a path"), node, "base: resnet50")
            return None
        try:
            found = self.find(node.text, self.source.name)
        except UsageError as error:
            self.say("SC211", str(error), node, error.help or _("a path is relative to this file"))
            return None
        again = any(s.name == found.name and s.text == found.text for s in self.chain)
        if again or len(self.chain) > MAX_BASES:
            names = " → ".join([*(s.name for s in self.chain), found.name])
            message = (
                _("this chain of bases goes in a circle: {chain}")
                if again
                else _("more than {n} bases behind one another: {chain}")
            )
            self.say(
                "SC211",
                message.format(chain=names, n=MAX_BASES),
                node,
                _("take this base out, or write the layers"),
            )
            return None
        note = Related(_("used as a base here"), node.span)
        try:
            plan = load(found, self.find, chain=self.chain, tolerant=True)
        except SpecError as error:
            self.findings.items += [d._replace(related=(*d.related, note)) for d in error.diagnostics]
            return None
        return plan._replace(errors=tuple(d._replace(related=(*d.related, note)) for d in plan.errors))


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
