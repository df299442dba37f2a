"""One kernel, one file, named like the layer: what it draws, and how it runs.

A kernel file has `draw(d, xs, o)`, which allocates its parameters (absent where it has none), and `forward(xs, w, o)`,
which runs on counted arrays, batch first and channels last. `o` are the node's options as the person wrote them: words
stay words, and a default that depends is None. Where products are multiply-accumulates it also has `live(xs, w, o)`,
those of them that touch real input, found by running (and `gates = True` where only the products of its matrices are, and
others weigh one number by another); and where a layer moves what is seen, `reach(lows, highs, o, x)`,
of which x is asked for its shape only (`joined(reaches, o)` where it moves several inputs), or `sees = "everything"`.
What it takes beyond inputs, parameters and output is its `scratch(room)`, in numbers of four bytes; a result that lies
in its input's memory is a `view`, and one that keeps more than its own size says how much it `holds(room)`. Where a number
that meets a parameter is a connection as LeCun counts them, `wired = True`, or `wires(xs, w, o)` counts them.
A layer that is made of others has a kernel of the whole, written from its paper and never from its parts.
Pitfall: a size is the length of what was made, never a division.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import ModuleType


@cache
def load(word: str) -> ModuleType | None:
    """The kernel of a layer, or None where there is none."""
    name = f"{__name__}.{word}"
    try:
        return import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name != name:
            raise
        return None
