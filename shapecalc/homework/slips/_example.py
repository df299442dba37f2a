"""An example of a slip as a question: the layer and those before it, built as a spec would build them."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

from ... import layers
from ...engine.options import spread
from ...graph import Shape
from ..conventions import Conventions
from ..question import TOTAL, Question
from ._slip import Example


def question_of(example: Example) -> Question:
    """What the example asks; its value is a wrong answer to it."""
    used = Conventions(**example.conventions)
    chain: list[Question] = []
    x = example.x
    for word, options in example.after:
        chain += _steps(word, x, options, used)
        x = chain[-1].layer().y
    if example.word == TOTAL:
        return Question(example.quantity, TOTAL, example.options, (example.x,), tuple(chain), used)
    *flat, last = _steps(example.word, x, example.options, used)
    return last._replace(quantity=example.quantity, earlier=(*chain, *flat))


def _steps(word: str, x: Shape, options: Mapping[str, Any], used: Conventions) -> list[Question]:
    """A layer with complete options; before a dense layer on a map, its flatten."""
    if word == "fc" and len(x) > 1:
        flat = Question("output_shape", "flatten", {}, (x,), (), used)
        return [flat, *_steps(word, (prod(x),), options, used)]
    kind = layers.load(word)
    assert kind is not None
    complete = {
        name: spread(options.get(name, option.default), option, x, "HWC")
        for name, option in kind.OPTIONS.items()
    }
    return [Question("output_shape", word, complete, (x,), (), used)]
