"""The words of the language: what an option may say, what no parameter may be called, and each kind of value in words.

Pitfall: a word that an option knows wins over a parameter's name, so no parameter may be called like one.
"""

from __future__ import annotations

from collections.abc import Callable

from ..text import N_, _

PADDING_WORDS = ("valid", "same", "same_lower", "full", "keep")
OPTION_WORDS = (*PADDING_WORDS, "floor", "ceil", "nearest", "bilinear")
BOOLEANS = {"true": True, "false": False}
TRUTHS = ("true", "false", "yes", "no", "on", "off", "y", "n")
"""What other languages write for true and false; only two of them do here."""
ENTRY_OPTIONS = ("name", "repeat", "if", "else", "from", "expect", "note", "frozen")
"""Options of every entry, and never names of branches."""
AXIS_NAMES = ("C", "H", "W", "T", "D", "Z")
SHAPES = ({"C"}, {"T", "C"}, {"H", "W", "C"}, {"Z", "H", "W", "C"}, {"T"})
TYPE_WORDS = {"integer": "int", "number": "int", "string": "str", "text": "str", "name": "str", "boolean": "bool",
              "real": "float", "double": "float", "整数": "int"}  # fmt: skip
"""What other languages call a parameter's type."""
NUMERIC = frozenset(("int", "float", "size", "padding", "amount", "shape", "any", "table", "cost"))
LISTED = frozenset(("size", "padding", "amount", "shape", "order", "table", "any"))
KEYWORDS = ("and", "or", "not", "if", "else", "in", "is", "for", "from", "as", "def", "class", "del", "elif", "lambda",
            "pass", "return", "try", "while", "with", "yield", "async", "await", "assert", "break", "continue", "except",
            "finally", "global", "import", "nonlocal", "raise", "True", "False", "None")  # fmt: skip
RESERVED = {*OPTION_WORDS, *BOOLEANS, *KEYWORDS, "unknown", "input", "prev", "identity",
            "min", "max", "ceil_div", "round_to", "int", "at"}  # fmt: skip
"""Words that no parameter may be called."""

SPELLINGS = {
    "half": N_("write same"),
    "none": N_("write valid, or 0"),
    "zeros": N_("padding is zeros anyway; write how many"),
    "zero": N_("padding is zeros anyway; write how many"),
    "causal": N_("name the two sides: padding: [[2, 0]]"),
    "reflect": N_("only zeros are padded here; write how many"),
    "replicate": N_("only zeros are padded here; write how many"),
    "same_upper": N_("write same"),
    "auto": N_("write same"),
}
"""Words of other tools for a padding."""


def describe(kind: str, choices: tuple[str, ...] = ()) -> str:
    """A kind of value in words."""
    words: dict[str, Callable[[], str]] = {
        "int": lambda: _("a whole number"),
        "cost": lambda: _("a whole number, or a bound such as <= 4.2e9"),
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
        "block": lambda: _("a list of entries, or params: and layers:"),
    }
    return words.get(kind, lambda: _("a value"))()
