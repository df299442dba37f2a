"""A closed form that grows beyond what anybody reads is refused: a product of sums has as many terms as both multiplied.

Pitfall: a form may stay short while making it takes long, so the work on all long ones together has a bound, too.
"""

from __future__ import annotations

from ..errors import ShapeError
from ..text import _

MOST_TERMS = 1_000
"""Terms of one form; those of networks that people write have 60."""
MOST_WORK = 2_000_000
"""Products of two terms in all long multiplications of one walk."""
LONG = 100
"""Products of terms from which on a multiplication is long."""


class Overgrown(ShapeError):
    """The refusal; where the layer is known, the engine gives it its place."""

    def __init__(self) -> None:
        message = _("a closed form would have more than {n:,} terms").format(n=MOST_TERMS)
        super().__init__("SC219", message, None, _("give some of the letters a number: --set NAME=128"))
