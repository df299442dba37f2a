"""The public wrong answers as questions: those of the public problems, or what the item says itself."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import prod
from pathlib import Path
from typing import Any

import yaml

from shapecalc import api, layers
from shapecalc.engine.options import spread
from shapecalc.errors import Source
from shapecalc.homework.conventions import Conventions
from shapecalc.homework.problems import read_problems
from shapecalc.homework.question import TOTAL, Question

DATA = Path(__file__).parents[1] / "data" / "homework"
USUAL = Conventions()


def asked(quantity: str, word: str, x: Any, earlier: tuple[Question, ...] = (), wanted: Conventions = USUAL, **given: Any) -> Question:  # fmt: skip
    """A question of one layer; `x` is a shape or several, options as in a spec."""
    inputs = (x,) if isinstance(x[0], int) else tuple(x)
    kind = layers.load(word)
    assert kind is not None
    complete = {n: _spread(given.get(n, o.default), o, inputs[0]) for n, o in kind.OPTIONS.items()}
    return Question(quantity, word, complete, inputs, earlier, wanted)


def _spread(value: Any, option: layers.Option, x: tuple[int, ...]) -> Any:
    """An option for this input; an amount may have all its axes already."""
    whole = option.kind == "amount" and isinstance(value, tuple) and len(value) == len(x)
    return value if whole else spread(value, option, x, "HWC")


def chain(x: tuple[int, ...], steps: list[tuple[str, dict[str, Any]]], wanted: Conventions = USUAL) -> tuple[Question, ...]:  # fmt: skip
    """The layers of a chain, each with those before it; `fc` gets its flatten."""
    made: list[Question] = []
    for word, options in steps:
        if word == "fc" and len(x) > 1:
            made.append(asked("output_shape", "flatten", x, tuple(made), wanted))
            x = (prod(x),)
        made.append(asked("output_shape", word, x, tuple(made), wanted, **options))
        x = made[-1].layer().y
    return tuple(made)


@cache
def problems() -> dict[tuple[str, str], Question]:
    """The questions of the public problems that are one quantity of one layer or network, by problem and cell."""
    name = "problems.public.yaml"
    file = read_problems(Source(name, (DATA / name).read_text(encoding="utf-8")))
    return {(p.id, ask.cell): ask.question for p in file.problems for ask in p.asks if ask.question}


@cache
def wrong_answers() -> dict[str, dict[str, Any]]:
    text = (DATA / "wrong_answers.public.yaml").read_text(encoding="utf-8")
    return {w["id"]: w for w in yaml.safe_load(text)["wrong_answers"]}


@cache
def misconceptions() -> dict[str, dict[str, Any]]:
    text = (DATA / "wrong_answers.public.yaml").read_text(encoding="utf-8")
    return {k: v for group in yaml.safe_load(text)["misconceptions"].values() for k, v in group.items()}


KERAS = Conventions(bn=4)

FIELD = chain((64, 64, 1), [
    ("conv", {"filters": 1, "kernel": 3, "stride": 2}), ("relu", {}), ("bn", {}), ("maxpool", {"kernel": 2}),
    ("conv", {"filters": 1, "kernel": 3})])[-1]._replace(quantity="receptive_field")  # fmt: skip
BARE: dict[str, Question] = {
    "wa-027": asked("params", "conv", (32, 32, 1), filters=6, kernel=5),
    "wa-043": asked("output_size", "conv", (7, 9, 1), filters=1, kernel=3, padding=1),
    "wa-050": asked("activations", "conv", (28, 28, 1), filters=4),
    "wa-053": asked("params", "conv", (32, 32, 3), filters=64, kernel=3),
    "wa-055": asked("params", "fc", (6, 6, 384), units=4096),
    "wa-073": Question("params", TOTAL, {}, (), chain((130, 130, 3), [
        ("conv", {"filters": 10, "kernel": 3}), ("maxpool", {"kernel": 4}),
        ("conv", {"filters": 20, "kernel": 5, "padding": 2}), ("maxpool", {"kernel": 2})])),
    "wa-076": asked("params", "conv", (13, 13, 384), filters=384, kernel=3, padding=1),
    "wa-078": asked("output_shape", "conv", (13, 13, 32), filters=32, kernel=3, padding="same"),
    "wa-080": asked("params", "maxpool", (28, 28, 6), kernel=2),
    "wa-082": asked("params", "bn", (512,), wanted=KERAS),
    "wa-083": asked("params", "bn", (512,), wanted=KERAS),
    "wa-090": asked("weights", "conv", (32, 32, 24), filters=12, kernel=3, groups=12, bias=False),
    "wa-092": asked("macs", "depthwise", (32, 32, 24), kernel=3, padding="same"),
    "wa-100": asked("output_size", "conv", (32, 32, 1), filters=1, kernel=11, stride=2),
    "wa-101": asked("output_size", "maxpool", (112, 112, 1), kernel=3, stride=2, rounding="ceil"),
    "wa-102": asked("output_size", "maxpool", (75, 75, 1), kernel=2, stride=2),
    "wa-107": asked("output_shape", "conv", (28, 28, 1), filters=32, kernel=3),
    "wa-109": asked("output_size", "conv", (28, 28, 1), filters=1, kernel=3),
    "wa-112": asked("output_size", "conv", (32, 32, 1), filters=1, kernel=5),
    "wa-132": asked("padding", "conv", (28, 28, 1), filters=1, kernel=7, padding="keep"),
    "wa-134": asked("output_size", "conv", (63, 63, 1), filters=1, kernel=7, stride=2),
    "wa-138": asked("output_size", "conv", (6, 6, 1), filters=1, kernel=3, dilation=2),
    "wa-139": asked("dilation", "conv", (9, 9, 1), filters=1, kernel=3, dilation=2),
    "wa-145": asked("output_size", "conv", (28, 28, 1), filters=1, kernel=2, padding="same"),
    "wa-151": FIELD,
    "wa-154": asked("macs", "conv", (28, 28, 16), filters=32, kernel=5, padding="same"),
}  # fmt: skip
"""Items whose problem has no layers to take over."""


@cache
def network(name: str, quantity: str) -> Question:
    """The total of a built-in network."""
    bound = api.bind(api.read(name))
    made = zip(bound.graph.nodes, bound.layers)
    parts = tuple(Question(quantity, node.layer, node.options, layer.inputs) for node, layer in made)
    return Question(quantity, TOTAL, {}, (), parts)


def question(name: str) -> Question | None:
    """The question that a wrong answer answers; None where it needs layers that there are not."""
    if name in BARE:
        return BARE[name]
    if name in ("wa-155", "wa-156"):
        return network("resnet50_v1_5", "macs")
    if name == "wa-157":
        return network("vgg16", "memory")
    if name in ("wa-084", "wa-087"):
        return _recurrent(name)
    item = wrong_answers()[name]
    return problems().get((item.get("problem", ""), item["cell"]))


def _recurrent(name: str) -> Question | None:
    word, x, options = {
        "wa-084": ("lstm", (16, 4096), {"units": 256}),
        "wa-087": ("gru", (10, 4), {"units": 5, "biases": 2}),
    }[name]
    return asked("params", word, x, **options) if word in layers.words() else None


def value(written: Any) -> Any:
    """A wrong value as reading gives it: an int, a tuple, a Fraction; 8.2G is rounded, see `step`."""
    if isinstance(written, float):
        return Fraction(str(written))
    if isinstance(written, list):
        return tuple(written)
    return int(Fraction(written[:-1]) * 10**9) if isinstance(written, str) else written


def step(written: Any) -> int | None:
    return 10**8 if isinstance(written, str) else None
