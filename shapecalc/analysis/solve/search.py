"""Several unknown letters: all but one are run through, the last is an interval; what cannot lead anywhere is cut off.

Pitfall: a cube of three letters up to 512 has 134 million corners, so a value is only entered if the sizes that the
letters after it can still give have the wanted one between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .rules import LOWEST, Rule

MOST = 100_000
"""Solutions that are listed at the most."""
STEPS = 400_000
FAR = 10**9


class Search:
    """One search; `cut` tells afterwards whether it stopped early."""

    def __init__(
        self, rule: Rule, known: Mapping[str, int], unknown: Sequence[str], most: int, exact: bool
    ) -> None:
        self.rule = rule
        self.known = dict(known)
        self.free = [name for name in unknown if name != "out"]
        self.most = most
        self.exact = exact
        self.steps = 0
        self.cut = False

    def run(self) -> list[dict[str, int]]:
        """All solutions with every unknown up to `most`, in order."""
        found: list[dict[str, int]] = []
        for v in self._walk(0, dict(self.known)):
            if self.rule.possible(v) and (not self.exact or self.rule.exact(v)):
                if len(found) == MOST:
                    self.cut = True
                    break
                found.append({name: v[name] for name in v if name not in self.known})
        return found

    def more(self) -> bool:
        """Whether there may be solutions with an unknown beyond `most`."""
        if "out" not in self.known and self._reach({}, self.free, self.most)[1] > self.most:
            return True
        for name in self.free:
            low = {**LOWEST, name: self.most + 1}
            least, largest = self._reach(dict(self.known), self.free, FAR, low)
            if largest and least <= self.known.get("out", largest) <= largest:
                return True
        return False

    def _walk(self, at: int, v: dict[str, int]) -> Iterator[dict[str, int]]:
        name, rest = self.free[at], self.free[at + 1 :]
        way, out = self.rule.rising[name], v.get("out")
        if not rest and out is not None:
            span = self.rule.interval(name, {n: x for n, x in v.items() if n != name})
            first, last = span or (1, 0)
            last = self.most if last is None else min(last, self.most)
            for x in range(first, last + 1):
                v[name] = x
                yield dict(v)
            return
        for x in range(LOWEST[name], self.most + 1):
            self.steps += 1
            if self.steps > STEPS:
                self.cut = True
                return
            v[name] = x
            least, largest = self._reach(v, rest, self.most)
            below = largest < (out or 1)
            above = least > (out or self.most)
            if (below and way < 0) or (above and way > 0):
                return
            if below or above:
                continue
            if rest:
                yield from self._walk(at + 1, v)
                for later in rest:
                    v.pop(later, None)
            else:
                yield {**v, "out": largest}

    def _reach(
        self, v: Mapping[str, int], rest: Sequence[str], most: int, low: Mapping[str, int] = LOWEST
    ) -> tuple[int, int]:
        """The least and the largest size that the letters of `rest` can still give."""
        rising = self.rule.rising
        if not rest:
            size = self.rule.size({**self.known, **v})
            return size, size
        up = {name: most if rising[name] > 0 else low[name] for name in rest}
        down = {name: low[name] if rising[name] > 0 else most for name in rest}
        known = {**self.known, **v}
        return self.rule.size({**known, **down}), self.rule.size({**known, **up})
