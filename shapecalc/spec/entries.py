"""The lines under `layers:` become entries: a layer, a use of a block, branches, a list of names, or a seq.

Pitfall: a line is checked where it is written, used or not, so that one reading reports every mistake of the file; what
could not be read stays in its place as a broken entry, so that the lines after it keep their names.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Lookup
from functools import cache

from .. import layers
from ..errors import Source
from ..layers import Layer, Option
from ..pattern import Pattern
from ..text import _
from .findings import SUGGESTIONS, Findings
from .plan import (
    BROKEN,
    Block,
    BlockEntry,
    BranchesEntry,
    BrokenEntry,
    Entry,
    LayerEntry,
    NamesEntry,
    Param,
    Reference,
    SeqEntry,
    Value,
)
from .reader import read
from .tree import Broken, Mapping, Scalar, Sequence, Tree
from .values import Reader
from .words import ENTRY_OPTIONS

_NAME = Pattern(r"[\w-]+")
_REFERENCE = Pattern(r"\$?[\w-]+(\.[\w-]+)*")
_GLUED = Pattern(r"(\w+)\s*(?::|：\s*)(\S.*)?")
TAKEN = ("prev", "identity")


@cache
def composite(word: str) -> Block:
    """The block of a layer that is made of others; its options are the block's parameters."""
    layer = layers.load(word)
    assert layer is not None
    root, problems = read(Source(f"<{word}>", layer.BODY))
    findings = Findings()
    reader = EntryReader(findings, layer.OPTIONS.keys(), {})

    def default(option: Option) -> Value | None:
        if not isinstance(option.default, str):
            return None if option.required else Value(root, option.default)
        node, wrong = read(Source(f"<{word}>", option.default))
        problems.extend(wrong)
        return reader.fields.value(node, option.kind, option.choices)

    params = {n: Param(n, o.kind, default(o), root) for n, o in layer.OPTIONS.items()}
    entries = reader.entries(root)
    assert not problems and not findings.items, findings.items
    return Block(word, params, entries, root, builtin=True)


