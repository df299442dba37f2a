"""The shown work of every number: the formula, the numbers put in, the result, and a sentence where students stumble.

Pitfall: a step holds the very formula that ran, so what is printed cannot drift; only `formula` and `substituted` are text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from ..record import Record
from ..text import _, labelled
from . import quantities
from .grid import Column, Grid

if TYPE_CHECKING:
    from typing import Protocol

    class Rule(Protocol):
        """A formula: its text in general, or with numbers put in, plain or as LaTeX."""

        def show(self, letters: Mapping[str, Any] | None = None, latex: bool = False) -> str: ...


class DerivationStep(Record):
    """One number: `key` says which (`output.H`, `ops.add`), `section` where it belongs.

    `like` is the key of an earlier step that has the same formula and numbers along another axis.
    """

    key: str
    rule: Rule
    letters: Mapping[str, Any]
    value: Any
    section: str = ""
    note: str | None = None
    like: str | None = None

    @property
    def quantity(self) -> str:
        """What it is called in English, as JSON has it."""
        return quantities.quantity(self.key, quantities.english)

    @property
    def label(self) -> str:
        """What it is called in the user's language, with the letter it goes by."""
        return quantities.quantity(self.key, letters=True)

    @property
    def formula(self) -> str:
        """The general formula: ⌊(N + 2·P − F) / S⌋ + 1."""
        return self.rule.show()

    @property
    def substituted(self) -> str:
        """The formula with the numbers put in: ⌊(227 + 2·0 − 11) / 4⌋ + 1."""
        return self.rule.show(self.letters)

    def chain(self, value: str | None = None, latex: bool = False) -> list[str]:
        """What stands between the equals signs: formula, numbers, and the value unless the numbers are it already."""
        parts = [self.rule.show(latex=latex), self.rule.show(self.letters, latex)]
        last = str(self.value)
        kept = [part for part in dict.fromkeys(parts) if part != last]
        return [*kept, last if value is None else value]

    def line(self) -> str:
        """All of it on one line, without the note."""
        return labelled(self.label, " = ".join(self.chain()))

    def data(self) -> Mapping[str, Any]:
        """The step as JSON has it."""
        return {
            "quantity": self.quantity,
            "formula": self.formula,
            "substituted": self.substituted,
            "value": self.value,
            "note": self.note,
        }


class LayerDerivation(Record):
    """One layer: its steps in order, and what it is in a few words; shapes are text in the layout that is shown.

    `remark` is said of the receptive field where there is none.
    """

    name: str
    layer: str
    brief: str = ""
    inputs: str = ""
    output: str = ""
    about: str = ""
    steps: tuple[DerivationStep, ...] = ()
    remark: str = ""

    def text(self) -> list[str]:
        """The steps in plain sentences, a line each, every note on the line after its number."""
        return [line for step in self.steps for line in (step.line(), step.note) if line]

    @property
    def heading(self) -> str:
        """`conv1   conv 96, f=11, s=4   227×227×3 → 55×55×96`."""
        shapes = f"{self.inputs} → {self.output}" if self.inputs else self.output
        return "   ".join(part for part in (self.name, self.brief or self.layer, shapes) if part)


class Same(Record):
    """Layers that were explained before under another name: `names` are equal to `like`; `field` is said of the last."""

    names: tuple[str, ...]
    like: str
    field: str = ""
    blocks: bool = False

    def sentence(self) -> str:
        """What is to be said of them."""
        texts = (
            _("{names}: the same as {like}."),
            _("{names}: the same as {like}; its receptive field is {field}."),
            _("{names}: the same as {like}; the receptive field of {last} is {field}."),
        )
        if self.blocks:
            texts = (
                _("{names}: layer by layer the same as {like}."),
                _("{names}: layer by layer the same as {like}; at its end the receptive field is {field}."),
                _(
                    "{names}: layer by layer the same as {like}; at the end of {last} the receptive field is {field}."
                ),
            )
        text = texts[0] if not self.field else texts[1] if len(self.names) == 1 else texts[2]
        return text.format(names=", ".join(self.names), like=self.like, last=self.names[-1], field=self.field)


class Letters(Record):
    """What letters stand for: pairs of a letter and its meaning under a heading."""

    heading: str
    meanings: tuple[tuple[str, str], ...]


class Total(Record):
    """A total as the sum of its column: `terms` are rows or folds by name, those that add nothing left out."""

    key: str
    terms: tuple[tuple[str, Any], ...]
    value: Any

    @property
    def label(self) -> str:
        return quantities.quantity(self.key)

    def data(self) -> Mapping[str, Any]:
        """The sum as JSON has it, a step like any other."""
        name = quantities.quantity(self.key, quantities.english)
        numbers = " + ".join(str(value) for _name, value in self.terms)
        named = " + ".join(name for name, _value in self.terms)
        total = {"formula": named or "0", "substituted": numbers or "0", "value": self.value, "note": None}
        return {"quantity": name, **total}


COLUMNS = ("layer", "quantity", "formula", "substituted", "value", "note")


class Derivation(Record):
    """The answer of `explain`: `layers` has every layer in full, `shown` what people read, where nothing is said twice."""

    form: ClassVar[str] = "worked"
    """It is set step by step, not as a table."""

    name: str
    layers: Sequence[LayerDerivation]
    shown: Sequence[LayerDerivation | Same]
    totals: tuple[Total, ...] = ()
    letters: Sequence[Letters] = ()
    notes: tuple[str, ...] = ()
    title: str = ""
    spec: str = ""

    def data(self) -> Mapping[str, Any]:
        return {key: list(v) if isinstance(v, Iterator) else v for key, v in self.stream().items()}

    def stream(self) -> Mapping[str, Any]:
        """The JSON document, with the layers one by one: of a hundred thousand, never all at once."""
        layers = (
            {"layer": layer.name, "steps": [step.data() for step in layer.steps]} for layer in self.layers
        )
        known: dict[str, Any] = {"name": self.name, "layers": layers}
        if self.totals:
            known["totals"] = [total.data() for total in self.totals]
        return known

    def records(self) -> list[Mapping[str, Any]]:
        """A step each."""
        return list(self.each())

    def each(self) -> Iterator[Mapping[str, Any]]:
        """The records, one by one."""
        first = {"spec": self.spec or self.name}
        return (
            {**first, "layer": layer.name, **step.data()} for layer in self.layers for step in layer.steps
        )

    def grid(self) -> Grid:
        """A row a step: for csv and for whoever wants a plain rectangle."""
        labels = (_("layer"), _("quantity"), _("formula"), _("numbers put in"), _("value"), _("note"))
        kinds = ("text", "text", "formula", "formula", "count", "text")
        columns = tuple(map(Column, COLUMNS, labels, kinds))
        records = self.records()
        rows = tuple(tuple("" if r[key] is None else r[key] for key in COLUMNS) for r in records)
        return Grid(self.title or self.name, columns, rows, None, self.notes)
