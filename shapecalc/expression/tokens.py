"""The signs of an expression are looked at one by one, before Python's parser sees them: a wrong one gets its cure.

Pitfall: Python reads `1_000`, `0x10`, `4if x` and full-width letters in its own way, and warns on stderr; so whatever
the language does not know is refused here, at its own place.
"""

from __future__ import annotations

import re

from ..errors import ShapecalcError
from ..pattern import Pattern
from ..text import _

MAX_INTEGER = 10**18
_NUMBER = Pattern(r"(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?")
_TOKEN = Pattern(
    r"(?P<name>[^\W\d]\w*)|(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![\w.])|(?P<text>'[^'\\]*'|\"[^\"\\]*\")"
    r"|(?P<sign>//|\*\*|[=!<>]=|<(?!>)|[-+*/%>().,])|\s+"
)
_WORD = Pattern(r"[\w.]+|&&|\|\||<>|\S")
_FULL_WIDTH = str.maketrans(
    "（），．：；＋－×＊／％＜＞＝！０１２３４５６７８９", "(),.:;+-**/%<>=!0123456789"
)
_UNITS = {"K": 3, "M": 6, "G": 9, "B": 9, "千": 3, "万": 4, "亿": 8}


class ExpressionError(ShapecalcError):
    """An expression that cannot be read or worked out; `start` and `end` are offsets into its text."""

    def __init__(
        self, code: str, message: str, start: int = 0, end: int | None = None, help: str | None = None
    ) -> None:
        self.code = code
        self.message = message
        self.start = start
        self.end = end
        self.help = help
        super().__init__(message)


def number(text: str) -> int | float | None:
    """The value of a decimal literal, whole where it is whole (`5e6`, `4.2e9`), or None where `text` is none.

    What is beyond the language's numbers comes back as some number that is too large.
    """
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    whole, decimals, exponent = match.groups()
    if len(whole) > 400 or len(exponent or "") > 4:
        return 0.0 if exponent and exponent[0] == "-" else 10 * MAX_INTEGER
    if exponent is None:
        return int(whole) if decimals is None else float(text)
    places, digits = int(exponent) - len(decimals or ""), int(whole + (decimals or ""))
    if places >= 0:
        return digits * int(10 ** min(places, 400))
    shift = 10 ** min(-places, 10_000)
    return float(text) if digits % shift else digits // shift


def check(text: str) -> None:
    """Refuse the first sign of `text` that has no meaning in an expression. Raises ExpressionError (SC301)."""
    if re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+", text.strip()):
        help = _("write {text}").format(text=text.strip().replace(",", ""))
        raise ExpressionError("SC301", _("a number has no commas"), 0, len(text), help)
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or (match.lastgroup == "number" and number(match[0]) is None):
            word = _WORD.match(text, at)
            found = word[0] if word else text[at]
            message, help = _cure(found)
            raise ExpressionError("SC301", message, at, at + len(found), help)
        at = match.end()


def _cure(found: str) -> tuple[str, str]:
    """Why these signs are refused, and what to write."""
    plain = found.translate(_FULL_WIDTH)
    if plain != found:
        return _("{sign} is a full-width sign").format(sign=found), _("write {sign}").format(sign=plain)
    if re.match(r"0[0-9]+", found):
        return _("{text} has a leading zero").format(text=found), _("write {text}").format(
            text=found.lstrip("0") or "0"
        )
    if re.match(r"0[xXbBoO]", found):
        help = _("numbers are decimal, 16 and not 0x10; a size with a zero is a list: [0, 3]")
        return _("{text} is not a decimal number").format(text=found), help
    if re.fullmatch(r"[0-9]{1,3}(_?[0-9])*", found) and "_" in found:
        return _("{text} is not a decimal number").format(text=found), _("write {text}").format(
            text=found.replace("_", "")
        )
    if glued := re.fullmatch(r"([0-9]+)([^\W\d]\w*)", found):
        exponent = _UNITS.get(glued[2])
        help = _("write {text}").format(
            text=f"{glued[1]}e{exponent}" if exponent else f"{glued[1]}*{glued[2]}"
        )
        if re.fullmatch(r"[xX×*]?[0-9]+(?:[xX×][0-9]+)*", glued[2]):
            help = _("write {text}").format(text=found.replace("X", "x"))
        return _("a sign is missing in {text}").format(text=found), help
    if re.match(r"\w+\.[A-Z]$", found):
        help = _("a name that begins with a digit stands in quotes: at('main.{name}').{axis}")
        name, _dot, axis = found.rpartition(".")
        return _("{text} has no meaning in an expression").format(text=found), help.format(
            name=name, axis=axis
        )
    if found[:1].isdigit() and found.endswith("."):
        return _("{text} is not a decimal number").format(text=found), _("write {text}").format(
            text=found.rstrip(".")
        )
    words = {
        "&&": "and",
        "&": "and",
        "||": "or",
        "|": "or",
        "!": "not",
        "=": "==",
        "<>": "!=",
        "^": "a*a",
        "÷": "//",
    }
    if found in words:
        return _("{sign} is not part of the language").format(sign=found), _("write {sign}").format(
            sign=words[found]
        )
    if found in ("'", '"', "\\", "`"):
        return _("this is no text of an expression"), _("only at('name') takes text, in plain quotes")
    if found in ("[", "]", "{", "}"):
        return _("{sign} has no meaning in an expression").format(sign=found), _(
            "a list stands without quotes: [1, 7]"
        )
    return _("{sign} has no meaning in an expression").format(sign=found), _(
        "there are + - * // %, comparisons and functions"
    )
