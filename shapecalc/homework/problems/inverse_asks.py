"""Inverse questions: the setting that gives what is wanted, by the closed intervals of one window or by trying.

Pitfall: what is wanted may not be said: "which padding?" means the one that keeps the size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

from ... import layers
from ...errors import ShapecalcError
from ...spec.findings import Findings
from ...text import _
from ..conventions import Conventions
from . import inverse, ops
from .network import Network
from .nodes import Fields, fields, plain, sizes, whole
from .outcome import Outcome, Refused
from .recipe import Recipe, Step, entry_settings
from .setup import Draft

SOLVES = {
    "solve_padding": "padding", "solve_stride": "stride", "solve_kernel": "kernel", "solve_dilation": "dilation",
    "solve_input": "n", "solve_filters": "filters", "solve_units": "units", "solve_output_padding": "output_padding",
    "solve_channels": "channels", "solve_groups": "groups", "solve_multiplier": "multiplier", "solve_vocab": "vocab",
}  # fmt: skip
"""Inverse asks, and the setting each is for; `n` is the input's size, `channels` its depth."""
COUNTED = ("params", "weights", "biases", "macs", "flops", "activations", "total_params")
WINDOWED = ("conv", "depthwise", "maxpool", "avgpool", "lppool")
MOST = 512


def solve(draft: Draft, recipe: Recipe, option: str, conventions: Conventions, findings: Findings) -> Outcome:
    """Every right value of the setting. Raises Refused where the problem does not say enough, or nothing fits."""
    place, option = place_of(recipe, option)
    step = recipe.steps[place]
    said, word = settings_of(step), word_of(step)
    size, count = _wanted(draft, said)
    if count is not None:
        return _by_count(recipe, place, option, *count, findings)
    x = _input(draft, recipe, place, option, findings)
    window = {k: v for k, v in said.items() if k in ("kernel", "stride", "padding", "dilation")}
    closed = word in WINDOWED and place == len(recipe.steps) - 1 and not any(
        isinstance(plain(v), str) and not ops.is_blank(v) and plain(v) != "valid" for k, v in window.items() if k != option
    )  # fmt: skip
    if (
        closed
        and option in ("n", "padding", "stride", "kernel", "dilation")
        and "ceil" not in str(plain(said.get("rounding")))
    ):
        return _closed(said, option, x, size, conventions)
    if size is None:
        size = x
    return _by_trying(recipe, place, option, size, findings)


def convert(draft: Draft) -> Outcome:
    """A dilation counted from 0 in the other convention, or the other way round."""
    zero = whole(draft.knobs.get("dilation_from_zero"))
    one = draft.number("dilation", "dilation_from_one")
    if zero is not None:
        return Outcome((zero + 1,), "number", f"{zero} + 1")
    if one is not None:
        return Outcome((one - 1,), "number", f"{one} − 1")
    raise Refused(_("nothing is said that could be converted"))


def settings_of(step: Step) -> Fields:
    """A step's settings by our words."""
    word = word_of(step)
    layer = layers.load(word) if word else None
    found = entry_settings(step.entry)[1] if step.entry is not None else step.op
    return {(ops.option_of(k, layer) if layer else None) or k: v for k, v in found.items()}


def word_of(step: Step) -> str:
    """The spec's word for a step."""
    if step.entry is not None:
        return ops.word_of(next(iter(fields(step.entry)), "")) or ""
    return ops.resolve(step.op) or ""


def place_of(recipe: Recipe, option: str) -> tuple[int, str]:
    """Where the setting stands that is asked for: at the blank, else in the first layer that has it."""
    blank = recipe.blank()
    if blank is not None and option not in ("n", "channels"):
        return blank[0], blank[1] if blank[1] in SOLVES.values() else option
    for i, step in enumerate(recipe.steps):
        layer = layers.load(word_of(step)) if word_of(step) else None
        if layer and (option in layer.OPTIONS or option in ("n", "channels")):
            return i, option
    raise Refused(_("there is no layer whose {option} could be solved for").format(option=option))


def _wanted(draft: Draft, said: Fields) -> tuple[tuple[int, ...] | None, tuple[str, int] | None]:
    """The size that is wanted, and the count."""
    for key in COUNTED:
        value = whole(draft.knobs.get(key))
        if value is not None:
            return None, (key, value)
    for place in (draft.knobs, said):
        for key in ("out", "expect", "output", "out_size", "output_size", "output_shape"):
            node = place.get(key)
            if node is None:
                continue
            inner = fields(node)
            count = next(((k, n) for k in COUNTED if (n := whole(inner.get(k))) is not None), None)
            if count:
                return None, count
            found = sizes(node)
            if found:
                return (found[:-1] if len(found) > 2 else found), None
    return None, None


def _input(draft: Draft, recipe: Recipe, place: int, option: str, findings: Findings) -> tuple[int, ...]:
    """The spatial size that goes into the step; of the input itself where its size is asked, nothing."""
    if option == "n":
        return ()
    if place:
        return recipe.upto(place - 1).network(findings).y[:-1]
    numbers = sizes(recipe.input)
    return numbers[:-1] if len(numbers) > 1 else numbers


