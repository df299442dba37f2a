"""Numbers that grow layer by layer have an end: 10^36 for a size, 10^1000 for a receptive field.

Pitfall: Python's integers have none, so two hundred layers that multiply by 10^18 would make numbers of thousands of
digits, whose products and ratios nobody can write or read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..errors import ShapeError
from ..symbolic import Symbolic
from ..text import _

LARGEST_SIZE = 10**36
"""A language's number times another."""
LARGEST_FIELD = 10**1000


def bounded(sizes: Iterable[Any], most: int) -> None:
    """Raise ShapeError (SC423) for a size beyond `most`; of a letter, for a number in its closed form."""
    for size in sizes:
        if not isinstance(size, Symbolic):
            if size > most:
                raise too_large(most)
        elif size.largest > most:
            raise too_large(most)


def too_large(most: int) -> ShapeError:
    """The refusal."""
    message = (
        _("a size would be beyond 10^{n}")
        if most == LARGEST_SIZE
        else _("its receptive field would be beyond 10^{n}")
    )
    return ShapeError("SC423", message.format(n=len(str(most)) - 1), None, _("lower a stride or a factor"))
