"""Random small networks in letters and in numbers: chains and branches of windows, refusals included.

`python -m tests.symbols.test_random_networks 1000` does as many as it is told.
"""

from __future__ import annotations

import sys
from random import Random

import pytest

from shapecalc.api import Selection, compute
from shapecalc.errors import Source, SpecError
from shapecalc.spec import load

from .closed import differences

PADDINGS = ("same", "same_lower", "valid", "full", 0, 0, 1, 2, "[[0, 1], [1, 0]]")


class Maker:
    """Draws entries; most of them fit, and some cannot."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def window(self) -> str:
        choose = self.random.choice
        kernel = choose([1, 2, 3, 3, 3, 4, 5, 7])
        if self.random.random() < 0.4:
            fields = f"kernel: {kernel}, stride: {choose([1, 2, 2, 3])}, padding: {choose([0, 0, kernel // 2, 'same'])}"
            return f"{choose(['maxpool', 'avgpool'])}: {{{fields}, rounding: {choose(['floor', 'ceil'])}}}"
        fields = f"filters: {choose([1, 2, 4])}, kernel: {kernel}, stride: {choose([1, 1, 2, 3, 4])}"
        return f"conv: {{{fields}, padding: {choose(PADDINGS)}, dilation: {choose([1, 1, 1, 2])}}}"

    def entry(self, depth: int) -> str:
        choose = self.random.random()
        if choose < 0.65:
            return self.window()
        if choose < 0.72:
            return self.random.choice(["relu", "bn", "softmax"])
        if choose < 0.8:
            return f"upsample: {self.random.choice([2, 3])}"
        if choose < 0.84:
            return f"convtranspose: {{filters: 2, kernel: {self.random.choice([2, 3, 4])}, stride: 2}}"
        if choose < 0.88:
            return f"pad: {self.random.choice([1, 2])}"
        if depth:
            return self.window()
        branches = ", ".join(f"b{i}: [{self.branch()}]" for i in range(self.random.choice([2, 2, 3])))
        return f"{self.random.choice(['concat', 'add'])}: {{{branches}}}"

    def branch(self) -> str:
        return ", ".join(
            f"{{{e}}}" if ":" in e else e
            for e in (self.entry(1) for _ in range(self.random.choice([0, 1, 1, 2])))
        )

    def spec(self) -> str:
        lines = [f"  - {self.entry(0)}" for _ in range(self.random.randint(1, 8))]
        if self.random.random() < 0.3:
            lines += ["  - fc: 7"]
        return "\n".join(
            ["input: HxWx2" if self.random.random() < 0.5 else "input: HxHx2", "layers:", *lines]
        )


def check(seed: int) -> bool:
    """One network at eight sizes; whether there was anything to compare."""
    random = Random(seed)  # noqa: S311
    text = Maker(random).spec()
    plan = load(Source("random.yaml", text))
    letters = plan.symbols
    points = [
        {name: random.choice([random.randint(1, 12), random.randint(1, 70)]) for name in letters}
        for _ in range(8)
    ]
    selections = [Selection({name: str(n) for name, n in point.items()}) for point in points]
    try:
        symbolic = compute(plan).table
    except SpecError:
        for selection in selections:
            with pytest.raises(SpecError):
                compute(plan, selection)
        return False
    found = [text for p, s in zip(points, selections) for text in differences(plan, symbolic, p, s)]
    assert not found, f"seed {seed}\n{text}\n" + "\n".join(found[:5])
    return True


@pytest.mark.parametrize("block", range(4))
def test_random_networks(block: int) -> None:
    compared = [check(seed) for seed in range(block * 40, (block + 1) * 40)]
    assert sum(compared) >= 15


if __name__ == "__main__":
    done = sum(check(10_000 + number) for number in range(int(sys.argv[1])))
    sys.stdout.write(f"{sys.argv[1]} random networks, {done} with sizes that fit, no difference\n")
