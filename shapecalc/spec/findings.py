"""The mistakes of one file, all of them, up to a number that no person reads.

Pitfall: looking for the nearest spelling takes a thousand times longer than saying that a word is unknown; a file of
nothing but mistakes must not become slow, so suggestions end before messages do.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import Diagnostic, Related, Span
from .tree import Tree

MOST = 500


class Findings:
    """Collects diagnostics; `say` takes a node or a span for the place."""

    def __init__(self) -> None:
        self.items: list[Diagnostic] = []

    @property
    def full(self) -> bool:
        """Whether there are so many that looking for cures is a waste."""
        return len(self.items) >= MOST

    def say(
        self,
        code: str,
        message: str,
        place: Tree | Span,
        help: str | None = None,
        related: Iterable[Related] = (),
    ) -> None:
        """Add a finding, unless there are too many already."""
        if not self.full:
            span = place.span if isinstance(place, Tree) else place
            self.items.append(Diagnostic(code, message, span, help, tuple(related)))
