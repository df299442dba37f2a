"""What stands in a field becomes a value: a number, a size, a word, or an expression to be worked out later.

Pitfall: option words (`same`, `valid`) win over names, so a parameter must not be called like one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import meant
from ..expression import ExpressionError, parse
from ..expression.tokens import MAX_INTEGER, number
from ..pattern import Pattern
from ..text import _
from .findings import Findings
from .plan import BROKEN, UNKNOWN, Value
from .tree import Broken, Mapping, Scalar, Sequence, Tree
from .words import (
    AXIS_NAMES,
    BOOLEANS,
    LISTED,
    NUMERIC,
    OPTION_WORDS,
    PADDING_WORDS,
    SHAPES,
    SPELLINGS,
    TRUTHS,
    describe,
    example,
)

_SIZE = Pattern(r"[0-9]+(?:\s*[x×]\s*[0-9]+)+")
_CROSSED = Pattern(r"\s*[x×]\s*")
_SYMBOLS = Pattern(r"(?:[A-Z]\d*|[0-9]+)(?:\s*[x×]\s*(?:[A-Z]\d*|[0-9]+))+")
_NUMBERS = Pattern(r"[(\[]?\s*[0-9]+(?:\s*[xX×*✕,，]\s*[0-9]+)+\s*[)\]]?")
_JOINED = Pattern(r"(?:[^\W\d_]\w*?|[0-9]+)(?:x(?:[^\W\d_]\w*?|[0-9]+))+")
_BARE = Pattern(r"\$\w+|\$\{\s*\w+\s*\}|[^\W\d]\w*")
_NAME = Pattern(r"[\w-]+(?:\.[\w-]+)*")


class Reader:
    """Reads fields; `known` are the names an expression may use: in a `block`, or those of a `base`."""

    def __init__(
        self, findings: Findings, known: Iterable[str] = (), block: bool = False, base: str = ""
    ) -> None:
        self.findings = findings
        self.known = set(known)
        self.later: set[str] = set()
        self.block = block
        self.base = base

    def value(self, node: Tree, kind: str, choices: tuple[str, ...] = ()) -> Value:
        """The value of a field of this kind; a broken one where a mistake was reported."""
        if isinstance(node, Scalar):
            return self.scalar(node, kind, choices)
        if isinstance(node, Sequence) and kind in LISTED:
            return self.sequence(node, kind)
        if isinstance(node, Mapping) and kind in ("amount", "shape"):
            return self.mapping(node, kind)
        return self.wrong(node, kind, choices)

    def wrong(self, node: Tree, kind: str, choices: tuple[str, ...] = (), help: str | None = None) -> Value:
        """Report that this is no value of the kind."""
        if isinstance(node, Broken) or (isinstance(node, Mapping) and node.broken):
            return Value(node, BROKEN)
        if isinstance(node, Scalar):
            found = node.text.strip() or _("nothing")
        else:
            found = _("a list") if isinstance(node, Sequence) else _("a mapping")
        message = _("expected {what}, found {text}").format(what=describe(kind, choices), text=found)
        self.findings.say("SC204", message, node, help or example(kind))
        return Value(node, BROKEN)

    def sequence(self, node: Sequence, kind: str) -> Value:
        inner = {"order": "axis", "table": "table", "padding": "size", "amount": "size", "any": "any"}.get(
            kind, "int"
        )
        if not node.items or (kind == "shape" and len(node.items) > 4):
            return self.wrong(node, kind)
        if inner == "int" and any(isinstance(item, (Sequence, Mapping)) for item in node.items):
            return self.wrong(node, kind)
        return self.listed(node, [self.value(item, inner) for item in node.items])

    def listed(self, node: Tree, items: list[Value], keys: list[str] | None = None) -> Value:
        if any(item.constant is BROKEN for item in items):
            return Value(node, BROKEN)
        return Value(node, items=tuple(items), keys=tuple(keys) if keys else None)

    def mapping(self, node: Mapping, kind: str) -> Value:
        keys, items = [], []
        for key, item in node.pairs:
            if key.text in AXIS_NAMES:
                keys.append(key.text)
                items.append(self.value(item, "size" if kind == "amount" else "int"))
            else:
                message = _("{key} is not an axis").format(key=key.text)
                self.findings.say("SC204", message, key, _("the axes are C H W T Z"))
                items.append(Value(key, BROKEN))
        if node.broken or not items:
            return Value(node, BROKEN) if node.broken else self.wrong(node, kind)
        named = {"C" if key == "D" else key for key in keys}
        if kind == "shape" and len(keys) == len(items) and (named not in SHAPES or len(named) < len(keys)):
            message = _("{axes} do not make a shape").format(axes=", ".join(keys))
            self.findings.say("SC204", message, node, _("there are C; T, C; H, W, C; and Z, H, W, C"))
            return Value(node, BROKEN)
        return self.listed(node, items, keys)

    def scalar(self, node: Scalar, kind: str, choices: tuple[str, ...] = ()) -> Value:
        text = node.text
        if kind in NUMERIC:
            if text.isdigit() and text.isascii():
                return self.integer(node, text)
            text = text.strip()
            if text == "unknown":
                return Value(node, UNKNOWN)
            if _SIZE.fullmatch(text):
                return self.size(node, text, kind)
        text = text.strip()
        if not text or node.null:
            return self.wrong(node, kind, choices, _("write a value"))
        word = self.word(node, text, kind, choices)
        if word is not None:
            return word
        if kind in NUMERIC:
            return self.numeric(node, text, kind)
        if not text.startswith("$") and (text not in self.known or not _BARE.fullmatch(text)):
            if kind != "bool":
                return self.wrong(node, kind, choices, self.close(text, choices))
            if text[:1].isdigit() and number(text) is not None:
                return self.wrong(node, kind, choices, _("write true or false"))
        return self.expression(node, kind)

    def word(self, node: Scalar, text: str, kind: str, choices: tuple[str, ...]) -> Value | None:
        """The value of a word that stands for itself; words win over names."""
        if kind in ("bool", "any"):
            if text in BOOLEANS:
                return Value(node, BOOLEANS[text])
            if text.lower() in TRUTHS and text not in self.known and (kind == "bool" or len(text) > 1):
                return self.wrong(
                    node, "bool" if kind == "bool" else "value", choices, _("write true or false")
                )
        if kind in ("padding", "any"):
            if text in (PADDING_WORDS if kind == "padding" else OPTION_WORDS):
                return Value(node, text)
        elif kind in ("choice", "axis"):
            if text in (choices or AXIS_NAMES):
                return Value(node, text)
        elif kind == "str":
            if not text.startswith("$"):
                return Value(node, text) if _NAME.fullmatch(text) else self.wrong(node, kind)
            if not _BARE.fullmatch(text):
                return self.wrong(node, kind, (), _("hand a parameter on as $name"))
        return None

    def close(self, text: str, choices: Iterable[str]) -> str | None:
        near = self.findings.near(text, choices)
        return meant(near) if near else None

    def integer(self, node: Scalar, text: str) -> Value:
        if len(text) > 1 and text[0] == "0":
            plain = text.lstrip("0") or "0"
            return self.wrong(node, "int", (), _("a number has no leading zero: {text}").format(text=plain))
        if len(text) > 18 and (len(text) > 19 or int(text) > MAX_INTEGER):
            return self.too_large(node)
        return Value(node, int(text), None, None, None)

    def too_large(self, node: Scalar) -> Value:
        self.findings.say("SC204", _("numbers go up to 10^18"), node, _("write a smaller one"))
        return Value(node, BROKEN)

    def size(self, node: Scalar, text: str, kind: str) -> Value:
        parts = _CROSSED.split(text)
        if any(len(p) > 1 and p[0] == "0" for p in parts):
            plain = "x".join(p.lstrip("0") or "0" for p in parts)
            return self.wrong(node, kind, (), _("a number has no leading zero: {text}").format(text=plain))
        if kind == "shape" and "0" in parts:
            return self.wrong(node, kind, (), _("every size of a shape is at least 1"))
        if text.startswith("0x") and kind not in ("size", "padding", "amount"):
            return self.wrong(
                node,
                kind,
                (),
                _("numbers are decimal: {n}").format(n=int(text[2:10], 16)) if len(parts) == 2 else None,
            )
        if text.startswith("0x"):
            listed = ", ".join(parts)
            return self.wrong(
                node, kind, (), _("0x begins no number; a size with a zero is a list: [{n}]").format(n=listed)
            )
        if kind not in ("size", "padding", "amount", "shape", "any"):
            return self.wrong(node, kind)
        if kind == "shape" and len(parts) > 4:
            return self.wrong(node, kind, (), _("a shape has one to four axes, without the batch"))
        if any(len(p) > 19 or int(p) > MAX_INTEGER for p in parts):
            return self.too_large(node)
        return Value(node, tuple(map(int, parts)))

    def numeric(self, node: Scalar, text: str, kind: str) -> Value:
        """A number that is not all digits, symbols joined by x, or an expression."""
        exact = number(text.removeprefix("-"))
        if exact is not None:
            if exact > MAX_INTEGER:
                return self.too_large(node)
            if isinstance(exact, float) and kind not in ("float", "any"):
                help = (
                    _("write {n}").format(n=int(exact))
                    if exact == int(exact)
                    else _("round it to a whole number")
                )
                return self.wrong(node, kind, (), help)
            return Value(node, -exact if text[0] == "-" else exact)
        if kind in ("shape", "size", "padding") and _NUMBERS.fullmatch(text) and "*" not in text:
            plain = "x".join(re.findall("[0-9]+", text))
            return self.wrong(node, kind, (), _("write {text}").format(text=plain))
        if kind == "shape" and _SYMBOLS.fullmatch(text):
            parts = [node.cut(*m.span()) for m in re.finditer(r"[A-Z]\d*|[0-9]+", node.text)]
            return self.listed(node, [self.scalar(part, "int") for part in parts])
        return self.expression(node, kind)

    def expression(self, node: Scalar, kind: str) -> Value:
        word = node.text.strip()
        if word in OPTION_WORDS and word != "ceil":
            return self.wrong(node, kind)
        try:
            expression = parse(node.text)
        except ExpressionError as error:
            self.findings.say(error.code, error.message, node.part(error.start, error.end), error.help)
            return Value(node, BROKEN)
        if kind not in ("float", "any") and "." in node.text and (place := expression.fraction()):
            help = _("params: {{f: {n}}}, and then int(f*…)").format(n=node.text[slice(*place)])
            self.findings.say(
                "SC304", _("a fraction comes only from a float parameter"), node.part(*place), help
            )
            return Value(node, BROKEN)
        places = {name.id: expression.extent(name) for name in reversed(list(expression.free()))}
        unknown = [name for name in expression.names() if name not in self.known and name not in BOOLEANS]
        for name in unknown:
            self.no_name(node, name, places[name], kind)
        return Value(node, BROKEN) if unknown else Value(node, expression=expression)

    def no_name(self, node: Scalar, name: str, place: tuple[int, int], kind: str) -> None:
        """Report a name that nothing declares, at its place."""
        words = PADDING_WORDS if kind == "padding" else ()
        near = self.findings.near(name, self.known, words)
        if kind == "padding" and name.lower() in SPELLINGS:
            help = _(SPELLINGS[name.lower()])
        elif name == "input":
            help = _("say which axis: input.C")
        elif name in self.later:
            help = _("it is declared further down; a default sees only the parameters above it")
        elif near:
            help = meant(near)
        elif _JOINED.fullmatch(name) and kind in ("shape", "size"):
            help = _("sizes given by names are a list: [{names}]").format(names=", ".join(name.split("x")))
        elif kind == "padding" and node.text.strip() == name:
            help = example(kind)
        elif self.base:
            help = _("{base} has {names}").format(base=self.base, names=", ".join(sorted(self.known)))
        elif self.block:
            help = _("a block sees its own params and the file's; declare {name} under its params:").format(
                name=name
            )
        else:
            help = _("declare it under params:")
        message = _("nothing is called {name} here").format(name=name)
        self.findings.say("SC303", message, node.part(*place), help)

    def text(self, node: Tree) -> str | None:
        """A line of words."""
        if isinstance(node, Scalar):
            return node.text
        self.wrong(node, "text")
        return None
