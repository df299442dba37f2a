"""One row of the answer on each line, each an object that begins with its spec: for `jq`, `grep` and data frames.

Pitfall: a line is a row and not a document, so totals are not here; add the rows up, or ask for json.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..report.grid import Document
from .json import encode
from .look import Look


def render(documents: Sequence[Document], look: Look) -> str:
    """The rows of all documents."""
    return "".join(pieces(documents, look))


def pieces(documents: Sequence[Document], look: Look) -> Iterator[str]:
    """The same line by line."""
    for document in documents:
        for record in getattr(document, "each", document.records)():
            yield encode({"spec": document.name, **record}) + "\n"
