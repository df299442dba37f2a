"""How a table fits a terminal: bars go first, then texts are folded, then the columns stand in bands.

Pitfall: a number is never folded nor cut; where even one column beside the first is too wide, the line is longer than
the terminal.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..report.grid import Grid
from .sheet import Lane
from .width import pad, widest

GAP = 2
_BAR = 8
_FOLD = 16
_FOLDABLE = ("text", "formula")
_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


def bands(lanes: Sequence[Lane], grid: Grid, room: int, ascii: bool = False) -> list[list[Lane]]:
    """The columns in as few tables as fit `room` cells, each led by the first column; with bars where they fit."""
    barred = [_barred(lane, grid, i, ascii) for i, lane in enumerate(lanes)]
    if least(barred, folded=False) <= room:
        return [barred]
    whole, folded = _split(lanes, room, False), _split(lanes, room, True)
    return whole if len(whole) == len(folded) else folded


def folds(lane: Lane) -> bool:
    """Whether its cells may go on in a second line."""
    return lane.kind in _FOLDABLE


def narrowest(lane: Lane, folded: bool = True) -> int:
    """The fewest cells in which the column can be read."""
    cells = widest([lane.heading, lane.total, *lane.cells])
    return min(cells, max(_FOLD, widest([lane.heading]))) if folded and folds(lane) else cells


def least(lanes: Sequence[Lane], folded: bool = True) -> int:
    """The width of the narrowest table of these columns."""
    return sum(narrowest(lane, folded) for lane in lanes) + GAP * (len(lanes) - 1)


def _split(lanes: Sequence[Lane], room: int, folded: bool) -> list[list[Lane]]:
    found = [[*lanes[:1]]]
    for lane in lanes[1:]:
        if len(found[-1]) > 1 and least([*found[-1], lane], folded) > room:
            found.append([*lanes[:1]])
        found[-1].append(lane)
    return found


def _barred(lane: Lane, grid: Grid, place: int, ascii: bool) -> Lane:
    """A column of shares with a bar before each number; the largest share has the longest bar."""
    if lane.kind != "share":
        return lane
    shares = [row[place] if isinstance(row[place], (int, float)) else 0 for row in grid.rows]
    most = max(shares, default=0) or 1
    digits = widest(lane.cells)
    cells = [f"{_bar(s / most, ascii)} {pad(t, digits, True)}" for s, t in zip(shares, lane.cells)]
    return lane._replace(cells=cells)


def _bar(part: float, ascii: bool) -> str:
    full, eighths = divmod(max(0, round(part * _BAR * 8)), 8)
    bar = "#" * (full + (eighths >= 4)) if ascii else "▇" * full + _EIGHTHS[eighths]
    return bar.ljust(_BAR)
