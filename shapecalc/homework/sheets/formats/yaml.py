"""Answers as YAML, read by the same strict reader as a spec: nothing is ever constructed, and no text becomes a date.

Pitfall: `27,000,100` inside { } is three entries to YAML; the reader says so, and the rest of the sheet still counts.
"""

from __future__ import annotations

from typing import Any

from ....errors import Diagnostic, Source, SpecError
from ....spec.reader import read as read_tree
from ....spec.tree import Mapping, Scalar, Sequence, Tree
from ....text import _
from ...spelling.refused import Refused
from ..columns import Names
from ..format import Format
from ..sheet import Sheet
from ..tree import sheets

MAX_BYTES = 32 * 2**20


def read(text: str, names: Names) -> list[Sheet]:
    """The sheets of a YAML document. Raises Refused where it is none."""
    tree, found = parsed(text)
    said = tuple(_sentence(d) for d in found)
    return [sheet._replace(problems=(*said, *sheet.problems)) for sheet in sheets(plain(tree), names)]


def parsed(text: str) -> tuple[Tree, list[Diagnostic]]:
    """The tree of a YAML text and what was found wrong with it. Raises Refused."""
    if not text.strip():
        raise Refused(_("it is empty"))
    try:
        return read_tree(Source("", text), max_bytes=MAX_BYTES)
    except SpecError as error:
        raise Refused("; ".join(_sentence(d) for d in error.diagnostics[:3])) from None


def _sentence(diagnostic: Diagnostic) -> str:
    if diagnostic.span is None:
        return diagnostic.message
    return _("line {line}: {message}").format(line=diagnostic.span.line, message=diagnostic.message)


def plain(node: Tree) -> Any:
    """A tree as dicts, lists and texts; what was broken is None."""
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node.pairs}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return (None if node.null else node.text) if isinstance(node, Scalar) else None


FORMAT = Format((".yaml", ".yml"), read, alone=True)
