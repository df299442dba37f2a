"""YAML text to a tree with places, strictly: what YAML would quietly turn into something else gets a message.

Pitfall: PyYAML's composer drops anchors, forgets tags and lets a repeated key win, so the tree is built from its
events; nothing is ever constructed, and depth is bounded before anything recurses.
"""

from __future__ import annotations

import re
from typing import Any

from ..errors import Diagnostic, Related, Source, Span, SpecError
from ..pattern import Pattern
from ..text import _
from ._pyyaml import yaml
from .findings import MOST
from .tree import Broken, Mapping, Scalar, Sequence, Tree

MAX_BYTES = 2**25
MAX_DEPTH = 64
MAX_NODES = 4_000_000
"""Words, lists and mappings of one file; 200,000 layers with all their options are half of it."""
BACK = 200
"""How far back an expression that a comma cut may begin: as many items as an expression has characters."""
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_GLUED = Pattern(r"([\w-]+)\s*(?::|：\s*)(.*)", re.DOTALL)
"""A word, a colon that is none, and what was meant as its value."""
_NUMBERS = Pattern(r"\d+(?:\s*,\s*\d+)*(?=\s*(?:[,}]|$))")


def read(
    source: Source, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH
) -> tuple[Tree, list[Diagnostic]]:
    """The tree of one YAML document, and what is wrong with it. Raises SpecError where no tree can be had."""
    start = Span(source, 1, 1, 1, 2)
    if len(source.text) > max_bytes or len(source.text.encode("utf-8", "surrogatepass")) > max_bytes:
        message = _("{name} is larger than {n} bytes").format(name=source.name, n=max_bytes)
        raise SpecError([Diagnostic("SC108", message, start, _("use blocks and repeat:"))])
    builder = _Builder(source, max_depth)
    try:
        builder.run()
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        from .syntax import explain

        fatal = explain(source, error)
        found = [
            d
            for d in builder.found
            if (d.code, d.span and d.span.line) != (fatal.code, fatal.span and fatal.span.line)
        ]
        raise SpecError([*found, fatal]) from None
    root = builder.root
    if root is None or (isinstance(root, Scalar) and root.null):
        message = _("{name} is empty").format(name=source.name)
        raise SpecError(
            [*builder.found, Diagnostic("SC109", message, start, _("a spec needs input: and layers:"))]
        )
    return root, builder.found


class _Open:
    """A collection that is being read; of a mapping also the key that waits for its value, and all keys so far."""

    __slots__ = ("key", "node", "seen")

    def __init__(self, node: Mapping | Sequence) -> None:
        self.node = node
        self.key: Scalar | None = None
        self.seen: dict[str, Scalar] = {}


