"""One file of answers, in whatever format: the suffix says which, and the text itself where the suffix does not.

Pitfall: nothing here opens a file, so that what lies in a zip is read like what lies in a folder.
"""

from __future__ import annotations

import os

from ...text import _
from ..spelling.refused import Refused
from .columns import Names
from .decode import MAX_BYTES, decoded
from .format import Format, all_formats
from .sheet import Sheet, shortened


def readable(name: str) -> bool:
    """Whether a file of this name may hold answers that can be read."""
    found = _of_suffix(name)
    return found is not None and not found.refusal


def read_sheets(data: bytes, name: str, encoding: str, names: Names = frozenset()) -> list[Sheet]:
    """The sheets in a file's bytes, at least one; `names` are those of the key's rows, canonical.

    Raises Refused with a sentence where there are none.
    """
    if len(data) > MAX_BYTES:
        raise Refused(_("it is larger than {n} MB, which no answer sheet is").format(n=MAX_BYTES // 2**20))
    if not data.strip():
        raise Refused(_("it is empty"))
    own = _of_suffix(name)
    marked = next((f for f in all_formats() if data.startswith(f.magic or (b"\xff" * 9,))), None)
    if marked and not (own and own.refusal):
        own = marked
    if own and own.refusal:
        raise Refused(_(own.refusal))
    if own and own.read_bytes:
        found = own.read_bytes(data, names)
    else:
        found = _of_text(decoded(data, encoding), own, names)
    if not found:
        raise Refused(
            _(
                "no answers were found in it: there is no table with a column “layer” beside others such as “output_shape” and “params”"
            )
        )
    return [sheet._replace(problems=shortened(sheet.problems)) for sheet in found]


def of_text(text: str, names: Names) -> list[Sheet]:
    """The sheets of a text of which nothing is known: the first format that finds an answer in it."""
    start = text.lstrip()[:200].lower()
    for format in sorted((f for f in all_formats() if f.turn), key=lambda f: f.turn):
        if format.read and (not format.starts or start.startswith(format.starts)):
            try:
                found = format.read(text, names)
            except Refused:
                if not format.starts:
                    raise
                continue
            if found:
                return found
    return []


def _of_text(text: str, own: Format | None, names: Names) -> list[Sheet]:
    if not text.strip():
        raise Refused(_("it is empty"))
    found = own.read(text, names) if own and own.read else []
    return found or ([] if own and own.alone else of_text(text, names))


def _of_suffix(name: str) -> Format | None:
    suffix = os.path.splitext(name)[1].lower()
    return next((format for format in all_formats() if suffix in format.suffixes), None)
