"""A whole network's numbers explained, or those of a layer or a block; what is equal is explained once.

Pitfall: equal layers differ in their receptive fields, so those are said of each; data has every layer in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from .. import layers
from ..errors import UsageError, meant, nearest
from ..layers import Layer
from ..layers._base import LETTERS
from ..report.brief import brief
from ..report.derivation import Derivation, DerivationStep, LayerDerivation, Letters, Same, Total
from ..report.fold import fold
from ..report.lazy import Fleeting, Lazy
from ..report.notes import counted, title
from ..report.table import Field, Row, Table
from ..symbolic import joined
from ..text import N_, _
from .explain import steps_of
from .explain_context import Context, built
from .explain_field import LETTERS as FIELD_LETTERS
from .explain_field import field_steps
from .layer_pages import words_of

MORE_LETTERS = {
    "b": N_("bytes of one number"),
    "batch": N_("samples in the batch"),
}
KEPT = 1_000
"""Different layers whose steps are remembered for those that are equal."""
TOTALS = ("params", "macs", "activations")


def explain(
    table: Table, layer: str | None = None, *, quantities: Sequence[str] = (), flops: bool = False
) -> Derivation:
    """The worked derivation of a computed network; `layer` is the name of a row, or of a block, branch or scope.

    `quantities` leaves all others out. Raises UsageError for a name that there is not.
    """
    return Explainer(table, tuple(quantities), flops).explain(layer)


class Explainer:
    """One network, and what was explained of it so far."""

    def __init__(self, table: Table, quantities: tuple[str, ...], flops: bool) -> None:
        self.table = table
        self.quantities = quantities
        self.flops = flops
        self.context = Context(table)
        self.fields: dict[str, Field | None] = {row.name: row.receptive_field for row in table.rows}
        self.first: dict[Any, str] = {}
        self.told: set[str] = set()
        self.worked_out: dict[Any, list[DerivationStep]] = {}

    def explain(self, name: str | None) -> Derivation:
        table = self.table
        rows = table.rows if name is None else chosen(table, name)
        shown: Sequence[LayerDerivation | Same] = Lazy(lambda: tuple(_joined(self.tell(rows, 0))))
        return Derivation(
            table.name,
            Fleeting(self.worked, rows),
            shown,
            self.totals() if name is None and not self.quantities else (),
            Lazy(
                lambda: letters_of(
                    [step for item in shown if isinstance(item, LayerDerivation) for step in item.steps]
                )
            ),
            tuple(counted(table.batch)),
            title(table),
            table.spec,
        )

    def tell(self, rows: Sequence[Row], depth: int) -> Iterator[LayerDerivation | Same]:
        """Rows one after another, blocks as blocks; what was explained before is only named."""
        for key, group in groupby(rows, lambda row: tuple(row.name.split(".")[: depth + 1])):
            members = list(group)
            path = ".".join(key)
            if [row.name for row in members] == [path]:
                signature: Any = id(members[0].costs)
            else:
                signature = tuple((row.name[len(path) :], id(row.costs)) for row in members)
            if signature in self.first:
                blocks = len(members) > 1
                yield Same((path,), self.first[signature], _size(members[-1].receptive_field), blocks)
                continue
            self.first[signature] = path
            if [row.name for row in members] == [path]:
                yield self.told_once(members[0])
            else:
                yield from self.tell(members, depth + 1)

    def told_once(self, row: Row) -> LayerDerivation:
        """A layer as people read it: a sentence that was said of one before is not said again."""
        found = self.worked(row)
        steps = tuple(step._replace(note=self.once(step.note)) for step in found.steps)
        return found._replace(about=self.once(found.about), steps=steps, remark=self.once(found.remark))

    def once(self, sentence: str | None) -> str:
        """A sentence, if it was not said before."""
        if not sentence or sentence in self.told:
            return ""
        self.told.add(sentence)
        return sentence

    def worked(self, row: Row) -> LayerDerivation:
        """A row in full."""
        table, layer = self.table, built(row)
        scale: dict[str, Any] = {
            "batch": row.batch,
            "itemsize": row.itemsize,
            "notes": self.context.notes(row),
        }
        question = (id(layer), tuple(scale["notes"].items()))
        if question not in self.worked_out:
            if len(self.worked_out) >= KEPT:
                self.worked_out.clear()
            self.worked_out[question] = self.steps(row, scale)
        steps = self.worked_out[question]
        before = tuple(self.field_of(name) for name in row.inputs)
        found, remark = field_steps(layer, before, row.receptive_field)
        if self.quantities and "receptive_field" not in self.quantities:
            found, remark = (), ""
        memory = [step for step in steps if step.section == "memory"]
        others = [step for step in steps if step.section != "memory"]
        shapes = [_written(table.as_shown(shape)) for shape in row.input_shapes]
        return LayerDerivation(
            row.name,
            row.layer,
            brief(table, row),
            " + ".join(shapes),
            _written(table.as_shown(row.output_shape)),
            words_of(type(layer))[0],
            (*others, *_axes_alike(found), *memory),
            remark,
        )

    def steps(self, row: Row, scale: dict[str, Any]) -> list[DerivationStep]:
        layer = built(row)
        if not self.quantities:
            steps = list(steps_of(layer, **scale))
            if self.flops and layer.count("macs"):
                places = [i for i, step in enumerate(steps) if step.key in ("macs", "batch.macs")]
                steps.insert(places[-1] + 1, steps_of(layer, "flops", **scale)[-1])
            return steps
        wanted = [q for q in self.quantities if q != "receptive_field"]
        found = {s.key: s for quantity in wanted for s in steps_of(layer, quantity, **scale)}
        return list(found.values())

    def field_of(self, name: str) -> Field | None:
        """The receptive field of an input or a layer."""
        if name in self.fields:
            return self.fields[name]
        axes = len(self.table.graph.inputs[name]) - 1
        return Field((1,) * axes, (1,) * axes, (0,) * axes, True, name) if axes else None

    def totals(self) -> tuple[Total, ...]:
        """Each total as the sum of its column, blocks folded."""
        lines = fold(self.table.rows, 1)
        found = []
        for key in (*TOTALS, "flops") if self.flops else TOTALS:
            values = [
                (_name(line), line.params.total if key == "params" else getattr(line, key)) for line in lines
            ]
            terms = tuple((name, value) for name, value in values if value != 0)
            found.append(Total(key, terms, sum(value for _name, value in terms)))
        return tuple(found)


def explain_layer(
    layer: Layer, name: str = "", *, batch: int = 1, itemsize: int = 4, notes: Mapping[str, str] = {}
) -> LayerDerivation:
    """A built layer by itself, under a name, in full; without a network around it there is no receptive field."""
    steps = steps_of(layer, batch=batch, itemsize=itemsize, notes=notes)
    word = layers.word_of(type(layer))
    inputs = " + ".join(map(_written, layer.inputs))
    return LayerDerivation(name or word, word, "", inputs, _written(layer.y), words_of(type(layer))[0], steps)


def names(table: Table) -> list[str]:
    """Every layer, block, branch and scope, in the order of the rows."""
    paths = [row.name.split(".") for row in table.rows]
    return list(dict.fromkeys(".".join(path[:i]) for path in paths for i in range(1, len(path) + 1)))


def chosen(table: Table, name: str) -> tuple[Row, ...]:
    """The rows of this name, or within it; UsageError with the nearest name where there are none."""
    rows = tuple(row for row in table.rows if f"{row.name}.".startswith(f"{name}."))
    if rows:
        return rows
    if name in table.graph.inputs:
        raise UsageError(_("{name} is an input: it is given, and nothing is worked out").format(name=name))
    known = names(table)
    near = nearest(name, known) or next((k for k in known if k.endswith(f".{name}")), None)
    message = _("{network} has no layer {name}").format(network=table.name, name=name)
    help = _("its first layers are {names}").format(names=", ".join(known[:8]))
    raise UsageError(message, meant(near) if near else help)


def letters_of(steps: Sequence[DerivationStep]) -> tuple[Letters, ...]:
    """What the letters in these steps stand for, those of receptive fields apart; an axis on a letter is left off."""
    usual: dict[str, str] = {}
    field: dict[str, str] = {}
    for step in steps:
        rule: Any = step.rule
        for letter in rule.letters:
            ours = step.section == "field" and letter.partition("_")[0] in FIELD_LETTERS
            found, known = (field, FIELD_LETTERS) if ours else (usual, {**LETTERS, **MORE_LETTERS})
            head = letter if letter in known else letter.rpartition("_")[0]
            if head in known:
                found[head] = _(known[head])
    usual = {letter: usual[letter] for letter in (*LETTERS, *MORE_LETTERS) if letter in usual}
    if any(step.section == "shape" and "N_1" in step.formula for step in steps):
        usual["N_1, N_2 …"] = _("the size of the first branch, the second and so on")
    field = {letter: field[letter] for letter in FIELD_LETTERS if letter in field}
    if any(step.section == "field" and "_1" in step.formula for step in steps):
        field["R_1, J_1, P_1 …"] = _("the same of the first path, the second and so on")
    groups = ((_("letters"), usual), (_("letters of receptive fields"), field))
    return tuple(Letters(heading, tuple(found.items())) for heading, found in groups if found)


def _axes_alike(steps: Iterable[DerivationStep]) -> Iterator[DerivationStep]:
    """Steps of another axis with the same numbers are marked so."""
    seen: dict[tuple[str, str, str], str] = {}
    for step in steps:
        question = (step.key.rpartition(".")[0], step.formula, step.substituted)
        first = seen.setdefault(question, step.key)
        yield step if first == step.key else step._replace(like=first)


def _joined(items: Iterable[LayerDerivation | Same]) -> Iterator[LayerDerivation | Same]:
    """Neighbours that are the same as one thing are named together."""
    for _kind, group in groupby(
        items, lambda item: (item.like, item.blocks) if isinstance(item, Same) else id(item)
    ):
        members = list(group)
        last = members[-1]
        if isinstance(last, Same):
            yield last._replace(
                names=tuple(name for item in members if isinstance(item, Same) for name in item.names)
            )
        else:
            yield last


def _name(line: Any) -> str:
    return line.name if line.repeats == 1 else f"{line.name} ×{line.repeats}"


def _size(field: Field | None) -> str:
    return joined(field.size) if field else ""


def _written(shape: Sequence[Any]) -> str:
    return joined(shape)
