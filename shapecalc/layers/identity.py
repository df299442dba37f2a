"""Identity passes its input on; it is the name of a shortcut that does nothing.

Pitfall: it needs no memory of its own, but it keeps its input alive until the branches meet.
"""

from __future__ import annotations

from ._base import Case, Layer


class Identity(Layer):
    view = True
    synonyms = ("noop", "passthrough", "skip", "shortcut", "恒等", "恒等映射")

    CASES = (Case("He et al. 2015, arXiv:1512.03385, Fig. 2", (56, 56, 64), {}, (56, 56, 64)),)
