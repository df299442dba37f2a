"""How often a slip is named: behind real wrong answers, where it should be, and behind chance values, where not.

Chance values are drawn evenly within half of the right one. A size is drawn for both axes together, which is the harder
case: drawn apart, two axes hardly ever agree on one slip. Pitfall: small sizes decide; of a 5 there are four wrong values
within half, and each of them has been handed in by somebody.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from shapecalc import api  # noqa: E402
from shapecalc.homework.question import TOTAL, Question  # noqa: E402
from shapecalc.homework.slips import diagnose  # noqa: E402
from tests.homework import setups  # noqa: E402

NETWORKS = ("lenet5", "alexnet", "zfnet", "vgg16", "nin_cifar10", "mobilenet_v1")
DRAWS = 40


def questions(name: str) -> Iterator[Question]:
    """Every layer of a built-in network, with those on the way to it."""
    bound = api.bind(api.read(name))
    made: dict[str, tuple[Question, str]] = {}
    for node, layer in zip(bound.graph.nodes, bound.layers):
        way, at = [], node.inputs[0]
        while at in made:
            before, at = made[at]
            way.append(before)
        asked = Question("output_shape", node.layer, node.options, layer.inputs, tuple(reversed(way)))
        made[node.name] = (asked, node.inputs[0])
        yield asked


def of_problems() -> Iterator[Question]:
    """Every layer that the public problems ask about."""
    yield from (q for q in setups.problems().values() if q.word != TOTAL)


def unnamed(asked: Question, rng: random.Random, quantity: str) -> float | None:
    """The share of chance values that get no name; None where the layer has no such number."""
    if quantity == "size":
        y = asked.layer().y
        if len(y) != 3 or y[0] != y[1] or y[0] < 2 or "kernel" not in asked.options:
            return None
        near = [n for n in range(-(-y[0] // 2), y[0] * 3 // 2 + 1) if n != y[0]]
        drawn = rng.choices(near, k=DRAWS)
        return sum(not diagnose(asked, (n, n, y[2])) for n in drawn) / DRAWS
    asked = asked._replace(quantity=quantity)
    right = asked.value()
    if not isinstance(right, int) or right < 4:
        return None
    values = (rng.randint(-(-right // 2), right * 3 // 2) for _ in range(DRAWS))
    return sum(not diagnose(asked, n) for n in values if n != right) / DRAWS


def chance() -> None:
    """Print the shares by network and quantity."""
    rng = random.Random(1)  # noqa: S311
    print("chance values without a name")
    for name in (*NETWORKS, "problems"):
        asked = list(of_problems() if name == "problems" else questions(name))
        shown = []
        for quantity in ("size", "params", "macs", "activations"):
            shares = [s for a in asked if (s := unnamed(a, rng, quantity)) is not None]
            shown.append(f"{quantity} {sum(shares) / len(shares):4.0%} of {len(shares)}")
        print(f"  {name:14}", ", ".join(shown))


def real() -> None:
    """Print how many real wrong answers get the name that their collectors gave them."""
    asked = first = named = unknown = 0
    for name, item in setups.wrong_answers().items():
        if (question := setups.question(name)) is None:
            continue
        asked += 1
        found = diagnose(question, setups.value(item["wrong"]), step=setups.step(item["wrong"]))
        ids = [set(d.id.split("+")) for d in found]
        named += set(item["misconception"]) in ids
        first += bool(ids) and ids[0] == set(item["misconception"])
        unknown += not ids
    print(
        f"real wrong answers: {asked}; named as collected {named} ({named / asked:.0%}), first {first}, no name {unknown}"
    )


def speed() -> None:
    """Print the processor time of a first and of a later look at a question."""
    asked = [a._replace(quantity=q) for a in questions("vgg16") for q in ("output_shape", "params", "macs")]
    start = time.process_time()
    for question in asked:
        diagnose(question, 7)
    middle = time.process_time()
    for question in asked:
        diagnose(question, 7)
    end = time.process_time()
    print(
        f"a new question {(middle - start) / len(asked) * 1e3:.1f} ms, a wrong value seen before "
        f"{(end - middle) / len(asked) * 1e6:.0f} µs"
    )


if __name__ == "__main__":
    real()
    chance()
    speed()
