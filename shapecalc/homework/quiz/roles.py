"""What a number in a spec is for: filters, a kernel, a repeat; found by following parameters to the options they end in.

Pitfall: one parameter may end in several options; unless all of them take the same kind of number, it is left alone.
Conditions and channels that a `pad` makes up for do not count: whether they still hold shows when it is tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...spec import Entry, Plan, Value
from .key import entries

CHANNELS, KERNEL, PADDING, FIXED = "channels", "kernel", "padding", "fixed"
STRIDE, GROUPS, REPEAT = "stride", "groups", "repeat"
_WIDTHS = ("filters", "units", "d", "vocab")
_SLIDING = ("conv", "depthwise", "separable")
_POOLS = ("maxpool", "avgpool")
Roles = Mapping[tuple[str, str], frozenset[str]]
"""Block ("" for the file) and parameter → what its value is used for."""


def roles(plan: Plan) -> Roles:
    """The uses of every parameter, those handed on from block to block included."""
    known: dict[tuple[str, str], frozenset[str]] = {}
    while True:
        found: dict[tuple[str, str], set[str]] = {}
        for owner, entry in _owned(plan):
            for value, use in _uses(entry, known):
                for name in _names(value):
                    found.setdefault((_home(plan, owner, name), name), set()).update(use)
        for owner, block in plan.blocks.items():
            for param in block.params.values():
                for name in _names(param.default):
                    use = known.get((owner, param.name), frozenset())
                    found.setdefault((_home(plan, owner, name), name), set()).update(use)
        new = {key: frozenset(use) for key, use in found.items()}
        if new == known:
            return known
        known = new


def use_of(entry: Entry, option: str, known: Roles) -> frozenset[str]:
    """What an option of an entry takes."""
    if entry.block is not None and not entry.block.builtin:
        return known.get((entry.block.name, option), frozenset())
    if option in _WIDTHS:
        return frozenset({CHANNELS})
    if option in (KERNEL, PADDING, GROUPS) and entry.word in _SLIDING:
        return frozenset({option})
    if option == STRIDE and entry.word in (*_SLIDING, *_POOLS):
        return frozenset({option})
    return frozenset() if entry.word == "pad" else frozenset({FIXED})


def slides(entry: Entry) -> bool:
    """Whether it is a convolution that may be given a stride."""
    return entry.word in _SLIDING


def _uses(entry: Entry, known: Roles) -> Iterator[tuple[Value | None, frozenset[str]]]:
    for option, value in entry.options.items():
        yield value, use_of(entry, option, known)
    yield entry.repeat, frozenset({REPEAT})


def _owned(plan: Plan) -> Iterator[tuple[str, Entry]]:
    """Every entry with the block that it stands in."""
    inside = {id(e): name for name, block in plan.blocks.items() for e in _all(block.entries)}
    for entry in entries(plan):
        yield inside.get(id(entry), ""), entry


def _all(listed: list[Entry]) -> Iterator[Entry]:
    for entry in listed:
        yield entry
        yield from _all([*entry.entries, *entry.else_, *(e for _key, inner in entry.branches for e in inner)])


def _names(value: Value | None) -> Iterator[str]:
    if value is None:
        return
    if value.expression is not None:
        yield from value.expression.names()
    for item in value.items or ():
        yield from _names(item)


def _home(plan: Plan, owner: str, name: str) -> str:
    """Where a name is declared: in the block, or in the file."""
    return owner if owner and name in plan.blocks[owner].params else ""
