"""YAML text to a tree with places, strictly: what YAML would quietly turn into something else gets a message.

Pitfall: PyYAML's composer drops anchors, forgets tags and lets a repeated key win, so the tree is built from its
events; nothing is ever constructed, and depth is bounded before anything recurses.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from ..errors import Diagnostic, Related, Source, SpecError
from ..text import _
from .tree import Mapping, Scalar, Sequence, Tree

MAX_BYTES = 2**20
MAX_DEPTH = 64
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_GLUED = re.compile(r"\w+:[{\[]")


def read(
    source: Source, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH
) -> tuple[Tree, list[Diagnostic]]:
    """The tree of one YAML document, and what is wrong with it. Raises SpecError where no tree can be had."""
    if len(source.text.encode("utf-8", "surrogatepass")) > max_bytes:
        raise SpecError(
            [Diagnostic("SC108", _("{name} is larger than {n} bytes").format(name=source.name, n=max_bytes))]
        )
    builder = _Builder(source, max_depth)
    try:
        builder.run()
    except yaml.YAMLError as error:
        builder.found.append(_syntax_error(source, error))
        raise SpecError(builder.found) from None
    if builder.root is None:
        what = Diagnostic(
            "SC109", _("{name} is empty").format(name=source.name), None, _("a spec needs input: and layers:")
        )
        raise SpecError([*builder.found, what])
    return builder.root, builder.found


class _Builder:
    """Turns events into a tree, keeping a stack of open collections."""

    def __init__(self, source: Source, max_depth: int) -> None:
        self.source = source
        self.max_depth = max_depth
        self.found: list[Diagnostic] = []
        self.root: Tree | None = None
        self.stack: list[Tree] = []
        self.keys: list[Scalar | None] = []
        self.seen: list[dict[str, Scalar]] = []
        self.documents = 0

    def run(self) -> None:
        loader = _Loader(self.source.text)
        try:
            while (event := loader.get_event()) is not None:
                self.take(event)
        finally:
            loader.dispose()

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            start, end = event.start_mark, event.end_mark
            quoted = bool(event.style)  # libyaml says "" for a plain scalar, the Python parser None
            place = (self.source, start.line, start.column, end.line, end.column)
            self.decorated(event, place)
            self.put(Scalar(event.value, quoted, *place))
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            start = event.start_mark
            place = (self.source, start.line, start.column, start.line, start.column + 1)
            self.decorated(event, place)
            self.open(Mapping(*place) if kind is yaml.MappingStartEvent else Sequence(*place))
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            node = self.stack.pop()
            self.keys.pop()
            self.seen.pop()
            node.end_line, node.end_column = event.end_mark.line, event.end_mark.column
        elif kind is yaml.AliasEvent:
            start, end = event.start_mark, event.end_mark
            place = (self.source, start.line, start.column, end.line, end.column)
            help = _("quote it, or give the block a name and use that") if self.stack else None
            self.say(
                "SC103",
                _("an alias (*{name}) is not part of the language").format(name=event.anchor),
                Scalar("", True, *place),
                help,
            )
            self.put(Scalar("", True, *place))
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents == 2:
                start = event.start_mark
                place = (self.source, start.line, start.column, start.line, start.column + 3)
                self.say(
                    "SC102",
                    _("a file holds one spec, and here a second document begins"),
                    Scalar("", True, *place),
                )

    def say(
        self, code: str, message: str, node: Tree, help: str | None = None, related: tuple[Related, ...] = ()
    ) -> None:
        self.found.append(Diagnostic(code, message, node.span, help, related))

    def decorated(self, event: Any, place: Any) -> None:
        if event.anchor:
            message = _("an anchor (&{name}) is not part of the language").format(name=event.anchor)
            self.say(
                "SC103", message, Scalar("", True, *place), _("repeat entries with repeat:, or make a block")
            )
        if event.tag and event.tag != "!":
            message = _("a tag ({tag}) is not part of the language").format(tag=event.tag)
            self.say("SC103", message, Scalar("", True, *place), _("write the plain value"))

    def open(self, node: Tree) -> None:
        if len(self.stack) >= self.max_depth:
            self.say("SC108", _("more than {n} levels inside each other").format(n=self.max_depth), node)
            raise SpecError(self.found)
        self.put(node)
        self.stack.append(node)
        self.keys.append(None)
        self.seen.append({})

    def put(self, node: Tree) -> None:
        if not self.stack:
            if self.documents < 2:
                self.root = node
            return
        parent = self.stack[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif isinstance(parent, Mapping):
            key = self.keys[-1]
            if key is None:
                self.keys[-1] = self.key(node)
            else:
                parent.pairs.append((key, node))
                self.keys[-1] = None

    def key(self, node: Tree) -> Scalar:
        if not isinstance(node, Scalar):
            self.say("SC105", _("a key must be a word"), node, _("put an expression in quotes"))
            return Scalar("?", True, node.source, node.line, node.column, node.end_line, node.end_column)
        first = self.seen[-1].setdefault(node.text, node)
        if first is not node:
            places = (Related(_("first given here"), first.span),)
            self.say(
                "SC104",
                _("{key} is given twice").format(key=node.text),
                node,
                _("keep one of the two"),
                places,
            )
        if not node.quoted:
            self.check_key(node)
        return node

    def check_key(self, node: Scalar) -> None:
        if "：" in node.text:
            self.say(
                "SC107", _("a full-width colon is not a colon"), node, _("write ': ', with a space after it")
            )
        elif _GLUED.match(node.text):
            self.say(
                "SC107", _("a colon needs a space after it"), node, node.text.replace(":", ": ", 1) + " …"
            )
        elif node.text == "<<":
            self.say(
                "SC103",
                _("a merge key (<<) is not part of the language"),
                node,
                _("use a block with parameters"),
            )
        elif node.text.count(")") > node.text.count("("):
            cure = _("put the whole expression in quotes: 'max(a, b)'")
            self.say(
                "SC106", _("inside {{ }} a comma ends the value: {text}").format(text=node.text), node, cure
            )


def _syntax_error(source: Source, error: Any) -> Diagnostic:
    """PyYAML's complaint in the words of a person who wrote a spec."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return Diagnostic(
            "SC101",
            _("this is not a text that YAML can read: {reason}").format(reason=str(error).splitlines()[0]),
        )
    here = Scalar("", True, source, mark.line, mark.column, mark.line, mark.column + 1)
    line = source.line(mark.line + 1)
    before = source.line(mark.line)
    reason = getattr(error, "problem", None) or str(error)
    help = None
    if re.search(r":\s*\?\s*([,}#]|$)", line) or re.search(r":\s*\?\s*([,}#]|$)", before):
        return Diagnostic(
            "SC101", _("a bare ? is not YAML"), here.span, _("write unknown where a value is asked for")
        )
    if "\t" in line[: mark.column + 1]:
        help = _("YAML is indented with spaces, never with tabs")
    elif "${" in line:
        help = _("inside {{ }} leave the braces out: filters: 4*mid, or quote it: '${{4*mid}}'").format()
    elif "`" in line or "@" in line or "%" in line:
        help = _("put the value in quotes")
    elif re.search(r"\w+:[{\[]", line):
        help = _("a colon needs a space after it")
    return Diagnostic("SC101", _("this is not YAML: {reason}").format(reason=reason), here.span, help)
