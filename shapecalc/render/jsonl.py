"""One row of the answer on each line, each an object that begins with its spec: for `jq`, `grep` and data frames.

Pitfall: a line is a row and not a document, so totals are not here; add the rows up, or ask for json.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..report.grid import Document
from .json import encode
from .look import Look


def render(documents: Sequence[Document], look: Look) -> str:
    """The rows of all documents."""
    rows = [{"spec": document.name, **record} for document in documents for record in document.records()]
    return "".join([encode(row) + "\n" for row in rows])
