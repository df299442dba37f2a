"""Identity passes its input on; it is the name of a shortcut that does nothing.

Pitfall: it needs no memory of its own, but it keeps its input alive until the branches meet.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..text import _
from ._base import Case, Layer


class Identity(Layer):
    view = True
    synonyms = ("noop", "passthrough", "skip", "shortcut", "恒等", "恒等映射")

    def notes(self) -> Mapping[str, str]:
        return {"params": _("A shortcut that does nothing costs nothing.")}

    CASES = (Case("He et al. 2015, arXiv:1512.03385, Fig. 2", (56, 56, 64), {}, (56, 56, 64)),)
