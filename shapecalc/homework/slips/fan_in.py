"""Slips over what a unit reads: the depth left out, another number of inputs, groups and gates miscounted.

Pitfall: a filter's depth is never written down in a question, which is why it is the factor that goes missing.
"""

from __future__ import annotations

from math import prod

from ...text import N_
from ..terms import Term
from ..working import Given, Working
from ._chain import map_before
from ._slip import COUNTS, FAN_IN, Changed, slip

BATCHES = (8, 10, 16, 20, 32, 50, 64, 100, 128, 256, 512)
"""Usual sizes of a batch."""


def _with_fan_in(w: Working, n: int) -> Working | None:
    """Every part with `n` for the input channels."""
    return w.measured(lambda t: t.put(C_in=n) if t.has("C_in") else None)


def _factor(w: Working, text: str, **letters: int) -> Working | None:
    """Every part by a formula that has the part's own in the place of {own}."""
    return w.measured(lambda t: t.by(text.format(own=f"({t.formula.text})")).put(**letters))


@slip(13, FAN_IN, COUNTS, N_("depth of the input left out of the filter"), "忽略输入通道数")
def no_input_depth(w: Working) -> Changed:
    if "kernel" in w.question.options:
        grouped = "C_in // G" if w.question.options.get("groups", 1) != 1 else "C_in"
        olds = (f"a_ * {grouped}", "a_ * C_in // G", "C_in")

        def flat(term: Term) -> Term | None:
            ways = (term.rewritten(old, "a_" if "a_" in old else "1") for old in olds)
            return next(filter(None, ways), None)

        if changed := w.measured(flat):
            yield changed
    elif (
        (shape := map_before(w.question)) and shape[-1] > 1 and (changed := _with_fan_in(w, prod(shape[:-1])))
    ):
        yield changed


@slip(1, FAN_IN, COUNTS, N_("kernel area left out"), "漏乘卷积核面积")
def no_kernel(w: Working) -> Changed:
    letters = [f"F_{axis}" for axis in "THWZ"]

    def bare(term: Term) -> Term | None:
        found = term
        for letter in letters:
            found = found.rewritten(letter, "1") or found
        return found if found != term else None

    if changed := w.measured(bare):
        yield changed
        if "biases" in changed.parts:
            yield changed.with_part("biases", None)


@slip(3, FAN_IN, COUNTS, N_("wrong number of inputs or input channels"), "输入通道(或神经元)数取错")
def wrong_fan_in(w: Working) -> Changed:
    right = w.layer.letters.get("C_in")
    others = [w.layer.y[-1]] if w.learned else []
    others += [a.inputs[0][-1] for a in w.question.earlier[-4:] if a.inputs]
    if "kernel" in w.question.options and not w.question.earlier:
        others.append(3)  # colour, where the picture is grey; one channel is `no_input_depth`
    for text in ("C_in", "H"):  # a recurrent layer that reads its input only, or its state only
        if changed := w.measured(lambda t, text=text: t.rewritten("C_in + H", text)):  # type: ignore[misc]
            yield changed
    for n in dict.fromkeys(others):
        if n not in (right, 1) and (changed := _with_fan_in(w, n)):
            yield changed


@slip(1, FAN_IN, COUNTS, N_("height x width used for the number of channels"), "把高×宽当成通道数")
def plane_instead_of_depth(w: Working) -> Changed:
    x = map_before(w.question) or w.layer.x
    if len(x) > 2 and "kernel" in w.question.options and (changed := _with_fan_in(w, prod(x[:-1]))):
        yield changed


@slip(1, FAN_IN, COUNTS, N_("batch size used as number of features"), "把批大小当作特征数")
def batch_as_features(w: Working) -> Changed:
    if "kernel" not in w.question.options:
        for n in BATCHES:
            if n != w.layer.letters.get("C_in") and (changed := _with_fan_in(w, n)):
                yield changed


@slip(1, FAN_IN, COUNTS, N_("number of time steps used as a width"), "把时间步当作单元数", special=True)
def timesteps_as_units(w: Working) -> Changed:
    x = w.layer.x
    if len(x) != 2 or "kernel" in w.question.options or not w.learned:
        return
    if changed := _with_fan_in(w, x[0]):
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


@slip(1, FAN_IN, COUNTS, N_("groups ignored"), "忽略分组", special=True)
def groups_ignored(w: Working) -> Changed:
    if w.question.options.get("groups", 1) != 1:
        yield w.with_options(groups=1)
    elif w.question.word == "depthwise" and w.layer.x[-1] > 1 and (changed := _factor(w, "{own} * C_in")):
        yield changed


@slip(1, FAN_IN, COUNTS, N_("grouped layer treated as depthwise"), "把分组卷积当作深度卷积", special=True)
def groups_as_depthwise(w: Working) -> Changed:
    groups = w.question.options.get("groups", 1)
    if groups not in (1, w.layer.x[-1]) and (changed := _with_fan_in(w, groups)):
        yield changed


@slip(1, FAN_IN, COUNTS, N_("divided by the groups twice"), "重复除以分组数", special=True)
def groups_divided_twice(w: Working) -> Changed:
    groups = w.layer.x[-1] if w.question.word == "depthwise" else w.question.options.get("groups", 1)
    if groups != 1 and (changed := _factor(w, "{own} // G", G=groups)):
        yield changed


@slip(1, FAN_IN, COUNTS, N_("three LSTM gates instead of four blocks"), "LSTM 只算三个门", special=True)
def gates_three(w: Working) -> Changed:
    if w.question.word != "lstm":
        return
    for old, new in (("8 * a_", "6 * a_"), ("4 * a_", "3 * a_")):
        w = w.with_parts({part: term.rewritten(old, new) or term for part, term in w.parts.items()})
    yield w


@slip(1, FAN_IN, COUNTS, N_("multiplied by the number of heads"), "多乘了头数", special=True)
def heads_multiplied(w: Working) -> Changed:
    heads = next((a.options["heads"] for a in w.question.earlier[-4:] if "heads" in a.options), None)
    heads = w.question.options.get("heads", heads)
    if isinstance(heads, int) and heads > 1 and w.question.word in ("linear", "scores", "attend"):
        found = w.answer()
        if isinstance(found, int):
            yield Given(found * heads, f"({w.show()})·{heads}")
