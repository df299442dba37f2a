"""The axes of a shape, channels last: 28x28x6, (None, 28, 28, 6), 6@28x28, H=28 W=28 C=6, 28²×6.

Pitfall: a product in brackets is one axis (13x13x(3x10)), but `6 x (28x28)` are six maps; and 6×66×6 is more likely 6×6
copied twice than a shape, so it is refused with that suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import prod

from ...pattern import Pattern
from ...record import Record
from ...text import _
from .axes import Axis, axes_of
from .layout import arrange, labelled, layout_said
from .pieces import answer, noted, pieces
from .refused import Refused
from .tokens import tokens
from .words import CHANNELS, NOTE

MAX_RANK = 5
_GROUPED = Pattern(r"[\[(]?([1-9][0-9]{0,2})([,' _])([0-9]{3})[)\]]?")
_DEPTH = Pattern(
    r"[,;]?\s*\(?\b(?:with )?(?:depth|channels?|filters|maps|c|通道数?|深度)\s*[:=]\s*([0-9]+)\)?$",
    re.IGNORECASE,
)
_SETTINGS = Pattern(
    r"[,;]?\s*(?<![A-Za-z(])(?:with |and )?(?:strides?|s|pad|padding|p|kernel(?: size)?|k|f|filter size|步长|填充)\s*(?:[=:]|of|为)?\s*[0-9]+(?![0-9.×^])",
    re.IGNORECASE,
)
"""A layer's settings beside its shape: 28x28x6, stride 1, p=0."""
_TYPE = Pattern(r",?\s*\bdtype\s*=\s*[\w.']+")
_GIVEN = Pattern(r"[,;]\s*[A-Za-z_]+$")
_TIMES_NOTE = Pattern(r"\(\s*×\s*([0-9]+)\s*\)")


class Shape(Record):
    """Axes, channels last and without a batch axis; `also` is the other shape that the same cell gives."""

    axes: tuple[int, ...]
    also: tuple[int, ...] | None = None
    working: str = ""


def shape(text: str, layout: str, batch: bool) -> Shape:
    """The shape that a normalised text writes. Raises Refused; `wrong` where an axis is not whole."""
    said, text = layout_said(text)
    layout = said or layout
    batch = batch or layout.startswith("N")
    text = _TIMES_NOTE.sub(r"×\1", _TYPE.sub("", text).replace("'", " ").strip())
    bare = _SETTINGS.sub("", text)
    text = bare if "×" in bare or "," in bare else text
    axes = labelled(text)
    if axes:
        return Shape(arrange(_whole(axes), "HWC", batch=False))
    text = _DEPTH.sub(r", \1", text)
    if ";" in text and "=" in text:
        text = _statement(text, layout, batch)
    chain = pieces(text)
    last = answer(chain)
    if last < 0:
        raise Refused(_("there is no shape in it"))
    if chain[last][0].startswith("=") and last and _GIVEN.search(chain[last - 1][1]):
        raise Refused(_("its axes are given one by one, and not all of them by a name known here"))
    found = _piece(chain[last][1], layout, batch)
    working = next((p for _s, p in reversed(chain[:last]) if any(c.isdigit() for c in p)), "")
    if working:
        before = _attempt(working, layout, batch)
        if before and before.axes != found.axes and prod(before.axes) == prod(found.axes):
            found = found._replace(also=before.axes)
        found = found._replace(working=working)
    return found


def _statement(text: str, layout: str, batch: bool) -> str:
    """The one statement of several that gives a shape: `(32-5)/1+1 = 28; 28x28x6`."""
    parts = [part.strip() for part in text.split(";")]
    chains = [pieces(part) for part in parts]
    read = [_attempt(chain[answer(chain)][1], layout, batch) for chain in chains if answer(chain) >= 0]
    shapes = [part for part, found in zip(parts, read) if found and len(found.axes) > 1]
    return shapes[0] if len(shapes) == 1 and len(read) == len(parts) else text


