"""The mistakes of one file, all of them, up to a number that no person reads.

Pitfall: looking for the nearest spelling takes a thousand times longer than saying that a word is unknown; a file of
nothing but mistakes must not become slow, so suggestions end before messages do.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import Diagnostic, Related, Span, nearest
from .tree import Tree

MOST = 500
SUGGESTIONS = 100
CANDIDATES = 500
LONGEST = 300


class Findings:
    """Collects diagnostics; `say` takes a node or a span for the place."""

    def __init__(self) -> None:
        self.items: list[Diagnostic] = []

    @property
    def full(self) -> bool:
        """Whether there are so many that the next one is not kept."""
        return len(self.items) >= MOST

    def near(self, word: str, *known: Iterable[str]) -> str | None:
        """The known word most like `word`, while there are few findings."""
        if len(self.items) >= SUGGESTIONS:
            return None
        names = [name for group in known for name in group]
        if len(names) > CANDIDATES:
            names = [name for name in names if name[:1] == word[:1]][:CANDIDATES]
        return nearest(word, names)

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
            self.items.append(Diagnostic(code, shortened(message), span, help, tuple(related)))


def shortened(message: str) -> str:
    """A message in which a file's text may be quoted at any length."""
    return message if len(message) <= LONGEST else f"{message[: LONGEST - 1]}…"
