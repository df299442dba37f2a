"""Which row of a sheet is which layer of the key: by name, by alias, by kind and number, by order.

The rule, kind by kind (convolutions, pools, fully connected layers …). A way is taken only if it places every row of the
kind, each on a layer of its own; the first of these that does:

1. the names themselves, without regard to case, spaces and punctuation;
2. names and the aliases that the key declares (`grading: {rows: …}`);
3. the number among its kind: C1, Conv-2, 卷积层3; from 0 where a 0 is there;
4. the number among the layers with weights: FC3 after two convolutions is the first fully connected one;
5. the number among convolutions, pools and fully connected layers: LeNet-5's C1 S2 C3 S4 C5 F6;
6. of a pool, the number of the convolution before it: AlexNet's POOL5;
7. the order, where there are as many rows as layers of the kind.

Where none does, rows are placed one by one, by name, alias and number. A softmax or output row is the last fully connected
layer where one is left over for it. Then rows of unknown kind go by their place: between two neighbours that were matched,
or over the whole sheet where the counts agree. What is left fits nothing and is handed back; `total` is kept apart.

Pitfall: FC3 is the name of the third layer in one key and means the first one in the course's own table, so a single name
that agrees proves nothing; that is why a kind is matched as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ..record import Record
from .answers import AnswerRow
from .kinds import TOTALS, canonical, kind_and_number, kind_of_word

_COUNTED = ("conv", "pool", "fc")
_UNASKED = ("input", "flatten", "act", "dropout")
_Way = Callable[[int], "int | None"]


class KeyRow(Record):
    """A row that the key asks for: its name, and its layer's word (conv, maxpool, fc, input …)."""

    name: str
    word: str


class Matching(Record):
    """`rows` by the key's names; rows that fit nothing; the total; rows nobody asked for (an input, a flatten, a ReLU)."""

    rows: Mapping[str, AnswerRow]
    unmatched: tuple[AnswerRow, ...] = ()
    total: AnswerRow | None = None
    spare: tuple[AnswerRow, ...] = ()
    by_place: tuple[str, ...] = ()
    """The layers whose row was found by its place alone, to be named in a report."""


def match_rows(
    rows: Sequence[AnswerRow], layers: Sequence[KeyRow], aliases: Mapping[str, Sequence[str]] | None = None
) -> Matching:
    """Rows by the layers of the key; `aliases` are other names by a layer's own name. The rule stands above."""
    named = {canonical(layer.name) for layer in layers}
    declared = {canonical(alias) for names in (aliases or {}).values() for alias in names}
    total, body = None, list[AnswerRow]()
    for row in rows:
        if canonical(row.name) in TOTALS and canonical(row.name) not in named | declared:
            total = row
        else:
            body.append(row)
    return _Matcher(body, layers, aliases or {}).run()._replace(total=total)


