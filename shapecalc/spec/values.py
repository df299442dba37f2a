"""What stands in a field becomes a value: a number, a size, a word, or an expression to be worked out later.

Pitfall: option words (`same`, `valid`) win over names, so a parameter must not be called like one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from ..errors import Diagnostic, Related, Span, nearest
from ..expression import ExpressionError, parse
from ..expression.parse import MAX_INTEGER, number
from ..pattern import Pattern
from ..text import _
from .plan import UNKNOWN, Value
from .tree import Mapping, Scalar, Sequence, Tree

PADDING_WORDS = ("valid", "same", "same_lower", "full", "keep")
BOOLEANS = {"true": True, "false": False}
AXIS_NAMES = ("C", "H", "W", "T", "D", "Z")
NUMERIC = ("int", "float", "size", "padding", "amount", "shape", "any", "table")
RESERVED = {*PADDING_WORDS, *BOOLEANS, "unknown", "floor", "ceil", "nearest", "bilinear", "input", "prev", "identity",
            "min", "max", "ceil_div", "round_to", "int", "at"}  # fmt: skip
"""Words that no parameter may be called."""

_SIZE = Pattern(r"\d+(?:\s*[x×]\s*\d+)*")
_SYMBOLS = Pattern(r"(?:[A-Z]\d*|\d+)(?:\s*[x×]\s*(?:[A-Z]\d*|\d+))*")
_BARE = Pattern(r"\$?\{?([^\W\d]\w*)\}?")


class Findings:
    """The mistakes of one file, all of them; `say` takes a node or a span for the place."""

    def __init__(self) -> None:
        self.items: list[Diagnostic] = []

    def say(
        self,
        code: str,
        message: str,
        place: Tree | Span,
        help: str | None = None,
        related: Iterable[Related] = (),
    ) -> None:
        span = place.span if isinstance(place, Tree) else place
        self.items.append(Diagnostic(code, message, span, help, tuple(related)))


class Reader:
    """Reads fields; `known` are the names an expression may use here."""

    def __init__(self, findings: Findings, known: Iterable[str] = ()) -> None:
        self.findings = findings
        self.known = set(known)

    def value(self, node: Tree, kind: str, choices: tuple[str, ...] = ()) -> Value | None:
        """The value of a field of this kind, or None where a mistake was reported."""
        if isinstance(node, Scalar):
            return self.scalar(node, kind, choices)
        if isinstance(node, Sequence) and kind in (
            "size",
            "padding",
            "amount",
            "shape",
            "order",
            "table",
            "any",
        ):
            return self.sequence(node, kind)
        if isinstance(node, Mapping) and kind in ("amount", "shape"):
            return self.mapping(node, kind)
        return self.wrong(node, kind, choices)

    def wrong(self, node: Tree, kind: str, choices: tuple[str, ...] = (), help: str | None = None) -> None:
        message = _("expected {what}").format(what=describe(kind, choices))
        if isinstance(node, Scalar):
            message += _(", found {text}").format(text=node.text or _("nothing"))
        self.findings.say("SC204", message, node, help)

    def sequence(self, node: Sequence, kind: str) -> Value | None:
        inner = (
            "axis"
            if kind == "order"
            else "table"
            if kind == "table"
            else "size"
            if kind in ("padding", "amount")
            else "int"
        )
        if kind == "any":
            inner = "any"
        if any(not isinstance(item, Scalar) for item in node.items) and inner == "int":
            return self.wrong(node, kind)
        items = [self.value(item, inner) for item in node.items]
        return Value(node, items=tuple(i for i in items if i)) if all(items) else None

    def mapping(self, node: Mapping, kind: str) -> Value | None:
        keys, items = [], []
        for key, item in node.pairs:
            if key.text not in AXIS_NAMES:
                self.findings.say(
                    "SC204", _("{key} is not an axis").format(key=key.text), key, _("the axes are C H W T Z")
                )
                continue
            value = self.value(item, "size" if kind == "amount" else "int")
            keys.append(key.text)
            items.append(value)
        return (
            Value(node, items=tuple(i for i in items if i), keys=tuple(keys))
            if items and all(items)
            else None
        )

    def scalar(self, node: Scalar, kind: str, choices: tuple[str, ...] = ()) -> Value | None:
        text = node.text.strip()
        if text.isdigit() and text.isascii() and kind in NUMERIC:
            return self.integer(node, text)
        if not text or node.null:
            return self.wrong(node, kind, choices, _("write a value, or leave the option out"))
        if text == "unknown" and kind in NUMERIC and kind != "any":
            return Value(node, UNKNOWN)
        if kind in ("padding", "any") and text in PADDING_WORDS:
            return Value(node, text)
        if kind in ("choice", "axis") and text in (choices or AXIS_NAMES):
            return Value(node, text)
        if kind == "str" and not text.startswith("$"):
            return Value(node, text)
        if kind in ("bool", "any") and text in BOOLEANS:
            return Value(node, BOOLEANS[text])
        if kind == "bool" and text.lower() in ("yes", "no", "on", "off", "true", "false", "y", "n"):
            return self.wrong(node, kind, choices, _("write true or false"))
        if kind in ("choice", "axis", "str") and not _BARE.fullmatch(text):
            return self.wrong(node, kind, choices, self.close(text, choices))
        if _SIZE.fullmatch(text):
            return self.size(node, text, kind)
        if kind == "shape" and _SYMBOLS.fullmatch(text) and text not in self.known:
            parts = (
                Scalar(p.strip(), "part", node.source, node.line, node.column, node.end_line, node.end_column)
                for p in re.split("[x×]", text)
            )
            items = [self.scalar(part, "int") for part in parts]
            return Value(node, items=tuple(i for i in items if i)) if all(items) else None
        if kind in ("choice", "axis") and not text.startswith("$") and text not in self.known:
            return self.wrong(node, kind, choices, self.close(text, choices))
        return self.expression(node, kind)

    def close(self, text: str, choices: Iterable[str]) -> str | None:
        near = nearest(text, list(choices))
        return _("did you mean {word}?").format(word=near) if near else None

    def integer(self, node: Scalar, text: str) -> Value | None:
        if len(text) > 1 and text[0] == "0":
            return self.wrong(node, "int", (), _("a number has no leading zero"))
        if len(text) > 18 and int(text) > MAX_INTEGER:
            self.findings.say("SC204", _("numbers go up to 10^18"), node)
            return None
        return Value(node, int(text))

    def size(self, node: Scalar, text: str, kind: str) -> Value | None:
        parts = re.split(r"\s*[x×]\s*", text)
        if any(len(p) > 1 and p[0] == "0" for p in parts):
            return self.wrong(node, kind, (), _("a number has no leading zero"))
        if kind not in ("size", "padding", "amount", "shape", "any"):
            return self.wrong(node, kind)
        if any(int(p) > MAX_INTEGER for p in parts):
            self.findings.say("SC204", _("numbers go up to 10^18"), node)
            return None
        return Value(node, tuple(int(p) for p in parts))

    def expression(self, node: Scalar, kind: str) -> Value | None:
        exact = number(node.text.strip().removeprefix("-"))
        if exact is not None and kind in ("float", "any", "int", "cost"):
            return Value(node, -exact if node.text.strip().startswith("-") else exact)
        try:
            expression = parse(node.text)
        except ExpressionError as error:
            help = error.help
            if kind == "padding" and node.text.isalpha():
                help = self.close(node.text, PADDING_WORDS) or help
            self.findings.say(error.code, error.message, node.part(error.start, error.end), help)
            return None
        fine = [self.check_name(node, expression, name) for name in expression.names()]
        return Value(node, expression=expression) if all(fine) else None

    def check_name(self, node: Scalar, expression: Any, name: str) -> bool:
        """Report a name that nothing declares, at its place; layers and inputs before a dot are looked up later."""
        import ast

        for part in ast.walk(expression.tree):
            if isinstance(part, ast.Attribute) and isinstance(part.value, (ast.Name, ast.Attribute)):
                base: ast.AST = part
                while isinstance(base, ast.Attribute):
                    base = base.value
                if isinstance(base, ast.Name) and base.id == name:
                    return True
        if name in self.known or name in BOOLEANS:
            return True
        place = next(p for p in ast.walk(expression.tree) if isinstance(p, ast.Name) and p.id == name)
        near = nearest(name, [*self.known, *PADDING_WORDS])
        help = _("did you mean {word}?").format(word=near) if near else _("declare it under params:")
        self.findings.say(
            "SC303",
            _("nothing is called {name} here").format(name=name),
            node.part(*expression.extent(place)),
            help,
        )
        return False

    def text(self, node: Tree) -> str | None:
        """A line of words."""
        if isinstance(node, Scalar):
            return node.text
        self.wrong(node, "text")
        return None


def describe(kind: str, choices: tuple[str, ...] = ()) -> str:
    """A kind of value in words."""
    words: dict[str, Callable[[], str]] = {
        "int": lambda: _("a whole number"),
        "float": lambda: _("a number"),
        "bool": lambda: _("true or false"),
        "size": lambda: _("a size, such as 3, 1x7 or [1, 7]"),
        "padding": lambda: _(
            "a padding: a size, [[top, bottom], [left, right]], or valid, same, same_lower, full, keep"
        ),
        "choice": lambda: _("one of {words}").format(words=", ".join(choices)),
        "axis": lambda: _("an axis: C, H, W, T or Z"),
        "amount": lambda: _("an amount: 2, 1x2, [[top, bottom], [left, right]] or {C: [0, 16]}"),
        "shape": lambda: _("a shape, such as 28x28x6, [T, d] or {H: 28, W: 28, C: 6}"),
        "order": lambda: _("a list of axes"),
        "table": lambda: _("a list of lists of map numbers"),
        "str": lambda: _("a name"),
        "text": lambda: _("a line of text"),
        "list": lambda: _("a list"),
        "mapping": lambda: _("a mapping"),
    }
    return words.get(kind, lambda: _("a value"))()
