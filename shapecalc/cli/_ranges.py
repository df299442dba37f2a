"""`NAME=LO:HI[:STEP]`: the values that a name runs through.

Pitfall: both ends belong to the range, unlike in Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from math import prod

from ..errors import UsageError, suggest, there_are
from ..text import _

MOST = 10_000


def ranges(texts: Iterable[str], option: str, most: int = MOST) -> dict[str, range]:
    """Ranges by name. Raises UsageError for one that cannot be read, or where there are more than `most` variants."""
    found = {}
    for text in texts:
        name, _equals, bounds = text.partition("=")
        parts = [part.strip() for part in bounds.split(":")]
        if not name.strip() or len(parts) not in (2, 3) or not all(_is_whole(part) for part in parts):
            raise UsageError(
                _("{option} wants NAME=LO:HI or NAME=LO:HI:STEP, not {text}").format(option=option, text=text)
            )
        low, high, step = *map(int, parts[:2]), int(parts[2]) if len(parts) == 3 else 1
        if high < low or step < 1:
            raise UsageError(_("{option} {text} has no values").format(option=option, text=text))
        found[name.strip()] = range(low, high + 1, step)
    if prod((r.stop - r.start - 1) // r.step + 1 for r in found.values()) > most:
        raise UsageError(_("that is more than {n} variants").format(n=most), _("take a larger step"))
    return found


def _is_whole(text: str) -> bool:
    return text.removeprefix("-").isdecimal() and text.isascii() and len(text) < 20


def variants(axes: Mapping[str, range], names: Iterable[str]) -> Iterator[dict[str, str]]:
    """All settings of the axes that are among `names`; one empty setting where none is."""
    own = [axis for axis in axes if axis in set(names)]
    for values in product(*(axes[axis] for axis in own)):
        yield {axis: str(value) for axis, value in zip(own, values)}


def check_names(axes: Mapping[str, range], known: Iterable[str]) -> None:
    """Raise UsageError for an axis that nothing has."""
    known = list(known)
    for axis in axes:
        if axis not in known:
            help = suggest(axis, known, there_are(dict.fromkeys(known) or "–", ", "))
            raise UsageError(_("none of these has a parameter {name}").format(name=axis), help)
