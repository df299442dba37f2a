"""Where students stumble over a window: what floor drops, what ceil lets hang over, which side the odd zero goes to.

Pitfall: a sentence is said only where it is true of these numbers; where nothing is dropped, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, TypeVar

from ..symbolic import Undecided, has_letters
from ..text import _, ngettext, run_on
from . import _spread, _window
from ._window import Window

T = TypeVar("T")


def number(n: Any) -> str:
    """A count in a sentence: 34,848; a symbolic one as it is."""
    return f"{n:,}" if n.__class__ is int else str(n)


def windows(found: tuple[Window, ...], axes: str, padding: Any = None) -> dict[str, str]:
    """What is to be said of each axis's padding and size; `padding` is the option, a word or numbers."""
    pairs = zip(axes, found)
    said = [
        (f"{letter}.{axis}", text)
        for axis, w in pairs
        for notes in (_padding_notes(w, padding), _output_notes(w))
        for letter, text in decided(notes)
    ]
    return {key: run_on(text for k, text in said if k == key) for key, _text in said}


def decided(notes: Iterator[T]) -> Iterator[T]:
    """The notes up to one for which it depends on what letters will be whether it is true."""
    with suppress(Undecided):
        yield from notes


def _padding_notes(w: Window, padding: Any) -> Iterator[tuple[str, str]]:
    v = w.letters
    if v["D"] != 1:
        text = _(
            "{F} taps {D} apart reach over {K} pixels; the window still has only {F} weights along this axis."
        )
        yield "K", text.format(**v)
    if padding in ("same", "same_lower"):
        yield from _same(w, padding)
    if padding == "keep" and (2 * v["P"] + v["N"] - v["K"]) // v["S"] + 1 == v["N"]:
        yield "P", _("The least padding with which the output is as large as the input.")
    if padding == "full":
        yield "P", _("Every window that touches the input at all has its place.")


def _output_notes(w: Window) -> Iterator[tuple[str, str]]:
    yield "output", _spread_size(w) if isinstance(w, _spread.Spread) else run_on(decided(_size(w)))


def _same(w: Window, padding: str) -> Iterator[tuple[str, str]]:
    v = w.letters
    if isinstance(w, _spread.Spread):
        yield "P_t", _("What the windows have too much is cut off the output's ends.")
    elif v["P_b"] != v["P_a"] and not has_letters(v["P_t"]):
        before = ngettext(
            "{P_t} zero cannot be shared out evenly: it stands before the input.",
            "{P_t} zeros cannot be shared out evenly: the odd one stands before the input.",
            v["P_t"],
        )
        behind = ngettext(
            "{P_t} zero cannot be shared out evenly: it stands behind the input.",
            "{P_t} zeros cannot be shared out evenly: the odd one stands behind the input.",
            v["P_t"],
        )
        said = (behind if v["P_b"] < v["P_a"] else before).format(P_t=v["P_t"])
        if v["K"] % 2 == 0:
            said = run_on((said, _("An even window has no pixel in its middle.")))
        yield "P_a", said


def _size(w: Window) -> Iterator[str]:
    v = w.letters
    room = v["N"] + v["P_b"] + v["P_a"] - v["K"]
    if w.formula is _window.SAME:
        yield _(
            "With same padding the size depends on the stride alone; the zeros are as many as that takes."
        )
    elif w.formula is _window.CEIL:
        yield from _ceil(w, room)
    elif has_letters(room % v["S"]):
        text = _("({room}) / {S} is whole for some sizes only: {rest} are left over, which floor drops.")
        yield text.format(room=room, S=v["S"], rest=room % v["S"])
    elif room % v["S"]:
        yield _floor(w, room)
    if v["S"] > v["K"]:
        text = _("Of every {S} pixels the window reads {F}; the others are never read.")
        yield text.format(**v)


def _floor(w: Window, room: int) -> str:
    S, rest = w.letters["S"], room % w.letters["S"]
    dropped = _("{room} / {S} is not whole: {turns} steps leave {rest} over, which floor drops.").format(
        room=room, S=S, turns=room // S, rest=rest
    )
    if not w.unread:
        return run_on((dropped, _("It is padding, and no pixel is lost.")))
    lost = ngettext("The last pixel is never read.", "The last {n} pixels are never read.", w.unread)
    return run_on((dropped, lost.format(n=w.unread)))


def _ceil(w: Window, room: int) -> Iterator[str]:
    v = w.letters
    fitting = -(-room // v["S"]) + 1
    if has_letters((room % v["S"], fitting, w.M)):
        return
    if room % v["S"] and fitting == w.M:
        over = (w.M - 1) * v["S"] - room
        text = ngettext(
            "Rounded up: the last window hangs {n} position over the edge.",
            "Rounded up: the last window hangs {n} positions over the edge.",
            over,
        )
        yield text.format(n=over)
    elif fitting > w.M:
        text = _(
            "Rounded up there would be {fitting}, but the last one would begin behind the input, and is left out."
        )
        yield text.format(fitting=fitting)


def _spread_size(w: Window) -> str:
    v = w.letters
    if w.formula is _spread.SAME:
        return _("With same padding the map grows by the stride exactly.")
    text = _("The other way round: {N} windows stand {S} apart, so that the last one ends at {end}.")
    said = [text.format(N=v["N"], S=v["S"], end=(v["N"] - 1) * v["S"] + v["K"])]
    if v["P_b"] or v["P_a"]:
        said.append(_("Padding is cut off here, and not put on."))
    if v["O"]:
        said.append(_("Several sizes give the same input size; output padding says which of them is meant."))
    return run_on(said)
