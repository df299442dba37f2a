"""A slip: its id, how often it was seen, what it is called, and how it changes a student's working.

Pitfall: the ids and both messages are a public contract; they name what was done, not what should have been.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ...record import Record
from ...text import _
from ..working import Given, Working

Changed = Iterable[Working | Given]
Change = Callable[[Working], Changed]
SIZE, DEPTH, FAN_IN, BIAS, COST, CHAIN, UNIT = range(7)
"""Where in a working a slip is made; a pair is named in this order."""


class Slip(Record):
    """`change` gives each way of making it; `seen` counts real answers, `special` marks one of an unusual setting.

    `part` says where it is made, `hint` how to find it without being told the answer.
    """

    id: str
    seen: int
    part: int
    en: str
    zh: str
    change: Change
    quantities: frozenset[str]
    special: bool = False

    @property
    def weight(self) -> int:
        """How much is to be expected of it: a slip over dilation is as common as any, where there is dilation."""
        return self.seen * (4 if self.special else 1)

    def message(self, language: str = "") -> str:
        """What was done, in `language` (`en`, `zh`), or in the user's."""
        return {"en": self.en, "zh": self.zh}.get(language) or _(self.en)


def slip(
    seen: int, part: int, quantities: str, en: str, zh: str, *, special: bool = False
) -> Callable[[Change], Slip]:
    """Make a slip of a function, named after it; `quantities` are words, those over which it can be made."""

    def made(change: Change) -> Slip:
        return Slip(change.__name__, seen, part, en, zh, change, frozenset(quantities.split()), special)

    return made


def recognised(
    name: str, seen: int, part: int, quantities: str, en: str, zh: str, *, special: bool = False
) -> Slip:
    """A slip that is not made but seen in the number: see `number`."""
    return Slip(name, seen, part, en, zh, lambda w: (), frozenset(quantities.split()), special)


COUNTS = "params weights biases buffers macs flops connections"
SHAPES = "output_shape output_size activations memory"
SPATIAL = f"{SHAPES} macs flops connections"
"""Quantities that a wrong size changes."""


@cache
def slips() -> Mapping[str, Slip]:
    """Every slip of the folder by id."""
    return {s.id: s for module in _modules() for s in _in(module)}


def _modules() -> Iterator[object]:
    package = __name__.rpartition(".")[0]
    folder = import_module(package)
    for found in sorted(iter_modules(folder.__path__), key=lambda m: m.name):
        if not found.name.startswith("_"):
            yield import_module(f".{found.name}", package)


def _in(module: object) -> Iterator[Slip]:
    return (value for value in vars(module).values() if isinstance(value, Slip))
