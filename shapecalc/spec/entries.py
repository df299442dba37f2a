"""The lines under `layers:` become entries: a layer, a use of a block, branches, a list of names, or a seq.

Pitfall: a line is checked where it is written, used or not, so that one reading reports every mistake of the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Lookup
from functools import cache

from .. import layers
from ..errors import Source, nearest
from ..layers import Layer, Option
from ..pattern import Pattern
from ..text import _
from .plan import Block, Entry, Param, Reference, Value
from .reader import read
from .synonyms import RESERVED, cure
from .tree import Mapping, Scalar, Sequence, Tree
from .values import Findings, Reader

_NAME = Pattern(r"[\w-]+")
_REFERENCE = Pattern(r"\$?[\w-]+(\.[\w-]+)*")
TAKEN = ("prev", "identity")


@cache
def composite(layer: type[Layer]) -> Block:
    """The block of a layer that is made of others; its options are the block's parameters."""
    word = layers.word_of(layer)
    root, problems = read(Source(f"<{word}>", layer.BODY))
    findings = Findings()
    params = {
        n: Param(n, o.kind, None if o.required else Value(root, o.default), root)
        for n, o in layer.OPTIONS.items()
    }
    entries = EntryReader(findings, set(params), {}).entries(root)
    assert not problems and not findings.items, findings.items
    return Block(word, params, entries, root, builtin=True)


