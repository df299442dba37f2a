"""Slips over what a unit reads: the depth left out, another number of inputs, groups and gates miscounted.

Pitfall: a filter's depth is never written down in a question, which is why it is the factor that goes missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from ...text import N_
from ._chain import map_before
from ._slip import COUNTS, FAN_IN, Changed, slip
from ._working import Given, Term, Working

MEASURED = ("weights", "macs", "connections")
"""The parts whose formula holds the fan-in."""
BATCHES = (16, 32, 64, 128, 256)


def _everywhere(w: Working, change: Iterator[tuple[str, Term]]) -> Working | None:
    """The working with these parts replaced; None where there are none."""
    changed = dict(change)
    return w.with_parts({**w.parts, **changed}) if changed else None


def _dropped(w: Working, *letters: str) -> Working | None:
    """Every part without these factors."""

    def change() -> Iterator[tuple[str, Term]]:
        for part in MEASURED:
            term = w.parts.get(part)
            for letter in letters:
                term = (term and term.has(letter) and term.rewritten(letter, "1")) or term
            if term and term != w.parts[part]:
                yield part, term

    return _everywhere(w, change())


def _with_fan_in(w: Working, n: int) -> Working | None:
    """Every part with `n` for the input channels."""
    return _everywhere(
        w, ((p, w.parts[p].put(C_in=n)) for p in MEASURED if p in w.parts and w.parts[p].has("C_in"))
    )


@slip("no_input_depth", 13, FAN_IN, N_("depth of the input left out of the filter"), "忽略输入通道数", COUNTS)
def no_input_depth(w: Working) -> Changed:
    if "kernel" in w.asked.options:
        grouped = "C_in // G" if w.asked.options.get("groups", 1) != 1 else "C_in"
        olds = (f"a_ * {grouped}", "a_ * C_in // G", "C_in")

        def change() -> Iterator[tuple[str, Term]]:
            for part in MEASURED:
                if term := w.parts.get(part):
                    ways = (term.rewritten(old, "a_" if "a_" in old else "1") for old in olds)
                    if bare := next(filter(None, ways), None):
                        yield part, bare

        if flat := _everywhere(w, change()):
            yield flat
    elif (shape := map_before(w.asked)) and shape[-1] > 1 and (changed := _with_fan_in(w, prod(shape[:-1]))):
        yield changed


@slip("no_kernel", 1, FAN_IN, N_("kernel area left out"), "漏乘卷积核面积", COUNTS)
def no_kernel(w: Working) -> Changed:
    letters = [f"F_{axis}" for axis in "THWZ"]
    if changed := _dropped(w, *letters):
        yield changed
        if "biases" in changed.parts:
            yield changed.with_part("biases", None)


@slip(
    "wrong_fan_in",
    3,
    FAN_IN,
    N_("wrong number of inputs or input channels"),
    "输入通道(或神经元)数取错",
    COUNTS,
)
def wrong_fan_in(w: Working) -> Changed:
    right = w.layer.letters.get("C_in")
    others = [w.layer.y[-1]] if w.learned else []
    others += [a.inputs[0][-1] for a in w.asked.earlier[-4:] if a.inputs]
    if "kernel" in w.asked.options and not w.asked.earlier:
        others.append(3)  # colour, where the picture is grey; one channel is `no_input_depth`
    for text in ("C_in", "H"):  # a recurrent layer that reads its input only, or its state only
        if parts := {
            p: t for p in MEASURED if p in w.parts and (t := w.parts[p].rewritten("C_in + H", text))
        }:
            yield w.with_parts({**w.parts, **parts})
    for n in dict.fromkeys(others):
        if n not in (right, 1) and (changed := _with_fan_in(w, n)):
            yield changed


@slip("plane_instead_of_depth", 1, FAN_IN, N_("height x width used for the number of channels"), "把高×宽当成通道数",
      COUNTS)  # fmt: skip
def plane_instead_of_depth(w: Working) -> Changed:
    x = map_before(w.asked) or w.layer.x
    if len(x) > 2 and "kernel" in w.asked.options and (changed := _with_fan_in(w, prod(x[:-1]))):
        yield changed


@slip(
    "batch_as_features", 1, FAN_IN, N_("batch size used as number of features"), "把批大小当作特征数", COUNTS
)
def batch_as_features(w: Working) -> Changed:
    if "kernel" not in w.asked.options:
        for n in BATCHES:
            if n != w.layer.letters.get("C_in") and (changed := _with_fan_in(w, n)):
                yield changed


@slip("timesteps_as_units", 1, FAN_IN, N_("number of time steps used as a width"), "把时间步当作单元数", COUNTS,
      special=True)  # fmt: skip
def timesteps_as_units(w: Working) -> Changed:
    x = w.layer.x
    if len(x) != 2 or "kernel" in w.asked.options or not w.learned:
        return
    if changed := _with_fan_in(w, x[0]):
        yield changed
    units = w.asked.options.get("units")
    if not isinstance(units, int):
        return
    yield w.with_options(units=x[0])
    if "biases" in w.asked.options:  # a width of T, the units multiplied in at the end
        for n in (x[0], x[1]):
            bare = w.with_inputs((x[0] if n == x[1] else x[1],) * 2).with_options(units=n, bias=False)
            found = bare.answer()
            if isinstance(found, int):
                yield Given(found * units, f"({bare.show()})·{units}")


@slip("groups_ignored", 1, FAN_IN, N_("groups ignored"), "忽略分组", COUNTS, special=True)
def groups_ignored(w: Working) -> Changed:
    if w.asked.options.get("groups", 1) != 1:
        yield w.with_options(groups=1)
    elif w.asked.word == "depthwise" and w.layer.x[-1] > 1:

        def change() -> Iterator[tuple[str, Term]]:
            for part in MEASURED:
                if term := w.parts.get(part):
                    yield part, term.by(f"({term.formula.text}) * C_in")

        if changed := _everywhere(w, change()):
            yield changed


@slip("groups_as_depthwise", 1, FAN_IN, N_("grouped layer treated as depthwise"), "把分组卷积当作深度卷积", COUNTS,
      special=True)  # fmt: skip
def groups_as_depthwise(w: Working) -> Changed:
    groups = w.asked.options.get("groups", 1)
    if groups not in (1, w.layer.x[-1]) and (changed := _with_fan_in(w, groups)):
        yield changed


@slip(
    "groups_divided_twice",
    1,
    FAN_IN,
    N_("divided by the groups twice"),
    "重复除以分组数",
    COUNTS,
    special=True,
)
def groups_divided_twice(w: Working) -> Changed:
    groups = w.layer.x[-1] if w.asked.word == "depthwise" else w.asked.options.get("groups", 1)
    if groups == 1:
        return

    def change() -> Iterator[tuple[str, Term]]:
        for part in MEASURED:
            if term := w.parts.get(part):
                yield part, term.by(f"({term.formula.text}) // G").put(G=groups)

    if changed := _everywhere(w, change()):
        yield changed


@slip(
    "gates_three",
    1,
    FAN_IN,
    N_("three LSTM gates instead of four blocks"),
    "LSTM 只算三个门",
    COUNTS,
    special=True,
)
def gates_three(w: Working) -> Changed:
    if w.asked.word != "lstm":
        return
    parts = {part: term.rewritten("4 * a_", "3 * a_") or term for part, term in w.parts.items()}
    ways = {part: term.rewritten("8 * a_", "6 * a_") or term for part, term in parts.items()}
    yield w.with_parts(ways)


@slip(
    "heads_multiplied", 1, FAN_IN, N_("multiplied by the number of heads"), "多乘了头数", COUNTS, special=True
)
def heads_multiplied(w: Working) -> Changed:
    heads = next((a.options["heads"] for a in w.asked.earlier[-4:] if "heads" in a.options), None)
    heads = w.asked.options.get("heads", heads)
    if isinstance(heads, int) and heads > 1 and w.asked.word in ("linear", "scores", "attend"):
        found = w.answer()
        if isinstance(found, int):
            yield Given(found * heads, f"({w.show()})·{heads}")
