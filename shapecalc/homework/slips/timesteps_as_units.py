"""Number of time steps used as a width."""

from __future__ import annotations

from ...text import N_
from ..working import Given, Working
from ._fan_in import with_fan_in
from ._slip import COUNTS, FAN_IN, Changed, Example, Slip

SLIP = Slip(
    FAN_IN,
    1,
    COUNTS,
    N_("number of time steps used as a width"),
    N_("Are the weights of a recurrent layer new at every time step?"),
    special=True,
)
EXAMPLES = (
    Example("params", "linear", (16, 4096), {"units": 256}, 4352),
    Example("params", "lstm", (16, 4096), {"units": 256}, 17246978048),
)


def change(w: Working) -> Changed:
    x = w.layer.x
    if len(x) != 2 or "kernel" in w.question.options or not w.learned:
        return
    if changed := with_fan_in(w, x[0]):
        yield changed
    units = w.question.options.get("units")
    if not isinstance(units, int):
        return
    yield w.with_options(units=x[0])
    if "biases" in w.question.options:  # a width of T, the units multiplied in at the end
        for n in (x[0], x[1]):
            bare = w.with_inputs((x[0] if n == x[1] else x[1],) * 2).with_options(units=n, bias=False)
            found = bare.answer()
            if isinstance(found, int):
                yield Given(found * units, f"({bare.show()})·{units}")
