"""Wrong number of inputs or input channels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...text import N_
from ..question import Question
from ..working import Working
from ._chain import map_before
from ._fan_in import with_fan_in
from ._number import other_inputs
from ._slip import COUNTS, FAN_IN, Changed, Example, Slip

SLIP = Slip(
    FAN_IN,
    3,
    f"{COUNTS} weight_shape",
    N_("wrong number of inputs or input channels"),
    N_("How many values does one unit read? Take it from the layer just before."),
)
EXAMPLES = (Example("params", "conv", (28, 28, 32), {"filters": 64, "kernel": 3}, 36928),)


def change(w: Working) -> Changed:
    right = w.layer.letters.get("C_in")
    others = [w.layer.y[-1]] if w.learned else []
    others += [a.inputs[0][-1] for a in w.question.earlier[-4:] if a.inputs]
    if "kernel" in w.question.options and not w.question.earlier:
        others.append(3)  # colour, where the picture is grey; one channel is `no_input_depth`
    for text in ("C_in", "H"):  # a recurrent layer that reads its input only, or its state only
        if changed := w.measured(lambda t, text=text: t.rewritten("C_in + H", text)):  # type: ignore[misc]
            yield changed
    for n in dict.fromkeys(others):
        if n not in (right, 1) and (changed := with_fan_in(w, n)):
            yield changed


def seen(question: Question, right: Any, value: Any, step: int | None) -> Iterator[str]:
    if question.quantity == "weight_shape":
        alike = isinstance(value, tuple) and isinstance(right, tuple) and len(value) == len(right)
        if alike and (*value[:-2], value[-1]) == (*right[:-2], right[-1]):
            yield ""
    elif step is None and type(value) is int and not map_before(question):
        yield from other_inputs(question, value)
