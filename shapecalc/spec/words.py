"""The words of the language: what an option may say, what no parameter may be called, and each kind of value in words.

Pitfall: a word that an option knows wins over a parameter's name, so no parameter may be called like one.
"""

from __future__ import annotations

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
    if choices:
        return _("one of {words}").format(words=", ".join(choices))
    words = {
        "int": N_("a whole number"),
        "cost": N_("a whole number"),
        "float": N_("a number"),
        "bool": N_("true or false"),
        "size": N_("a size"),
        "padding": N_("a padding"),
        "axis": N_("an axis"),
        "amount": N_("an amount"),
        "shape": N_("a shape"),
        "order": N_("a list of axes"),
        "table": N_("a list of lists of map numbers"),
        "str": N_("a name"),
        "text": N_("a line of text"),
        "mapping": N_("a mapping"),
        "block": N_("the entries of a block"),
    }
    return _(words.get(kind, N_("a value")))


def example(kind: str) -> str:
    """How a value of this kind is written."""
    words = {
        "int": N_("write a number such as 64, or an expression such as 4*mid"),
        "cost": N_("write a number such as 25557032, or a bound such as <= 4.2e9"),
        "float": N_("write a number such as 0.5"),
        "bool": N_("write true or false, or a condition such as stride > 1"),
        "size": N_("write 3, 1x7 or [1, 7]"),
        "padding": N_(
            "write a size, [[top, bottom], [left, right]], or valid, same, same_lower, full or keep"
        ),
        "axis": N_("the axes are C H W T Z"),
        "choice": N_("write one of these words"),
        "amount": N_("write 2, 1x2, [[top, bottom], [left, right]] or {C: [0, 16]}"),
        "shape": N_("write 28x28x6, [T, d] or {H: 28, W: 28, C: 6}"),
        "order": N_("write a list such as [C, H, W]"),
        "table": N_("write a list for every filter: [[0, 1, 2], [1, 2, 3]]"),
        "str": N_("a name is made of letters, digits, _ and -"),
        "text": N_("write one line, in quotes if it holds a colon or a #"),
        "mapping": N_("write key: value, one on a line, or {key: value}"),
        "block": N_("write [conv: 64, relu], or params: and layers:"),
    }
    return _(words.get(kind, N_("write a number, a size, a word or an expression")))
