"""A hand-in's rows by the names of the key's rows: as they are where all agree, else as `matching` finds them.

A block and a layer inside one are known by their own names alone.

Pitfall: a row that is not asked is matched all the same, or else its answers would be taken for those of the next one.
Only where a sheet has no more rows than a key lists is it matched on these alone: its second convolution is the second
one asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .answers import AnswerRow, HandIn
from .key import Key, plain
from .kinds import canonical
from .matching import KeyRow, match_rows
from .question import TOTAL


def row_names(key: Key) -> frozenset[str]:
    """The names of the key's rows and their aliases, canonical, for the readers of sheets."""
    rows = [row for row in key.rows if row.kind != TOTAL]
    return frozenset(canonical(name) for row in rows for name in (row.name, *row.aliases)) - {""}


def matched(key: Key, hand_in: HandIn) -> tuple[Mapping[str, AnswerRow], Sequence[str], Sequence[str]]:
    """The rows by name; the names of those that fit nothing; sentences about rows that were placed by order alone."""
    names, layers, aliases = _wanted(key, len(hand_in.rows))
    exact = {plain(name): row.name for row in reversed(key.rows) for name in (*row.aliases, row.name)}
    sure = all(plain(row.name) in exact for row in hand_in.rows)
    found: dict[str, AnswerRow] = {}
    rest = []
    for row in hand_in.rows:
        own = plain(row.name)
        name = exact.get(own) if sure or "." in row.name.strip(".") else names.get(own)
        if name and name not in found:
            found[name] = row
        else:
            rest.append(row)
    matching = match_rows(rest, layers, aliases)
    found |= matching.rows
    if matching.total is not None:
        found[TOTAL] = matching.total
    said = [f"{found[name].name} → {name}" for name in matching.by_place]
    return found, [row.name for row in matching.unmatched], said


def _wanted(key: Key, size: int) -> tuple[dict[str, str], list[KeyRow], dict[str, tuple[str, ...]]]:
    """Names of blocks, the layers to match a sheet of this many rows on, and their aliases."""
    short = key.grading.only and size <= sum(bool(row.asked) for row in key.rows)
    rows = [row for row in key.rows if row.asked or not short]
    leaves = [row for row in rows if row.kind in ("input", "layer")]
    taken = {plain(name) for row in leaves for name in (row.name, *row.aliases)}
    blocks = {
        plain(name): row.name
        for row in rows
        if row.kind == "block"
        for name in (row.name, *row.aliases)
        if plain(name) not in taken
    }
    layers = [
        KeyRow(row.name, key.nodes[row.name].layer if row.kind == "layer" else "input") for row in leaves
    ]
    return blocks, layers, {row.name: row.aliases for row in leaves if row.aliases}
