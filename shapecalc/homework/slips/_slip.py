"""A slip is one file: what it is called, how often it was seen, a hint, worked examples, and how it changes a working.

The folder is the catalogue and a file's name the slip's id. A file has one or more of: `change(w)`, each way of making it
in a working; `seen(question, right, value, step)`, how it shows in a number that was not made from the working
(`last` where no other slip gives it); `total(question, numbers)`, what it makes of a sum over layers. Pitfall: the ids
are a public contract, since keys give credit by them; they name what was done, not what should have been.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from ...record import Record
from ...text import _
from ..question import Question
from ..working import Given, Working

Changed = Iterable[Working | Given]
Change = Callable[[Working], Changed]
Seen = Callable[[Question, Any, Any, "int | None"], Iterable[str]]
Total = Callable[[Question, "list[int]"], Iterable[tuple[int, str]]]
SIZE, DEPTH, FAN_IN, BIAS, COST, CHAIN, UNIT = range(7)
"""Where in a working a slip is made; a pair is named in this order."""
COUNTS = "params weights biases buffers macs flops connections"
SHAPES = "output_shape output_size activations memory"
SPATIAL = f"{SHAPES} macs flops connections"
"""Quantities that a wrong size changes."""
NUMBERS = f"{COUNTS} activations memory"


class Example(Record):
    """A wrong value that somebody who makes the slip would hand in, worked out by hand.

    `x` is the input of the layer, or with `after` of the first of the layers before it; of a total, `after` are all.
    """

    quantity: str
    word: str
    x: tuple[Any, ...]
    options: Mapping[str, Any]
    value: Any
    after: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    conventions: Mapping[str, Any] = {}


class Slip(Record):
    """`words` name it and `hint` asks where to look, without a number of the question.

    `part` says where it is made, `quantities` over what. `seen` counts real answers; `special` marks one of an unusual
    setting, `habit` a number taken over from another layer (seen where it is asked, not along a chain), `instead` one
    that gives another number altogether (no second slip shows), `replayed` one at the start of a chain after which all
    steps are right, and `vague` one that gives way to another that says more.
    """

    part: int
    seen: int
    quantities: str
    words: str
    hint: str
    special: bool = False
    habit: bool = False
    instead: bool = False
    replayed: bool = False
    vague: bool = False
    id: str = ""
    change: Change = lambda w: ()
    shows: Seen | None = None
    late: Seen | None = None
    total: Total | None = None

    @property
    def weight(self) -> int:
        """How much is to be expected of it: a slip over dilation is as common as any, where there is dilation."""
        return self.seen * (4 if self.special else 1)

    def over(self, quantity: str) -> bool:
        """Return True if it can be made over this quantity."""
        return quantity in self.quantities.split()

    @property
    def message(self) -> str:
        """What was done, in the user's language."""
        return _(self.words)

    @property
    def advice(self) -> str:
        """Where to look, in the user's language."""
        return _(self.hint)


@cache
def slips() -> Mapping[str, Slip]:
    """Every slip of the folder by id."""
    return dict(_found())


def _found() -> Iterator[tuple[str, Slip]]:
    package = __name__.rpartition(".")[0]
    for name in sorted(found.name for found in iter_modules(import_module(package).__path__)):
        if name.startswith("_"):
            continue
        module = vars(import_module(f".{name}", package))
        changes = {field: module[word] for field, word in _FUNCTIONS.items() if word in module}
        yield name, module["SLIP"]._replace(id=name, **changes)


def examples(name: str) -> tuple[Example, ...]:
    """The worked examples of a slip's file."""
    found: tuple[Example, ...] = vars(import_module(f".{name}", __name__.rpartition(".")[0])).get(
        "EXAMPLES", ()
    )
    return found


_FUNCTIONS = {"change": "change", "shows": "seen", "late": "last", "total": "total"}
"""The functions of a file, by the field that they are kept in."""


@cache
def over(quantity: str) -> tuple[Slip, ...]:
    """The slips that can be made over a quantity."""
    return tuple(slip for slip in slips().values() if slip.over(quantity))
