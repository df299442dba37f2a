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
Band = list[tuple[Lane, int]]


def bands(lanes: Sequence[Lane], grid: Grid, room: int, ascii: bool = False) -> list[Band]:
    """The columns with their widths, in as few tables as fit `room` cells, each led by the first column."""
    barred = _natural([_barred(lane, grid, i, ascii) for i, lane in enumerate(lanes)])
    if span(barred) <= room:
        return [barred]
    columns = _natural(lanes)
    whole, folded = _split(columns, room, room), _split(columns, room, _FOLD)
    return [_fit(band, room) for band in (whole if len(whole) == len(folded) else folded)]


def span(band: Band) -> int:
    """The width of a table with these columns."""
    return sum(cells for _, cells in band) + GAP * (len(band) - 1)


def _natural(lanes: Sequence[Lane]) -> Band:
    return [(lane, widest([lane.heading, lane.total, *lane.cells])) for lane in lanes]


def _folded(band: Band, cap: int) -> Band:
    """No text wider than `cap`, except its heading."""
    return [
        (lane, min(cells, max(cap, widest([lane.heading]))) if lane.kind in _FOLDABLE else cells)
        for lane, cells in band
    ]


def _fit(band: Band, room: int) -> Band:
    """The longest texts folded at one common width, the largest with which the table fits."""
    tries = (_folded(band, cap) for cap in range(room, _FOLD, -1))
    return next((found for found in tries if span(found) <= room), _folded(band, _FOLD))


def _split(columns: Band, room: int, cap: int) -> list[Band]:
    first, *rest = _groups(columns)
    found = [first]
    for group in rest:
        if found[-1] is not first and span(_folded(found[-1] + group, cap)) > room:
            found.append(first)
        found[-1] = found[-1] + group
    return found


def _groups(columns: Band) -> list[Band]:
    """The columns that stay together: one without a heading belongs to the one before."""
    groups: list[Band] = []
    for column in columns:
        if column[0].heading or not groups:
            groups.append([])
        groups[-1].append(column)
    return groups


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