class _Builder:
    """Turns events into a tree, keeping a stack of open collections."""

    def __init__(self, source: Source, max_depth: int) -> None:
        self.source = source
        self.max_depth = max_depth
        self.found: list[Diagnostic] = []
        self.root: Tree | None = None
        self.stack: list[_Open] = []
        self.documents = 0
        self.vain = 0

    def run(self) -> None:
        loader = _Loader(self.source.text)
        source, stack, next_event = self.source, self.stack, loader.get_event
        try:
            nodes = 0
            while (event := next_event()) is not None and self.documents < 2:
                kind = type(event)
                nodes += 1
                if nodes > MAX_NODES:
                    self.too_many(event)
                if kind is yaml.ScalarEvent:
                    start, end = event.start_mark, event.end_mark
                    # libyaml says "" for the style of a plain scalar, the parser in Python None
                    style, place = event.style or "", (start.line, start.column, end.line, end.column)
                    node = Scalar(event.value, style, source, *place)
                    if event.anchor or event.tag:
                        self.put(self.decorated(event, node))
                    elif not stack or not self.quick(stack[-1], node):
                        self.put(node)
                elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                    self.open(event, Mapping if kind is yaml.MappingStartEvent else Sequence)
                elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                    ended = stack.pop().node
                    ended.end_line, ended.end_column = event.end_mark.line, event.end_mark.column
                elif kind is yaml.AliasEvent or kind is yaml.DocumentStartEvent:
                    self.other(event, kind is yaml.AliasEvent)
        finally:
            loader.dispose()

    def too_many(self, event: Any) -> None:
        place = Span(
            self.source,
            event.start_mark.line + 1,
            event.start_mark.column + 1,
            event.start_mark.line + 1,
            event.start_mark.column + 2,
        )
        message = _("more than {n:,} words, lists and mappings").format(n=MAX_NODES)
        raise SpecError([*self.found, Diagnostic("SC108", message, place, _("use blocks and repeat:"))])

    def quick(self, into: _Open, node: Scalar) -> bool:
        """Give a scalar to the open collection where no trap of YAML's is near; else say so."""
        parent, key = into.node, into.key
        if type(parent) is Sequence:
            if node.text[-1:] == ")":
                return False
            parent.items.append(node)
        elif key is None:
            into.key = node
        elif (node.text or node.style) and key.text not in into.seen and key.text.isidentifier():
            into.seen[key.text] = key
            into.key = None
            parent.pairs.append((key, node))  # type: ignore[union-attr]
        else:
            return False
        return True

    def say(self, code: str, message: str, span: Span, help: str, related: tuple[Related, ...] = ()) -> None:
        if len(self.found) < MOST:
            self.found.append(Diagnostic(code, message, span, help, related))

    def other(self, event: Any, alias: bool) -> None:
        """An alias, or the begin of a document."""
        start, end = event.start_mark, event.end_mark
        node = Broken(
            self.source, start.line, start.column, end.line, end.column if alias else start.column + 3
        )
        if alias:
            key = self.stack[-1].key if self.stack else None
            if not (key and key.text == "<<" and not key.style):
                message = _("an alias (*{name}) is not part of the language").format(name=event.anchor)
                self.say(
                    "SC103",
                    message,
                    node.span,
                    _("write the name without *, or quote an expression that begins with *"),
                )
            self.put(node)
            return
        self.documents += 1
        if self.documents == 2:
            message = _("a file holds one spec, and here a second document begins")
            self.say("SC102", message, node.span, _("put each network into a file of its own"))

    def decorated(self, event: Any, node: Tree) -> Tree:
        """The node of an event with an anchor or a tag; a tagged value is not one any more."""
        source, line, column = node.source, node.line, node.column
        if event.anchor:
            width = len(event.anchor) + 1
            message = _("an anchor (&{name}) is not part of the language").format(name=event.anchor)
            at = source.line(line + 1).find(f"&{event.anchor}", column)
            place = Span(source, line + 1, max(at, column) + 1, line + 1, max(at, column) + 1 + width)
            self.say("SC103", message, place, _("repeat entries with repeat:, or make a block"))
        if event.tag and event.tag != "!":
            written = event.tag.replace("tag:yaml.org,2002:", "!!")
            place = Span(source, line + 1, column + 1, line + 1, column + 1 + len(written))
            self.say(
                "SC103",
                _("a tag ({tag}) is not part of the language").format(tag=written),
                place,
                _("write the plain value"),
            )
            return Broken(source, line, column, node.end_line, node.end_column)
        return node

    def open(self, event: Any, kind: type[Mapping | Sequence]) -> None:
        start = event.start_mark
        node = kind(self.source, start.line, start.column, start.line, start.column + 1)
        if len(self.stack) >= self.max_depth:
            message = _("more than {n} levels inside each other").format(n=self.max_depth)
            self.say("SC108", message, node.span, _("use blocks: each has a name and its own levels"))
            raise SpecError(self.found)
        self.put(self.decorated(event, node) if event.anchor or event.tag else node)
        self.stack.append(_Open(node))

    def put(self, node: Tree) -> None:
        """Give the node to the collection that is open."""
        if not self.stack:
            self.root = node
            return
        into = self.stack[-1]
        parent = into.node
        if type(parent) is Sequence:
            self.item(parent.items, node)
        elif into.key is None:
            into.key = node if type(node) is Scalar else self.no_key(node)
        else:
            key, into.key = into.key, None
            self.pair(parent, key, node, into.seen)  # type: ignore[arg-type]

    def no_key(self, node: Tree) -> Scalar:
        holder = self.stack[-1].node
        if not isinstance(node, Broken) and not (isinstance(holder, Mapping) and holder.broken):
            help = _(
                "write a word before the colon; {{ }} inside {{ }} is no expression: filters: 4*mid"
            ).format()
            self.say("SC105", _("a key must be a word"), node.span, help)
        if isinstance(node, Mapping):
            node.broken = True
        return Scalar("", "broken", node.source, node.line, node.column, node.end_line, node.end_column)

    def pair(self, parent: Mapping, key: Scalar, value: Tree, seen: dict[str, Scalar]) -> None:
        """Add a key and its value, unless one of YAML's traps made them."""
        if not key.style:
            text = key.text
            if text == "<<":
                self.say(
                    "SC103",
                    _("a merge key (<<) is not part of the language"),
                    key.span,
                    _("use a block with parameters"),
                )
                parent.broken = True
                return
            if not text.isidentifier() and isinstance(value, Scalar) and (":" in text or "：" in text):
                key, value = self.glued(key, value)
            elif value.__class__ is Scalar and not value.text and parent.pairs and self.cut(parent, key):
                parent.broken = True
                return
        first = seen.setdefault(key.text, key)
        if key.style == "broken" or first is not key:
            if first is not key and key.style != "broken":
                message = _("{key} is given twice").format(key=key.text)
                places = (Related(_("first given here"), first.span),)
                self.say("SC104", message, key.span, _("keep one of the two"), places)
            parent.broken = True
            return
        parent.pairs.append((key, value))

    def glued(self, key: Scalar, value: Scalar) -> tuple[Scalar, Tree]:
        """`conv:{filters` and `conv：6` were meant as a key and a value: the two that were meant, and a message."""
        match = _GLUED.fullmatch(key.text)
        if not match:
            return key, value
        wide = "：" in key.text
        reason = _("a full-width colon is not a colon") if wide else _("a colon needs a space after it")
        shown = match[2]
        if "{" in shown or "[" in shown:
            shown = key.source.line(key.line + 1)[key.column + match.start(2) :].strip()
        self.say("SC107", reason, key.part(match.end(1), match.end(1) + 1), f"{match[1]}: {shown}")
        meant = key.cut(*match.span(2))
        whole = value.null and "{" not in meant.text and meant.text
        inner = Scalar(meant.text, "", *_place(meant)) if whole else Broken(*_place(meant))
        return key.cut(*match.span(1)), inner

    def cut(self, parent: Mapping, key: Scalar) -> bool:
        """Whether `key` is the tail of an expression that a comma inside { } cut off; that is reported here."""
        tail, pairs = _depth(key) < 0, parent.pairs
        if not tail and not key.text.isdigit():
            return False
        if isinstance(pairs[-1][1], Broken):
            return True
        index = self.opened([v for _k, v in pairs[-BACK:]], len(pairs)) if tail else len(pairs) - 1
        if index == len(pairs) or not (tail or _digits(pairs[index][1])):
            return False
        pairs[index:] = [(pairs[index][0], self.severed(pairs[index][1], key))]
        return True

    def item(self, items: list[Tree], node: Tree) -> None:
        """Add an item; `[max(a, b)]` is one expression, and YAML makes two items of it."""
        if _depth(node) < 0 and items:
            if isinstance(items[-1], Broken):
                return
            index = self.opened(items[-BACK:], len(items))
            if index < len(items):
                items[index:] = [self.severed(items[index], node)]
                return
        items.append(node)

    def opened(self, last: list[Tree], count: int) -> int:
        """The place, among `count` nodes, of the first of the `last` ones that opens a parenthesis; `count` for none."""
        if self.vain > MOST:  # a file of nothing but closing parentheses must not be slow
            return count
        found = next((i for i, node in enumerate(last, count - len(last)) if _depth(node) > 0), count)
        self.vain += found == count
        return found

    def severed(self, first: Tree, last: Tree) -> Broken:
        """Report that a comma cut an expression in two."""
        line = self.source.line(first.line + 1)[first.column :]
        match = _NUMBERS.match(line)
        text = match[0] if match and _depth(first) == 0 else line[: _closed(line)].rstrip()
        whole = Broken(self.source, first.line, first.column, first.line, first.column + max(len(text), 1))
        numbers = [n.strip() for n in text.strip("()").split(",")]
        if all(n.isdigit() for n in numbers):
            help = _("a list stands in square brackets: [{numbers}]").format(numbers=", ".join(numbers))
        else:
            help = _("put the whole expression in quotes: {text}").format(text=f"'{text}'")
        self.say("SC106", _("a comma ends the value of {text}").format(text=text), whole.span, help)
        return whole


def _closed(line: str) -> int:
    """Where a value that holds parentheses ends."""
    depth = 0
    for at, sign in enumerate(line):
        depth += (sign == "(") - (sign == ")")
        if depth < 0 or (depth == 0 and sign in ",}]"):
            return at
    return len(line)


def _depth(node: Tree) -> int:
    """Parentheses that a plain scalar opens, less those that it closes."""
    return node.text.count("(") - node.text.count(")") if isinstance(node, Scalar) and not node.style else 0


def _digits(node: Tree) -> bool:
    return isinstance(node, Scalar) and not node.style and node.text.isdigit()


def _place(node: Tree) -> tuple[Source, int, int, int, int]:
    return node.source, node.line, node.column, node.end_line, node.end_column