class _Matcher:
    """The rows and layers that are still free."""

    def __init__(
        self, rows: list[AnswerRow], layers: Sequence[KeyRow], aliases: Mapping[str, Sequence[str]]
    ) -> None:
        self.rows = rows
        self.layers = layers
        self.found: dict[int, int] = {}
        self.names = _index((layer.name, i) for i, layer in enumerate(layers))
        for i, layer in enumerate(layers):
            if "." in layer.name:
                self.names.setdefault(canonical(layer.name.rsplit(".", 1)[1]), i)
        known = {layer.name: i for i, layer in enumerate(layers)}
        self.aliases = _index(
            (alias, known[n]) for n, given in aliases.items() if n in known for alias in given
        )
        self.kinds = [kind_of_word(layer.word) or kind_and_number(layer.name)[0] for layer in layers]
        self.meant = [kind_and_number(row.name) for row in rows]

    def run(self) -> Matching:
        for kind in ("conv", "pool", "fc", *sorted({k for k in self.kinds if k} - {*_COUNTED})):
            self.kind(kind)
        self.rest()
        by_place = self.by_place()
        left = [i for i in range(len(self.rows)) if i not in self.found]
        spare = [
            i for i in left if self.meant[i][0] in (*_UNASKED, "out") and self.meant[i][0] not in self.kinds
        ]
        return Matching(
            {
                self.layers[k].name: self.rows[i]
                for i, k in sorted(self.found.items(), key=lambda pair: pair[1])
            },
            tuple(self.rows[i] for i in left if i not in spare),
            None,
            tuple(self.rows[i] for i in spare),
            tuple(self.layers[k].name for k in by_place),
        )

    def kind(self, kind: str) -> None:
        """Place the rows of one kind."""
        free = [k for k, found in enumerate(self.kinds) if found == kind]
        mine = [i for i, (found, _n) in enumerate(self.meant) if found == kind and i not in self.found]
        if kind == "pool":
            gaps = [k for k, found in enumerate(self.kinds) if found == "gap"]
            loose = [i for i, (found, _n) in enumerate(self.meant) if found == "gap"]
            if not gaps or not loose:
                free, mine = sorted(free + gaps), sorted(mine + loose)
        if kind == "fc":
            outs = [i for i, (found, _n) in enumerate(self.meant) if found == "out"]
            outs = [i for i in outs if self.by_name(i) is None or self.by_name(i) in free]
            mine = sorted([*mine, *outs[: max(len(free) - len(mine), 0)]])
        if not mine or not free:
            return
        for way in self.ways(mine, free):
            placed = [way(i) for i in mine]
            sure = [k for k in placed if k is not None]
            if len(sure) == len(mine) and all(k in free for k in sure) and len(set(sure)) == len(sure):
                self.found |= dict(zip(mine, sure))
                return
        self.one_by_one(mine, free)

    def ways(self, mine: list[int], free: list[int]) -> Iterator[_Way]:
        """The ways to place a kind, in their order."""
        numbers = {i: self.meant[i][1] for i in mine}
        weighted = [k for k, kind in enumerate(self.kinds) if kind in ("conv", "fc")]
        counted = [k for k, kind in enumerate(self.kinds) if kind in _COUNTED]
        last = mine[-1] if self.meant[mine[-1]][0] == "out" else -1
        first = 0 if 0 in numbers.values() else 1

        def numbered(among: list[int], start: int) -> _Way:
            def way(i: int) -> int | None:
                number = numbers[i]
                if i == last:
                    return free[-1]
                return (
                    among[number - start] if number is not None and 0 <= number - start < len(among) else None
                )

            return way

        yield self.by_name
        yield lambda i: self.aliases.get(canonical(self.rows[i].name), self.by_name(i))
        yield numbered(free, first)
        yield numbered(weighted, 1)
        yield numbered(counted, 1)
        convs = [k for k, kind in enumerate(self.kinds) if kind == "conv"]
        before = {sum(c < k for c in convs): k for k in free}
        yield lambda i: before.get(numbers[i] or 0) if self.meant[i][0] == "pool" else None
        if len(mine) == len(free):
            yield lambda i: free[mine.index(i)]

    def by_name(self, i: int) -> int | None:
        return self.names.get(canonical(self.rows[i].name))

    def one_by_one(self, mine: list[int], free: list[int]) -> None:
        """What can be placed of a kind that does not go as a whole."""
        open_ = set(free) - set(self.found.values())
        for way in list(self.ways(mine, free))[:3]:
            for i in mine:
                k = way(i)
                if i not in self.found and k is not None and k in open_:
                    self.found[i] = k
                    open_.discard(k)

    def rest(self) -> None:
        """Rows of a kind that the key calls otherwise, by name and alias alone."""
        taken = set(self.found.values())
        for i in range(len(self.rows)):
            k = self.aliases.get(canonical(self.rows[i].name), self.by_name(i))
            if i not in self.found and k is not None and k not in taken:
                self.found[i] = k
                taken.add(k)

    def by_place(self) -> list[int]:
        """Place rows of unknown kind by their neighbours, or by the whole sheet."""
        placed = list[int]()
        loose = [i for i, (kind, _n) in enumerate(self.meant) if i not in self.found and kind is None]
        if len(self.rows) == len(self.layers) and not any(i != k for i, k in self.found.items()):
            taken = set(self.found.values())
            placed = [i for i in loose if i not in taken]
            self.found |= {i: i for i in placed}
            return placed
        for i in loose:
            before = self.found.get(i - 1, -1 if i == 0 else None)
            after = self.found.get(i + 1, len(self.layers) if i + 1 == len(self.rows) else None)
            if before is not None and after is not None and after - before == 2:
                self.found[i] = before + 1
                placed.append(before + 1)
        return placed


def _index(pairs: Iterator[tuple[str, int]]) -> dict[str, int]:
    """Layers by canonical name; a name that two layers share names neither."""
    found, shared = dict[str, int](), set[str]()
    for name, i in pairs:
        name = canonical(name)
        if found.setdefault(name, i) != i:
            shared.add(name)
    return {name: i for name, i in found.items() if name not in shared}
