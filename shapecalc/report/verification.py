"""What was predicted beside what was measured, layer by layer.

Pitfall: a layer that could not be run is neither right nor wrong, and neither is a total that it belongs to: `ok` is null,
and the reason is said in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..record import Record
from ..text import _, ngettext, run_on
from .grid import Column, Grid


class Compared(Record):
    """One quantity: the formula's value and the run's; `work` is the formula, where it lost.

    What cannot be measured says why in `unverified`.
    """

    quantity: str
    predicted: Any
    measured: Any
    work: str = ""
    unverified: str = ""

    @property
    def ok(self) -> bool | None:
        return None if self.unverified else bool(self.predicted == self.measured)

    def data(self) -> Mapping[str, Any]:
        known = {"predicted": _plain(self.predicted), "measured": _plain(self.measured), "ok": self.ok}
        return {**known, "unverified": self.unverified} if self.unverified else known


class LayerCheck(Record):
    """One layer: everything compared, or why it could not be; `parts` are those of a layer made of others, run whole."""

    name: str
    layer: str
    compared: Mapping[str, Compared]
    ops: Mapping[str, Compared]
    field: Compared | None
    seconds: float
    unverified: str | None = None
    parts: tuple[str, ...] = ()

    @property
    def ok(self) -> bool | None:
        """A receptive field that there is not is no fault of a layer of which all else agrees."""
        if self.unverified is not None:
            return None
        return all(c.ok is not False for c in self.all())

    def all(self) -> list[Compared]:
        return [*self.compared.values(), *self.ops.values(), *([self.field] if self.field else [])]

    def data(self) -> Mapping[str, Any]:
        known: dict[str, Any] = {"name": self.name, "layer": self.layer, "ok": self.ok}
        if self.parts:
            known["parts"] = list(self.parts)
        if self.unverified is not None:
            known["unverified"] = self.unverified
        known |= {quantity: c.data() for quantity, c in self.compared.items()}
        known["ops"] = {kind: c.data() for kind, c in self.ops.items()}
        known["receptive_field"] = self.field.data() if self.field else None
        return {**known, "seconds": round(self.seconds, 6)}


MARKS = {"signs": {True: "✓", False: "✗", None: "?"}, "words": {True: "ok", False: "WRONG", None: "?"}}
"""Marks of what agrees, of what does not, and of what could not be run; words where an encoding lacks the signs."""


class Verification(Record):
    """The answer of `verify` for one network; `marks` says what a layer that agrees is marked with, see MARKS.

    `composites` are the layers made of others: their parts by formula, and what running each in one piece showed.
    """

    name: str
    layers: tuple[LayerCheck, ...]
    totals: Mapping[str, Compared]
    seed: int
    batch: int
    seconds: float
    spec: str = ""
    marks: str = "signs"
    composites: tuple[LayerCheck, ...] = ()

    @property
    def ok(self) -> bool | None:
        """True only where every layer was run and agrees, None where none disagrees and some could not be run."""
        found = {check.ok for check in (*self.layers, *self.composites)}
        return False if False in found else None if None in found else True

    def unusual(self) -> list[LayerCheck]:
        """The layers made of others that do not agree with their parts, or could not be run."""
        return [check for check in self.composites if check.ok is not True]

    def data(self) -> Mapping[str, Any]:
        totals = {quantity: c.data() for quantity, c in self.totals.items()}
        return {
            "name": self.name,
            "ok": self.ok,
            "batch": self.batch,
            "seed": self.seed,
            "layers": [layer.data() for layer in self.layers],
            "composites": [check.data() for check in self.composites],
            "totals": totals,
        }

    def records(self) -> list[Mapping[str, Any]]:
        found = (*self.layers, *self.unusual())
        return [{"spec": self.spec or self.name, **layer.data()} for layer in found]

    def grid(self) -> Grid:
        columns = (Column("ok", ""), Column("name", _("name")), Column("layer", _("layer")), Column("shape.measured", _("output"), "shape"),
                   Column("params.measured", _("params"), "count"), Column("ops", _("operations"), "count"),
                   Column("macs_on_data.measured", _("MACs on data"), "count"), Column("seconds", _("seconds"), "seconds"))  # fmt: skip
        rows = tuple(self._row(layer) for layer in (*self.layers, *self.unusual()))
        total = (
            self._mark(self.ok),
            _("total"),
            "",
            "",
            *(self.totals[q].measured for q in ("params", "ops", "macs_on_data")),
            self.seconds,
        )
        return Grid(
            _("{name}: run in NumPy and counted").format(name=self.name),
            columns,
            rows,
            total,
            tuple(self.sentences()),
        )

    def _row(self, layer: LayerCheck) -> tuple[Any, ...]:
        def measured(quantity: str) -> Any:
            return layer.compared[quantity].measured if quantity in layer.compared else None

        ops = sum(c.measured for c in layer.ops.values()) if layer.unverified is None else None
        return (
            self._mark(layer.ok),
            layer.name,
            layer.layer,
            measured("shape"),
            measured("params"),
            ops,
            measured("macs_on_data"),
            layer.seconds,
        )

    def _mark(self, ok: bool | None) -> str | bool | None:
        return ok if self.marks == "data" else MARKS[self.marks][ok]

    def sentences(self) -> list[str]:
        """What agrees, and every disagreement with both values and the formula that lost."""
        agree = sum(layer.ok is True for layer in self.layers)
        line = ngettext("{n} of {all} layer agrees", "{n} of {all} layers agree", len(self.layers)).format(
            n=agree, all=len(self.layers)
        )
        what = _(": shape, parameters, buffers, connections, every kind of operation, and the products that touch real input.")  # fmt: skip
        found = [line + what, *self._of_composites()]
        fields = sum(layer.field is not None and layer.field.ok is True for layer in self.layers)
        if fields:
            more = ngettext("{n} receptive field, too.", "{n} receptive fields, too.", fields)
            found[0] = run_on((found[0], more.format(n=fields)))
        return found + [line for check in (*self.layers, *self.composites) for line in _doubts(check)]

    def _of_composites(self) -> list[str]:
        """How many of the layers that are written out agree with themselves in one piece."""
        if not self.composites:
            return []
        line = ngettext(
            "{n} of {all} layer made of others ({words}), run in one piece with weights of its own, agrees with its parts in all but values.",
            "{n} of {all} layers made of others ({words}), run in one piece with weights of their own, agree with their parts in all but values.",
            len(self.composites),
        )  # fmt: skip
        words = ", ".join(sorted({check.layer for check in self.composites}))
        agree = sum(check.ok is True for check in self.composites)
        return [line.format(n=agree, all=len(self.composites), words=words)]


def _doubts(check: LayerCheck) -> list[str]:
    """What of one layer could not be verified, and every disagreement with both values."""
    text = _("{layer}: {quantity} is {predicted}{work} by formula, and {measured} when run")
    if check.parts:
        text = _("{layer}: {quantity} is {predicted}{work} in its parts, and {measured} in one piece")
    found = []
    if check.unverified is not None:
        found.append(_("{layer}: unverified, {reason}").format(layer=check.name, reason=check.unverified))
    for c in check.all():
        if c.unverified:
            said = _("{layer}: receptive field unverified, {reason}")
            found.append(said.format(layer=check.name, reason=c.unverified))
        elif not c.ok:
            work = f" ({c.work})" if c.work else ""
            predicted, measured = _written(c.predicted), _written(c.measured)
            named = {
                "layer": check.name,
                "quantity": c.quantity,
                "predicted": predicted,
                "measured": measured,
            }
            found.append(text.format(work=work, **named))
    return found


def _written(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_written(item)}" for name, item in value.items())
    if isinstance(value, tuple):
        return "×".join("?" if item is None else str(item) for item in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{value:,}" if isinstance(value, int) else _("unknown") if value is None else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    return list(value) if isinstance(value, tuple) else value
