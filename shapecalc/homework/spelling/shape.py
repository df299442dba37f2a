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
from .axes import TWO_SHAPES, Axis, axes_of
from .layout import arrange, labelled, layout_said
from .pieces import answer, has_digit, noted, pieces
from .refused import Refused
from .tokens import tokens
from .words import MAPS, NOTE

MAX_RANK = 5
LARGEST = 10**15
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
    text = _TIMES_NOTE.sub(r"×\1", _TYPE.sub("", text).replace("'", " ").strip())
    bare = _SETTINGS.sub("", text)
    text = bare if "×" in bare or "," in bare else text
    if axes := labelled(text):
        return Shape(arrange(_whole(axes), "HWC", batch=False))
    layout = said or layout
    return _Reader(layout, batch or layout.startswith("N")).statement(_DEPTH.sub(r", \1", text))


class _Reader(Record):
    """Reads shapes in a layout."""

    layout: str
    batch: bool

    def statement(self, text: str) -> Shape:
        """The last shape of a chain of equals signs, with the one before it where it has as many values."""
        chain = pieces(self.one_of(text) if ";" in text and "=" in text else text)
        last = answer(chain)
        if last < 0:
            raise Refused(_("there is no shape in it"))
        if chain[last][0].startswith("=") and last and _GIVEN.search(chain[last - 1][1]):
            raise Refused(_("its axes are given one by one, and not all of them by a name known here"))
        found = self.piece(chain[last][1])
        working = next((before for _sign, before in reversed(chain[:last]) if has_digit(before)), "")
        before = self.attempt(working) if working else None
        if before and before.axes != found.axes and prod(before.axes) == prod(found.axes):
            found = found._replace(also=before.axes)
        return found._replace(working=working or found.working)

    def one_of(self, text: str) -> str:
        """The one statement of several that gives a shape: `(32-5)/1+1 = 28; 28x28x6`."""
        parts = [part.strip() for part in text.split(";")]
        chains = [chain for chain in map(pieces, parts) if answer(chain) >= 0]
        read = [self.attempt(chain[answer(chain)][1]) for chain in chains]
        shapes = [part for part, found in zip(parts, read) if found and len(found.axes) > 1]
        return shapes[0] if len(shapes) == 1 and len(read) == len(parts) else text

    def attempt(self, text: str) -> Shape | None:
        try:
            return self.piece(text)
        except Refused:
            return None

    def piece(self, piece: str) -> Shape:
        """A shape with or without a remark in brackets behind it."""
        piece = NOTE.sub("", piece) if not any(word in piece.lower() for word in MAPS) else piece
        bare = piece.replace(" ", "")
        half = bare[: len(bare) // 2]
        if bare == half * 2 and "×" in half and half.strip("×") == half:
            raise Refused(_("it looks like {half} copied twice; write it once").format(half=half))
        grouped = _GROUPED.fullmatch(piece)
        if grouped and (grouped[3][0] == "0" or (grouped[2] == "," and piece[0].isdigit())):
            one, two = int(grouped[1] + grouped[3]), (int(grouped[1]), int(grouped[3]))
            return Shape((one,), None if grouped[3][0] == "0" else two)
        head, note = noted(piece) or ("", "")
        found = self.attempt(head) if head else None
        return self.with_note(found, head, note, piece) if found else self.spelled(piece)

    def with_note(self, found: Shape, head: str, note: str, piece: str) -> Shape:
        """`28x28x6 (4704)`, `400 (5x5x16)`, `120 (fc)`: a bare number in the brackets must be the number of values."""
        if not has_digit(note):
            return found
        bare, chain = self.attempt(note), pieces(note)
        ranks = (len(found.axes), len(bare.axes) if bare else 0)
        deep = bare and ranks == (2, 1) and bare.axes[0] != prod(found.axes)  # 28x28 (6 filters)
        if deep or (ranks == (1, 2) and any(word in MAPS for word in head.lower().split())):  # 6 maps (28x28)
            return self.spelled(piece)
        second = self.attempt(chain[answer(chain)][1])
        if second and prod(second.axes) == prod(found.axes):
            return found if second.axes == found.axes else found._replace(also=second.axes)
        if second and second.axes == found.axes[-1:]:
            return found._replace(working=note)
        if any(c.isalpha() for c in note) or "=" in note:
            return found
        raise Refused(_(TWO_SHAPES))

    def spelled(self, piece: str) -> Shape:
        """The axes of a piece, channels last; a batch of one and a column of ones are handed on in `also`."""
        found = axes_of(tokens(piece, axes=True))
        if len(found.axes) > MAX_RANK:
            raise Refused(_("it has more axes than any layer gives"))
        axes = arrange(_whole(found.axes), "HWC" if found.maps_first else self.layout, self.batch)
        also = arrange(_whole(found.other), self.layout, self.batch) if found.other else None
        if len(axes) == 4 and axes[0] == 1:
            also = also or axes[1:]
        elif len(axes) == 3 and axes[1:] == (1, 1):
            also = also or axes[:1]
        return Shape(axes, also, piece if any(sign in piece for sign in "+/") else "")


def _whole(axes: Sequence[Axis]) -> tuple[int | None, ...]:
    """The axes as whole numbers, with None for a batch axis. Raises Refused, wrong, where one is none."""
    known = [axis for axis in axes if axis is not None]
    if any(axis < 0 for axis in known):
        raise Refused(_("an axis cannot be negative"))
    if any(axis >= LARGEST for axis in known):
        raise Refused(_("the number is too large to be an answer"))
    for axis in known:
        if axis.denominator != 1:
            reason = _("an axis of {size} is not whole").format(size=float(axis))
            raise Refused(reason, wrong=True, value=axis)
        if axis == 0:
            raise Refused(_("an axis cannot be 0"), wrong=True, value=0)
    return tuple(None if axis is None else int(axis) for axis in axes)
