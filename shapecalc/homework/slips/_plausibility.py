"""How plausible it is that a slip is behind a wrong value, the one formula for all: expected times room over the bar.

Pitfall: a false name is worse than none. A rare slip that happens to give a small number explains nothing: on a size of 5
half of all wrong values would get a name.
"""

from __future__ import annotations

from math import prod

from ._slip import CHAIN, Slip

COMMON = 2
"""Slips of this weight may be carried along a chain, and have the lower bar."""
BAR, RARE_BAR = 6, 10
NEAR, FAR = 4, 24
"""Layers back that an error is likely to be carried, and possibly."""
ALL = 40
"""About the weight of all slips over one quantity: a pair is as rare as both its slips together."""


def expected(*made: Slip, back: int = 0, one_axis: bool = False) -> float:
    """How often these slips together are to be expected, in real answers seen.

    The weights multiplied, over ALL for each slip after the first; a half of it if made in one of the layers nearby
    before, a quarter if further back, and a half if made along one axis only.
    """
    way = 1 if not back else 2 if back <= NEAR else 4
    rare = float(ALL) ** (len(made) - 1)
    return prod(s.weight for s in made) / rare / way / (2 if one_axis else 1)


def plausibility(expected: float, room: float) -> float:
    """Whether a slip may explain a value: from 1 on it may, below it keeps silent.

    `room` is how many values there are about as large: of 1,000 a slip hits one by chance hardly ever, of 5 often. So
    the smaller the number the commoner the slip must be, expected · room / bar; a rare slip has the higher bar.
    """
    return expected * room / (BAR if expected >= COMMON else RARE_BAR)


def worth(expected: float, made: tuple[Slip, ...], back: int = 0) -> float:
    """How good a wrong choice of a quiz it makes: whoever chooses a slip of this very layer has made it here."""
    return expected / (4 if back or any(s.part == CHAIN for s in made) else 1)
