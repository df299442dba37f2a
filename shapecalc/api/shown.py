"""An answer that prints itself: as text, and as HTML or LaTeX in a notebook; everything else is the document's own.

Pitfall: documents are plain data, and only `render` prints; this joins the two for whoever sits at a prompt.
"""

from __future__ import annotations

from typing import Any


class Shown:
    """A document of `report`, printed by `render`."""

    def __init__(self, document: Any) -> None:
        self.document = document

    def __getattr__(self, name: str) -> Any:
        return getattr(self.document, name)

    def show(self, format: str = "plain") -> str:
        """The text in one of the formats of the command line."""
        from ..render import render

        return render([self.document], format)

    def __str__(self) -> str:
        return self.show()

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self.show("html")

    def _repr_latex_(self) -> str:
        return self.show("latex")
