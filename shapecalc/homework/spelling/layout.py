"""Which axis is which: the sheet's layout, a layout that the student writes beside the shape, and axes called by name.

Pitfall: who writes `28x28x6 (HWC)` on a sheet that asks for CHW has said what he means, so his word goes before the sheet's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from ...pattern import Pattern
from ...text import _
from .refused import Refused

_GAP = r"\s?[,×*]?\s?"
_TAGS = Pattern(
    r"(?<![A-Za-z])\(?\s?(?P<batch>[NBnb]" + _GAP + r")?(?P<tag>" + "|".join(
        _GAP.join(letters) for letters in ("HWC", "HWD", "CHW", "DHW", "hwc", "chw", "hwd")
    ) + r")\s?\)?(?![A-Za-z])"
)  # fmt: skip
_FIRST = Pattern(r"(?:channels?|depth)[- ]first|通道在前|通道优先", re.IGNORECASE)
_LAST = Pattern(r"(?:channels?|depth)[- ]last|通道在后", re.IGNORECASE)
_NAMES = {
    "H": r"n_?h|h_?out|out_?h|h_?o|heights?|rows?|h|高度?|行",
    "W": r"n_?w|w_?out|out_?w|w_?o|widths?|wide|cols?|columns?|w|宽度?|列",
    "C": r"n_?c|c_?out|out_?c|channels?|chan|ch|depth|deep|d|c|filters?|maps|通道数?|深度|厚度",
    "B": r"batch(?:_size)?|n|b|m",
}
_NAME = "|".join(f"(?P<{axis}>{names})" for axis, names in _NAMES.items())
_SIZE = r"(?P<size>[0-9]+|None|none)"
_BEFORE = Pattern(
    rf"(?<![A-Za-z_])(?:{_NAME})(?:_?[0-9](?=\s?[=:]))?\s?(?:[=:]|为|是|of)?\s?{_SIZE}(?![0-9.^])",
    re.IGNORECASE,
)
_AFTER = Pattern(rf"{_SIZE}\s?\(?(?:{_NAME})(?![A-Za-z])\)?", re.IGNORECASE)
_TWIN = Pattern(r"(?<![A-Za-z])(?:h|height)\s?=\s?(?:w|width)\s?=\s?([0-9]+)(?![0-9])", re.IGNORECASE)


def layout_said(text: str) -> tuple[str, str]:
    """The layout that stands in a cell ("" for none), and the text without it."""
    for pattern, layout in ((_FIRST, "CHW"), (_LAST, "HWC")):
        if pattern.search(text):
            return layout, pattern.sub(" ", text).replace("( )", " ").strip()
    match = _TAGS.search(text)
    if not match or not any(c.isdigit() for c in text):
        return "", text
    tag = "".join(c for c in match["tag"].upper() if c.isalpha()).replace("D", "C")
    rest = text[: match.start()] + " " + text[match.end() :]
    return ("N" if match["batch"] else "") + tag, rest.strip(" ,:")


def labelled(text: str) -> tuple[Fraction | None, ...] | None:
    """Axes that are called by name, H=28, W=28, C=6, in the order H W C; None where they are not."""
    text = _TWIN.sub(r"h=\1 w=\1", text)
    for pattern in (_BEFORE, _AFTER):
        found = dict[str, str]()
        rest = text
        for match in pattern.finditer(text):
            axis = next(a for a in _NAMES if match[a])
            if found.setdefault(axis, match["size"]) != match["size"]:
                return None
            rest = rest.replace(match[0], " ", 1)
        if {"H", "W"} <= set(found) and not any(c.isdigit() for c in rest):
            return tuple(Fraction(int(found[a])) for a in "HWC" if a in found)
    return None


def arrange(axes: Sequence[int | None], layout: str, batch: bool) -> tuple[int, ...]:
    """Channels last, without a batch axis; a vector written as a row or a column is the vector."""
    sizes = list(axes)
    if (len(sizes) > 1 and sizes[0] is None) or (
        batch and (len(sizes) in (4, 5) or (len(sizes) == 2 and sizes[0] == 1))
    ):
        del sizes[0]
    if not sizes or None in sizes:
        raise Refused(_("an axis of it is unknown"))
    whole = tuple(size for size in sizes if size is not None)
    if layout.lstrip("N") == "CHW" and len(whole) > 1:
        whole = (*whole[1:], whole[0])
    if len(whole) == 2 and whole[1] == 1:
        return whole[:1]
    return whole[-1:] if all(size == 1 for size in whole[:-1]) else whole