class EntryReader:
    """Reads the entries of one scope: a file's, or a block's with its own names."""

    def __init__(
        self, findings: Findings, known: Iterable[str], blocks: Lookup[str, Block], block: bool = False
    ) -> None:
        self.findings = findings
        self.fields = Reader(findings, known, block)
        self.blocks = blocks

    def entries(self, node: Tree | None) -> list[Entry]:
        """A list of entries; a single one may stand by itself."""
        if isinstance(node, Sequence):
            return [self.entry(item) for item in node.items if not self.findings.full]
        return [] if node is None else [self.entry(node)]

    def entry(self, node: Tree) -> Entry:
        if isinstance(node, Mapping) and len(node.pairs) == 1:
            key, value = node.pairs[0]
            entry = self.worded(key, node, None if isinstance(value, Scalar) and value.null else value)
            if entry.else_ and entry.if_ is None and isinstance(value, Mapping):
                place = next(k for k, _item in value.pairs if k.text == "else")
                self.findings.say(
                    "SC207", _("else: needs an if:"), place, _("write if: and a condition before it")
                )
            return entry
        if isinstance(node, Scalar) and not node.null:
            return self.worded(node, node, None)
        if isinstance(node, Mapping) and node.pairs:
            return self.two_keys(node)
        if not isinstance(node, Broken) and not (isinstance(node, Mapping) and node.broken):
            help = "- conv: {filters: 6, kernel: 5}"
            self.findings.say("SC205", _("an entry is a word, or a word with its options"), node, help)
        return BrokenEntry("entry", node, node)

    def two_keys(self, node: Mapping) -> Entry:
        (first, value), (second, _value) = node.pairs[:2]
        message = _("an entry has one key, and this one has {n}").format(n=len(node.pairs))
        shifted = isinstance(value, Scalar) and value.null
        help = (
            _("indent {second} further, under {first}")
            if shifted
            else _("begin {second} on a line of its own with '- '")
        )
        known = second.text == "seq" or second.text in self.blocks or layers.load(second.text)
        if not known and not shifted:
            help = _("put all options in braces: {first}: {{…, {second}: …}}")
        self.findings.say("SC205", message, second, help.format(first=first.text, second=second.text))
        return BrokenEntry(first.text, first, node)

    def worded(self, key: Scalar, node: Tree, value: Tree | None) -> Entry:
        if key.text == "seq":
            return self.seq(SeqEntry(key.text, key, node), value)
        block = self.blocks.get(key.text)
        if block:
            use = BlockEntry(key.text, key, node)
            use.block = block
            known = {p.name: Option(p.kind, help="") for p in block.params.values()}
            required = tuple(p.name for p in block.params.values() if p.default is None)
            return self.complete(use, value, known, {}, required)
        layer = None if self.findings.full else layers.load(key.text)
        if layer is None:
            return self.unknown(key, node, value)
        word = layers.word_of(layer)
        if layer.merges:
            merge = BranchesEntry(word, key, node)
            merge.layer = layer
            return self.merge(merge, value)
        entry: LayerEntry | BlockEntry
        if layer.BODY:
            entry = BlockEntry(word, key, node)
            entry.block = composite(word)
        else:
            entry = LayerEntry(word, key, node)
        entry.layer = layer
        return self.complete(entry, value, layer.OPTIONS, layer.short, required_options(layer))

    def unknown(self, key: Scalar, node: Tree, value: Tree | None) -> Entry:
        """A word that is no layer and no block; its name is kept, so that references to it are no mistake."""
        glued = _GLUED.fullmatch(key.text)
        if glued and isinstance(node, Scalar):
            wide = "：" in key.text
            reason = _("a full-width colon is not a colon") if wide else _("a colon needs a space after it")
            colon = key.part(glued.end(1), glued.end(1) + 1)
            self.findings.say("SC107", reason, colon, f"- {glued[1]}: {glued[2] or '…'}")
            return BrokenEntry(glued[1], key, node)
        if self.findings.full:
            return BrokenEntry(key.text, key, node)
        from .synonyms import unknown_word

        quick = len(self.findings.items) >= SUGGESTIONS
        word, help = unknown_word(key.text, list(self.blocks), quick)
        capital = "A" <= key.text[:1] <= "Z"
        message = _("there is no block {word}") if capital else _("there is no layer {word}")
        self.findings.say("SC201", message.format(word=key.text), key, help)
        entry = BrokenEntry(word or key.text, key, node)
        for name, item in value.pairs if isinstance(value, Mapping) else ():
            if name.text in ("name", "from", "repeat", "if", "else"):
                self.reserved(entry, name, item)
        return entry

    def complete(
        self,
        entry: Entry,
        value: Tree | None,
        known: Lookup[str, Option],
        short: Lookup[str, str],
        required: tuple[str, ...],
    ) -> Entry:
        """Fill the options, and say which are missing; not those that a misspelt one may have been meant for."""
        self.demand(entry, required, self.options(entry, value, known, short))
        return entry

    def demand(self, entry: Entry, required: tuple[str, ...], guessed: set[str] | None) -> None:
        """Report options that are missing, and put broken ones in their places."""
        missing = [name for name in required if name not in entry.options]
        if missing and guessed is not None and not set(missing) <= guessed:
            asked = [name for name in missing if name not in guessed]
            shown = ", ".join(f"{name}: …" for name in asked)
            message = _("{word} needs {options}").format(word=entry.key_text, options=_(" and ").join(asked))
            help = _("write {word}").format(word=f"{entry.key_text}: {{{shown}}}")
            self.findings.say("SC203", message, entry.key, help)
        entry.options |= {name: Value(entry.key, BROKEN) for name in missing}

    def options(
        self, entry: Entry, value: Tree | None, known: Lookup[str, Option], short: Lookup[str, str]
    ) -> set[str] | None:
        """Fill the entry's options; one value by itself is for the primary option.

        Returns the options that unknown keys may have meant, or None where they may have meant any.
        """
        guessed: set[str] | None = set()
        if isinstance(value, Broken):
            return None
        if value is not None and not isinstance(value, Mapping):
            primary = next(iter(known), None)
            if primary:
                entry.options[primary] = self.fields.value(value, known[primary].kind, known[primary].choices)
                return guessed
            message = _("{word} takes no options").format(word=entry.key_text)
            self.findings.say("SC202", message, value, f"- {entry.key_text}")
        for key, item in value.pairs if isinstance(value, Mapping) else ():
            name = key.text if key.text in known else short.get(key.text, key.text)
            if name in entry.options:
                message = _("{key} is given twice").format(key=name)
                help = _("{short} is short for {key}").format(short=short_of(name, short), key=name)
                self.findings.say("SC104", message, key, help)
            elif name in known:
                entry.options[name] = self.fields.value(item, known[name].kind, known[name].choices)
            elif name in ENTRY_OPTIONS:
                self.reserved(entry, key, item)
            elif not self.findings.full:
                from .synonyms import cure

                option, help = cure(key.text, list(known))
                message = _("{word} has no option {option}").format(word=entry.key_text, option=key.text)
                self.findings.say("SC202", message, key, help)
                guessed = None if option is None or guessed is None else {*guessed, option}
        return None if isinstance(value, Mapping) and value.broken else guessed

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
        if isinstance(node, Scalar) and self.is_name(node):
            entry.name, entry.name_node = node.text, node
        elif not isinstance(node, (Scalar, Broken)):
            self.fields.wrong(node, "str")

    def is_name(self, node: Scalar) -> bool:
        """Whether an entry or a branch may be called so; what speaks against it is reported."""
        if node.text in TAKEN:
            message = _("{name} cannot be a name: it is a word of the language").format(name=node.text)
            self.findings.say("SC208", message, node, _("choose another name"))
            return False
        if not _NAME.fullmatch(node.text):
            message = _("{name} cannot be a name").format(name=node.text or _("nothing"))
            self.findings.say("SC208", message, node, _("a name is made of letters, digits, _ and -"))
            return False
        return True

    def references(self, node: Tree) -> tuple[Reference, ...]:
        """One name or a list of them; a broken one has no text."""
        found = []
        for item in node.items if isinstance(node, Sequence) else [node]:
            text = item.text.strip() if isinstance(item, Scalar) else ""
            if not _REFERENCE.fullmatch(text):
                if not isinstance(item, Broken):
                    help = _(
                        "prev, an input, or an earlier entry; branches need a key each: {main: [...], skip: identity}"
                    )
                    self.findings.say("SC205", _("a name is expected here"), item, help)
                text = ""
            found.append(Reference(text.removeprefix("$"), item, text.startswith("$")))
        return tuple(found)

    def merge(self, entry: BranchesEntry, value: Tree | None) -> Entry:
        """Read add, mul and concat: branches by name, or a list of names."""
        layer, names = entry.layer, None
        broken = isinstance(value, Broken)
        if isinstance(value, Sequence):
            names = self.references(value)
        elif isinstance(value, Mapping):
            broken = value.broken
            for key, item in value.pairs:
                option = layer.OPTIONS.get(key.text)
                if option:
                    entry.options[key.text] = self.fields.value(item, option.kind, option.choices)
                elif key.text in ENTRY_OPTIONS:
                    self.reserved(entry, key, item)
                elif (help := no_branch(entry, key, item)) is not None:
                    message = _("{word} has no option {option}").format(word=entry.word, option=key.text)
                    self.findings.say("SC202", message, key, help)
                    broken = True
                else:
                    entry.branches.append((key, self.branch(key, item)))
            if not entry.branches and len(entry.source) != 1:
                names, entry.source = entry.source, ()
        count = len(entry.branches if names is None else names)
        if count < 2 and not broken:
            both = _("{word}: {{main: [...], skip: identity}}, or {word}: [prev, name]").format(
                word=entry.word
            )
            reads = layer.reads
            help = f"{entry.word}: {{from: [{', '.join(reads)}]}}" if len(reads) > 1 else both
            self.findings.say("SC210", _("{word} joins two or more").format(word=entry.word), entry.key, help)
        if count < 2:
            unread = entry.become(BrokenEntry)
            unread.layer = layer
            return unread
        self.demand(entry, required_options(layer), None if broken else set())
        if names is None:
            return entry
        joint = entry.become(NamesEntry)
        joint.layer, joint.references = layer, names
        return joint

    def branch(self, key: Scalar, node: Tree) -> list[Entry]:
        self.is_name(key)
        if isinstance(node, Scalar) and node.text == "identity":
            return []
        if isinstance(node, Scalar) and node.null:
            message = _("the branch {name} has no entries").format(name=key.text)
            self.findings.say(
                "SC207",
                message,
                key,
                _("to pass the input through, write {name}: identity").format(name=key.text),
            )
            return [BrokenEntry("identity", key, node)]
        return self.entries(node)

    def seq(self, entry: SeqEntry, value: Tree | None) -> Entry:
        body = value if not isinstance(value, Mapping) else None
        for key, item in value.pairs if isinstance(value, Mapping) else ():
            if key.text == "layers":
                body = item
            elif key.text in ENTRY_OPTIONS:
                self.reserved(entry, key, item)
            else:
                from .synonyms import cure

                message = _("{word} has no option {option}").format(word="seq", option=key.text)
                self.findings.say("SC202", message, key, cure(key.text, ["layers"])[1])
        if body is None or (isinstance(body, Scalar) and body.null):
            if not (isinstance(value, Mapping) and value.broken):
                self.findings.say("SC207", _("seq needs layers:"), entry.key, "seq: [relu, dropout: 0.5]")
            return entry.become(BrokenEntry)
        entry.entries = self.entries(body)
        return entry


_REQUIRED: dict[type[Layer], tuple[str, ...]] = {}


def required_options(layer: type[Layer]) -> tuple[str, ...]:
    """The options of a layer that have no default."""
    if layer not in _REQUIRED:
        _REQUIRED[layer] = tuple(name for name, option in layer.OPTIONS.items() if option.required)
    return _REQUIRED[layer]


def no_branch(entry: BranchesEntry, key: Scalar, node: Tree) -> str | None:
    """What to write instead, where the key of a merge is meant as an option and not as a branch."""
    if not isinstance(node, Scalar) or node.text == "identity" or node.null:
        return None
    if key.text in ("axis", "dim"):
        if "axis" in entry.layer.OPTIONS:
            return _("it is called axis here")
        return _("{word} works value by value; only concat has an axis").format(word=entry.word)
    if node.text.isdigit() or node.text in ("true", "false"):
        return _("a branch is a list of entries: {name}: [relu]").format(name=key.text)
    return None


def short_of(name: str, short: Lookup[str, str]) -> str:
    """The short form of an option."""
    return next((letter for letter, option in short.items() if option == name), name)
