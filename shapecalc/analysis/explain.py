"""The steps behind a layer's numbers: each quantity's own formula, the numbers put in, the value, and what to watch.

Pitfall: letters that are themselves worked out (K from D and F, the padding that `same` stands for, the taps that land on
real input) come as steps of their own before the quantity that needs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from ..errors import ShapecalcError, UsageError, suggest, there_are
from ..formula import Formula
from ..layers import Layer
from ..layers._base import Work, spatial, times
from ..report.columns import KINDS
from ..report.derivation import DerivationStep
from ..report.quantities import section
from ..symbolic import Undecided
from ..text import _, run_on

DEFAULT = (
    "output_shape", "activations", "weights", "biases", "params", "buffers", "macs", "macs_on_data", "connections", "ops",
    "activation_bytes", "param_bytes",
)  # fmt: skip
"""What is explained of a layer, in this order."""
SYNONYMS = {"memory": "activation_bytes", "params.total": "params", "output": "output_shape"}
PADDING = ("K", "P", "P_t", "P_b", "P_a")
"""What is worked out of a padding that a word gave."""
LEARNED = ("weights", "biases")
KNOWN = (*DEFAULT, *SYNONYMS, "padding", "flops", "receptive_field", *(f"ops.{kind}" for kind in KINDS))
"""All that can be asked for by name."""
ZERO = Formula("0")
FLOPS = Formula("2 * macs")
BYTES = Formula("b * A")
BYTES_OF_BATCH = Formula("batch * b * A")
BYTES_OF_PARAMS = Formula("b * params")


def known(names: Iterable[str]) -> tuple[str, ...]:
    """Names of quantities as they are; raises UsageError for one there is not."""
    found = tuple(names)
    for name in found:
        if name not in KNOWN:
            message = _("there is no quantity {name}").format(name=name)
            raise UsageError(message, suggest(name, KNOWN, there_are(KNOWN)))
    return found


def steps_of(
    layer: Layer,
    quantity: str | None = None,
    *,
    batch: int = 1,
    itemsize: int = 4,
    notes: Mapping[str, str] = {},
) -> tuple[DerivationStep, ...]:
    """The steps of one quantity of a built layer, or of all.

    `quantity` is one of DEFAULT, `flops`, a column of an answer sheet (`params.weights`, `memory`), a kind of operation
    (`ops.add`), or `connections`; the empty tuple for one that the layer does not have, such as `macs_on_data` of a pool.
    `itemsize` is the bytes of a number. `notes` are sentences by key that are put beside the layer's own.
    """
    said = _notes(layer)
    for key, text in notes.items():
        said[key] = run_on((said[key], text)) if key in said else text
    wanted = DEFAULT if quantity is None else (SYNONYMS.get(quantity, quantity),)
    return tuple(_noted(_alike(_steps(layer, wanted, quantity is None, batch, itemsize)), said))


def _steps(
    layer: Layer, wanted: Iterable[str], everything: bool, batch: int, itemsize: int
) -> Iterator[DerivationStep]:
    formulas = layer.formulas()
    for quantity in wanted:
        name = quantity.removeprefix("params.")
        if name == "output_shape":
            yield from map(_step, _sizes(layer))
        elif name == "padding":
            found = [work for work in _sizes(layer) if work.key.partition(".")[0] in PADDING]
            if any(work.key.startswith("P") for work in found):
                yield from map(_step, found)
        elif name.startswith("output."):
            yield from map(_step, _of_axis(_sizes(layer), name.rpartition(".")[2]))
        elif name == "activations":
            yield from _batched(_step(activations(layer)), batch)
        elif name == "params":
            if not everything:
                yield from _steps(layer, [q for q in LEARNED if q in formulas], False, batch, itemsize)
            yield _step(params(layer))
        elif name == "ops":
            kinds = [q for q in formulas if q.startswith("ops.") and layer.count(q)]
            yield from _steps(layer, kinds, False, batch, itemsize)
        elif name == "flops":
            yield from _steps(layer, ("macs",), False, batch, itemsize)
            yield _step(Work("flops", FLOPS, {"macs": batch * layer.count("macs")}))
        elif name == "activation_bytes":
            values = activations(layer).value
            rule, letters = (BYTES, {}) if batch == 1 else (BYTES_OF_BATCH, {"batch": batch})
            yield _step(Work(name, rule, {"b": itemsize, "A": values, **letters}))
        elif name == "param_bytes":
            if not everything or params(layer).formula is not _sum(()):
                yield _step(Work(name, BYTES_OF_PARAMS, {"b": itemsize, "params": params(layer).value}))
        elif name in formulas:
            if everything and _goes_without_saying(layer, name):
                continue
            where = section(name)
            try:
                before = [_step(work, where) for work in layer.needs(name)]
                step = _step(Work(name, formulas[name], layer.letters_of(name)))
            except Undecided:  # a table leaves it out, too: letters leave open what it is
                continue
            yield from before
            yield from _batched(step, batch if where == "work" and name != "connections" else 1)
        elif name == "macs" or (name in LEARNED and not everything):
            yield _step(Work(name, ZERO, {}))


def _notes(layer: Layer) -> dict[str, str]:
    """The layer's own sentences; none where letters leave it open which of them hold."""
    try:
        return dict(layer.notes())
    except (ShapecalcError, Undecided):
        return {}


