"""An answer that prints itself: as text, and as HTML or LaTeX in a notebook; everything else is the document's own.

Pitfall: documents are plain data, and only `render` prints; this joins the two for whoever sits at a prompt.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..report.derivation import Derivation, DerivationStep


class Shown:
    """A document of `report`, printed by `render`."""

    def __init__(self, document: Any) -> None:
        self.document = document

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name == "document":  # copy and pickle ask before there is one
            raise AttributeError(name)
        return getattr(self.document, name)

    def show(self, format: str = "plain") -> str:
        """The text in one of the formats of the command line."""
        from ..render import render

        return render([self.document], format, color="never")

    def __str__(self) -> str:
        return self.show()

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return html(self.document)

    def _repr_latex_(self) -> str:
        return self.show("latex")


def html(document: Any) -> str:
    """A table as HTML for a notebook's page: it changes nothing else there."""
    from ..render import Look
    from ..render.html import fragment

    return fragment(document, Look())


class Explanation(Shown):
    """The shown work of a network or a layer: text when printed, a page in a notebook, and plain data."""

    document: Derivation

    @property
    def steps(self) -> Mapping[str, tuple[DerivationStep, ...]]:
        """Every number's step, in order, by the name of its layer."""
        return {layer.name: layer.steps for layer in self.document.layers}

    def data(self) -> Mapping[str, Any]:
        """The document that `shapecalc explain --format json` writes, without its `schema`."""
        return self.document.data()

    def _repr_html_(self) -> str:
        from ..render import Look
        from ..render.worked_html import fragment

        return fragment(self.document, Look())