def _attempt(text: str, layout: str, batch: bool) -> Shape | None:
    try:
        return _piece(text, layout, batch)
    except Refused:
        return None


def _piece(piece: str, layout: str, batch: bool) -> Shape:
    piece = NOTE.sub("", piece) if not any(w in piece.lower() for w in CHANNELS) else piece
    half = piece.replace(" ", "")
    half, rest = half[: len(half) // 2], half[len(half) // 2 :]
    if half == rest and "×" in half and not half.startswith("×") and not half.endswith("×"):
        raise Refused(_("it looks like {half} copied twice; write it once").format(half=half))
    grouped = _GROUPED.fullmatch(piece)
    if grouped and (grouped[3][0] == "0" or (grouped[2] == "," and piece[0].isdigit())):
        one, two = int(grouped[1] + grouped[3]), (int(grouped[1]), int(grouped[3]))
        return Shape((one,), None if grouped[3][0] == "0" else two)
    parts = noted(piece)
    head = _attempt(parts[0], layout, batch) if parts else None
    if parts is None or head is None:
        return _spelled(piece, layout, batch)
    note = _attempt(parts[1], layout, batch)
    if len(head.axes) == 2 and note and len(note.axes) == 1 and note.axes[0] != prod(head.axes):
        return _spelled(piece, layout, batch)  # 28x28 (6 filters): the depth stands in the brackets
    maps = any(word in CHANNELS for word in parts[0].lower().split())
    if len(head.axes) == 1 and note and len(note.axes) == 2 and maps:
        return _spelled(piece, layout, batch)  # 6 feature maps (28x28)
    return _with_note(head, parts[1], layout, batch)


def _with_note(found: Shape, note: str, layout: str, batch: bool) -> Shape:
    """`28x28x6 (4704)`, `400 (5x5x16)`, `120 (fc)`: a bare number in the brackets must be the number of values."""
    if not any(c.isdigit() for c in note):
        return found
    chain = pieces(note)
    second = _attempt(chain[answer(chain)][1], layout, batch)
    if second and prod(second.axes) == prod(found.axes):
        return found if second.axes == found.axes else found._replace(also=second.axes)
    if second and second.axes == found.axes[-1:]:
        return found._replace(working=note)
    if any(c.isalpha() for c in note) or "=" in note:
        return found
    raise Refused(_("it holds two shapes, and only one can be the answer"))


def _spelled(piece: str, layout: str, batch: bool) -> Shape:
    found = axes_of(tokens(piece, axes=True))
    if len(found.axes) > MAX_RANK:
        raise Refused(_("it has more axes than any layer gives"))
    also = arrange(_whole(found.other), layout, batch) if found.other else None
    axes = _whole(found.axes)
    working = piece if any(sign in piece for sign in "+/") else ""
    arranged = arrange(axes, "HWC" if found.maps_first else layout, batch)
    if also is None and len(arranged) == 4 and arranged[0] == 1:
        also = arranged[1:]  # a batch of one that the sheet did not ask for
    elif also is None and len(arranged) == 3 and arranged[1:] == (1, 1):
        also = arranged[:1]
    return Shape(arranged, also, working)


def _whole(axes: Sequence[Axis]) -> tuple[int | None, ...]:
    """The axes as whole numbers, with None for a batch axis. Raises Refused, wrong, where one is none."""
    for axis in axes:
        if axis is not None and axis < 0:
            raise Refused(_("an axis cannot be negative"))
        if axis is not None and axis >= 10**15:
            raise Refused(_("the number is too large to be an answer"))
    for axis in axes:
        if axis is not None and axis.denominator != 1:
            raise Refused(
                _("an axis of {size} is not whole").format(size=float(axis)), wrong=True, value=axis
            )
        if axis == 0:
            raise Refused(_("an axis cannot be 0"), wrong=True, value=0)
    return tuple(None if axis is None else int(axis) for axis in axes)