def activations(layer: Layer) -> Work:
    """The values in the output: the product of its sizes."""
    y = layer.y
    axes = spatial(len(y))
    if len(axes) != len(y) - 1:
        axes = "".join(map(str, range(1, len(y))))
    sizes = {f"M_{axis}": n for axis, n in zip(axes, y)}
    return Work("activations", _volume(axes), {**sizes, "C_out": y[-1]})


def params(layer: Layer) -> Work:
    """What is learned: the sum of weights and biases, as far as the layer has them."""
    found = {q: layer.count(q) for q in LEARNED if q in layer.formulas()}
    return Work("params", _sum(tuple(found)), found)


def _sizes(layer: Layer) -> list[Work]:
    """The works of the output's shape; K only where a rule that is shown asks for it."""
    works = list(layer.sizes())
    if len(layer.y) == 1:
        works = [work._replace(key="output.V") if work.key == "output.C" else work for work in works]
    asked = {(letter, _axis(work)) for work in works for letter in work.formula.letters}
    return [work for work in works if not work.key.startswith("K.") or ("K", _axis(work)) in asked]


def _of_axis(works: Iterable[Work], axis: str) -> list[Work]:
    return [work for work in works if _axis(work) in (axis, "V" if axis == "C" else axis)]


def _axis(work: Work) -> str:
    return work.key.rpartition(".")[2]


def _step(work: Work, where: str = "") -> DerivationStep:
    place = where or ("shape" if work.key.rpartition(".")[2] in "THWZCV" else section(work.key))
    return DerivationStep(work.key, work.formula, work.letters, work.value, place)


def _batched(step: DerivationStep, batch: int) -> Iterator[DerivationStep]:
    """A step for one sample, and where there are several, one for all of them."""
    yield step
    if batch != 1:
        letter = step.key.rpartition(".")[2]
        work = Work(f"batch.{step.key}", _times_batch(letter), {"batch": batch, letter: step.value})
        yield _step(work, step.section)


def _alike(steps: Iterable[DerivationStep]) -> Iterator[DerivationStep]:
    """Mark what was said before of another axis or end, with the same formula and numbers; say nothing twice."""
    seen: dict[tuple[str, str, str], str] = {}
    said: set[str] = set()
    for step in steps:
        if step.key in said:
            continue
        said.add(step.key)
        head, _dot, axis = step.key.rpartition(".")
        if head and axis in spatial(4):
            kind = head.removesuffix("_b").removesuffix("_a") if step.section == "work" else head
            first = seen.setdefault((kind, step.formula, step.substituted), step.key)
            if first != step.key:
                step = step._replace(like=first)
        yield step


def _noted(steps: Iterable[DerivationStep], said: Mapping[str, str]) -> Iterator[DerivationStep]:
    for step in steps:
        note = said.get(step.key) or _zero(step)
        yield step._replace(note=note) if note else step


def _zero(step: DerivationStep) -> str | None:
    """Why a quantity without a formula is known to be zero."""
    if step.key == "params" and step.rule is _sum(()):
        return _("Nothing is learned here.")
    if step.key == "macs" and step.rule is ZERO:
        return _("Only weighted sums have MACs; other work is counted by kind.")
    return None


def _goes_without_saying(layer: Layer, quantity: str) -> bool:
    """LeCun's count, unless a table of connections is given; and MACs on data where a layer has no padding at all."""
    formulas = layer.formulas()
    if quantity == "connections":
        return "macs" in formulas and layer.options.get("connections") is None
    return quantity == "macs_on_data" and formulas[quantity].text == formulas["macs"].text


@cache
def _volume(axes: str) -> Formula:
    return Formula(f"{times('M', axes)} * C_out" if axes else "C_out")


@cache
def _sum(words: tuple[str, ...]) -> Formula:
    return Formula(" + ".join(words) or "0")


@cache
def _times_batch(letter: str) -> Formula:
    return Formula(f"batch * {letter}")