def _axis(said: Fields, key: str, axis: int, default: int) -> int:
    """A setting along one axis."""
    numbers = sizes(said[key]) if key in said else ()
    if not numbers:
        return default
    return numbers[axis] if axis < len(numbers) else numbers[0]


def _closed(said: Fields, option: str, x: tuple[int, ...], wanted: tuple[int, ...] | None, conventions: Conventions) -> Outcome:  # fmt: skip
    """One window solved backwards, along every axis; a number that is right along all of them."""
    if option == "n" and wanted is None:
        raise Refused(_("the output size is not said"))
    if wanted is not None and len(wanted) < len(x):
        wanted = wanted * len(x)
    axes = range(len(x) or len(wanted or ()) or 1)
    found: list[tuple[int, ...]] = []
    open_end, work = False, ""
    for axis in axes:
        f, s, p = (
            _axis(said, "kernel", axis, 1),
            _axis(said, "stride", axis, 1),
            _axis(said, "padding", axis, 0),
        )
        d = _axis(said, "dilation", axis, 1)
        k = d * (f - 1) + 1
        n = x[axis] if axis < len(x) else 0
        m = wanted[axis] if wanted and axis < len(wanted) else n
        if option == "padding" and conventions.padding == "total":
            low = max(0, s * (m - 1) + k - n)
            found.append(tuple(range(low, s * m + k - n)))
        elif option == "padding":
            found.append(inverse.padding(n, k, s, m).members())
        elif option == "stride":
            interval = inverse.stride(n, k, p, m)
            open_end = open_end or interval.open_end
            found.append(interval.members())
        elif option == "kernel":
            found.append(inverse.kernel(n, s, p, m, d))
        elif option == "dilation":
            open_end = open_end or f == 1
            found.append(inverse.dilation(n, f, s, p, m))
        else:
            found.append(inverse.size(k, s, p, m).members())
        if not work and not (option == "padding" and conventions.padding == "total"):
            letters = {"N": n, "K": k, "S": s, "P": p, "M": m}
            work = inverse.working(option, letters) if option != "kernel" or d == 1 else ""
    if not all(found):
        raise Refused(
            _("no {option} gives that output").format(option=option if option != "n" else _("input size"))
        )
    common = sorted(set(found[0]).intersection(*found[1:]))
    if common and option == "dilation":
        common = [d - 1 + conventions.dilation for d in common]
    if common:
        return Outcome(tuple(common), "number", work, None, open_end)
    return Outcome(tuple(list(product(*found))[:MOST]), "size", "")


def _by_count(
    recipe: Recipe, place: int, option: str, quantity: str, wanted: int, findings: Findings
) -> Outcome:
    """The setting with which a count comes out, which rises with it."""
    measure: dict[str, Callable[[Network], int]] = {
        "params": lambda net: net.table.totals().params.total,
        "total_params": lambda net: net.table.totals().params.total,
        "weights": lambda net: net.table.totals().params.weights,
        "biases": lambda net: net.table.totals().params.biases,
        "macs": lambda net: net.table.totals().macs,
        "flops": lambda net: net.table.totals().flops,
        "activations": lambda net: net.table.totals().activations,
    }

    def value(candidate: int) -> int | None:
        try:
            return measure[quantity](_with(recipe, place, option, candidate).network(findings))
        except ShapecalcError:
            return None

    found = inverse.rising(value, wanted)
    if found is None:
        raise Refused(
            _("no {option} gives {n} {quantity}").format(option=option, n=wanted, quantity=quantity)
        )
    return Outcome((found,), "number")


def _with(recipe: Recipe, place: int, option: str, value: Any) -> Recipe:
    if option == "n":
        return recipe.change({"n": value})
    if option == "channels":
        numbers = sizes(recipe.input) or (1, 1, 1)
        return recipe.change({"n": list(numbers[:-1]), "channels": value})
    return recipe.fill(place, option, value)


def _by_trying(
    recipe: Recipe, place: int, option: str, wanted: tuple[int, ...], findings: Findings
) -> Outcome:
    """Every value up to a bound with which the network's last size is the wanted one."""
    if not wanted:
        raise Refused(_("the output size is not said"))
    found = list(_fitting(recipe, place, option, wanted, findings))
    if not found:
        raise Refused(_("no {option} up to {n} gives that output").format(option=option, n=MOST))
    return Outcome(tuple(found), "number")


def _fitting(
    recipe: Recipe, place: int, option: str, wanted: tuple[int, ...], findings: Findings
) -> Iterable[int]:
    for candidate in range(0 if "padding" in option else 1, MOST + 1):
        try:
            y = _with(recipe, place, option, candidate).network(findings).y
        except ShapecalcError:
            continue
        size = y[:-1] or y
        if size == wanted or (set(size) == set(wanted) and len(wanted) == 1):
            yield candidate