class EntryReader:
    """Reads the entries of one scope: a file's, or a block's with its own names."""

    def __init__(self, findings: Findings, known: set[str], blocks: Lookup[str, Block]) -> None:
        self.findings = findings
        self.fields = Reader(findings, known)
        self.blocks = blocks

    def entries(self, node: Tree | None) -> list[Entry]:
        """A list of entries; a single one may stand by itself."""
        if isinstance(node, Sequence):
            return [entry for item in node.items if (entry := self.entry(item))]
        if node is None or (isinstance(node, Scalar) and node.null):
            return []
        one = self.entry(node)
        return [one] if one else []

    def entry(self, node: Tree) -> Entry | None:
        if isinstance(node, Scalar):
            return self.worded(node, node, None)
        if isinstance(node, Mapping) and len(node.pairs) == 1:
            key, value = node.pairs[0]
            return self.worded(key, node, None if isinstance(value, Scalar) and value.null else value)
        if isinstance(node, Mapping) and node.pairs:
            (first, value), (second, _value) = node.pairs[:2]
            message = _("an entry has one key, and this one has {n}").format(n=len(node.pairs))
            shifted = isinstance(value, Scalar) and value.null
            help = (
                _("indent {second} further, under {first}")
                if shifted
                else _("begin {second} on a line of its own with '- '")
            )
            self.findings.say("SC205", message, second, help.format(first=first.text, second=second.text))
            return None
        self.findings.say(
            "SC205",
            _("an entry is a word, or a word with its options"),
            node,
            "- conv: {filters: 6, kernel: 5}",
        )
        return None

    def worded(self, key: Scalar, node: Tree, value: Tree | None) -> Entry | None:
        entry = Entry(key.text, key, node)
        if key.text == "seq":
            return self.seq(entry, value)
        entry.block = self.blocks.get(key.text)
        if entry.block:
            entry.form = "block"
            self.options(
                entry, value, {p.name: Option(p.kind, help="") for p in entry.block.params.values()}, {}
            )
            missing = [
                p.name
                for p in entry.block.params.values()
                if p.default is None and p.name not in entry.options
            ]
            return self.complete(entry, missing)
        layer = layers.load(key.text)
        if layer is None:
            return self.unknown(key)
        entry.layer, entry.word = layer, layers.word_of(layer)
        if layer.merges:
            return self.merge(entry, value)
        if layer.BODY:
            entry.form, entry.block = "block", composite(layer)
        self.options(entry, value, layer.OPTIONS, layer.short)
        return self.complete(
            entry, [n for n, o in layer.OPTIONS.items() if o.required and n not in entry.options]
        )

    def complete(self, entry: Entry, missing: list[str]) -> Entry:
        for name in missing:
            self.findings.say("SC203", _("{word} needs {option}").format(word=entry.key.text, option=name), entry.key,  # type: ignore[attr-defined]
                              _("write {word}: {{{option}: …}}").format(word=entry.word, option=name))  # fmt: skip
        return entry

    def unknown(self, key: Scalar) -> None:
        text = key.text
        if text[:1].isupper() and text not in self.blocks:
            meant = layers.find(text)
            near = nearest(text, list(self.blocks))
            words = near or meant
            help = _("did you mean {word}?").format(word=words) if words else _("declare it under blocks:")
            self.findings.say("SC201", _("there is no block {word}").format(word=text), key, help)
            return
        if re.match(r"\w+:\S", text) or "：" in text:
            self.findings.say(
                "SC107", _("a colon needs a space after it"), key, re.sub(r"\s*[:：]\s*", ": ", text, count=1)
            )
            return
        word = layers.find(text) or nearest(text, list(self.blocks))
        help = (
            _("did you mean {word}?").format(word=word)
            if word
            else _("the layers are listed by: shapecalc layers")
        )
        self.findings.say("SC201", _("there is no layer {word}").format(word=text), key, help)

    def options(
        self, entry: Entry, value: Tree | None, known: Lookup[str, Option], short: Lookup[str, str]
    ) -> None:
        """Fill the entry's options; one value by itself is for the primary option."""
        if value is None:
            return
        if not isinstance(value, Mapping):
            primary = next(iter(known.values()), None)
            if primary is None:
                self.findings.say(
                    "SC202", _("{word} takes no options").format(word=entry.word), value, f"- {entry.word}"
                )
            else:
                self.option(entry, next(iter(known)), primary, value)
            return
        for key, item in value.pairs:
            name = short.get(key.text, key.text)
            if name in entry.options:
                self.findings.say(
                    "SC104",
                    _("{key} is given twice").format(key=name),
                    key,
                    _("{short} is short for {key}").format(short=key.text, key=name),
                )
            elif name in known:
                self.option(entry, name, known[name], item)
            elif name in RESERVED:
                self.reserved(entry, key, item)
            else:
                message = _("{word} has no option {option}").format(word=entry.word, option=key.text)
                self.findings.say("SC202", message, key, cure(key.text, list(known)))

    def option(self, entry: Entry, name: str, option: Option, node: Tree) -> None:
        value = self.fields.value(node, option.kind, option.choices)
        if value:
            entry.options[name] = value

    def reserved(self, entry: Entry, key: Scalar, node: Tree) -> None:
        name = key.text
        if name == "name":
            self.name(entry, node)
        elif name == "from":
            entry.source = self.references(node)
        elif name == "else":
            entry.else_ = self.entries(node)
        elif name == "expect":
            entry.expect = self.fields.value(node, "shape")
        elif name == "note":
            entry.note = self.fields.text(node)
        elif name == "repeat":
            entry.repeat = self.fields.value(node, "int")
        elif name == "if":
            entry.if_ = self.fields.value(node, "bool")
        elif name == "frozen":
            entry.frozen = self.fields.value(node, "bool")

    def name(self, entry: Entry, node: Tree) -> None:
        if not isinstance(node, Scalar) or not _NAME.fullmatch(node.text) or node.text in TAKEN:
            help = _("a name is made of letters, digits, _ and -; prev and identity are taken")
            self.findings.say("SC208", _("this cannot be a name"), node, help)
            return
        entry.name, entry.name_node = node.text, node

    def references(self, node: Tree) -> tuple[Reference, ...]:
        """One name or a list of them."""
        found = []
        for item in node.items if isinstance(node, Sequence) else [node]:
            if not isinstance(item, Scalar) or not _REFERENCE.fullmatch(item.text.strip()):
                help = _(
                    "prev, an input, or an earlier entry; branches need a key each: {main: [...], skip: identity}"
                )
                self.findings.say("SC205", _("a name is expected here"), item, help)
                continue
            text = item.text.strip()
            found.append(Reference(text.removeprefix("$"), item, text.startswith("$")))
        return tuple(found)

    def merge(self, entry: Entry, value: Tree | None) -> Entry | None:
        """add, mul, concat: branches by name, or a list of names."""
        assert entry.layer is not None
        if isinstance(value, Sequence):
            entry.form, entry.references = "names", self.references(value)
        elif isinstance(value, Mapping):
            entry.form = "branches"
            for key, item in value.pairs:
                if key.text in entry.layer.OPTIONS:
                    self.option(entry, key.text, entry.layer.OPTIONS[key.text], item)
                elif key.text == "from" and isinstance(item, Sequence):
                    entry.references = self.references(item)
                elif key.text in RESERVED:
                    self.reserved(entry, key, item)
                else:
                    entry.branches.append((key, self.branch(key, item)))
            if entry.references and not entry.branches:
                entry.form = "names"
        count = len(entry.references) if entry.form == "names" else len(entry.branches)
        if count < 2 and not (count and entry.references):
            help = _("{word}: {{main: [...], skip: identity}}, or {word}: [prev, name]").format(
                word=entry.word
            )
            self.findings.say("SC210", _("{word} joins two or more").format(word=entry.word), entry.key, help)
            return None
        return entry

    def branch(self, key: Scalar, node: Tree) -> list[Entry]:
        if not _NAME.fullmatch(key.text) or key.text in TAKEN:
            help = _("a name is made of letters, digits, _ and -; prev and identity are taken")
            self.findings.say("SC208", _("this cannot be a name"), key, help)
        if isinstance(node, Scalar) and node.text == "identity":
            return []
        return self.entries(node)

    def seq(self, entry: Entry, value: Tree | None) -> Entry:
        entry.form = "seq"
        if not isinstance(value, Mapping):
            entry.entries = self.entries(value)
            return entry
        for key, item in value.pairs:
            if key.text == "layers":
                entry.entries = self.entries(item)
            elif key.text in RESERVED:
                self.reserved(entry, key, item)
            else:
                message = _("{word} has no option {option}").format(word="seq", option=key.text)
                self.findings.say("SC202", message, key, cure(key.text, ["layers"]))
        return entry
