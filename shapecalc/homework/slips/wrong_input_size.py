"""Another input size used."""

from __future__ import annotations

from collections.abc import Iterator

from ...graph import Shape
from ...text import N_
from ..working import Working, taught
from ._chain import linear, replay
from ._slip import CHAIN, COUNTS, SPATIAL, Changed, Example, Slip

PICTURES = {227: 224, 224: 227, 28: 32, 32: 28, 299: 224}
"""Sizes of the pictures that courses use, and the one each is taken for."""
SLIP = Slip(
    CHAIN,
    2,
    f"{SPATIAL} {COUNTS}",
    N_("another input size used"),
    N_("Which input does the sheet give?"),
    replayed=True,
)
EXAMPLES = (
    Example("output_shape", "conv", (227, 227, 3), {"filters": 96, "kernel": 11, "stride": 4}, (54, 54, 96)),
)


def _other_pictures(x: Shape) -> Iterator[Shape]:
    """What the network's input may be taken for: another usual picture, or colour for grey."""
    sizes = set(x[:-1])
    if len(x) == 3 and len(sizes) == 1 and (other := PICTURES.get(x[0])):
        yield (other, other, x[-1])
    if len(x) == 3 and x[-1] == 1:
        yield (*x[:-1], 3)


def change(w: Working) -> Changed:
    steps = linear(w.question)
    if len(steps) != len(w.question.earlier):
        return
    x = steps[0].inputs[0] if steps else w.layer.x
    for other in _other_pictures(x):
        if asked := replay(steps, other, w.question):
            yield taught(asked)
