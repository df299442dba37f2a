"""Every list of entries of a plan: the file's, those of blocks and branches, and of seq and else.

Pitfall: an entry of a block is one object however often the block is used, so a change to it is a change to all uses.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..spec import Entry, Plan, SeqEntry


def holder(plan: Plan, entry: Entry) -> list[Entry]:
    """The list in which an entry stands; raises LookupError where it stands in none."""
    for entries in lists(plan):
        if any(item is entry for item in entries):
            return entries
    raise LookupError(entry.word)


def lists(plan: Plan) -> Iterator[list[Entry]]:
    """Every list of entries of a file, in order."""
    waiting = [plan.entries, *(block.entries for block in plan.blocks.values())]
    while waiting:
        entries = waiting.pop(0)
        yield entries
        for entry in entries:
            waiting += [inner for _key, inner in entry.branches]
            waiting += [entry.entries] if isinstance(entry, SeqEntry) and entry.entries else []
            waiting += [entry.else_] if entry.else_ else []
