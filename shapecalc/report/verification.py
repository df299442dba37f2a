"""What was predicted beside what was measured, layer by layer.

Pitfall: a layer that could not be run is neither right nor wrong: its `ok` is null, and the reason is said in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..record import Record
from ..text import _, ngettext
from .grid import Column, Grid


class Compared(Record):
    """One quantity: the formula's value and the run's; `work` is the formula, where it lost."""

    quantity: str
    predicted: Any
    measured: Any
    work: str = ""

    @property
    def ok(self) -> bool:
        return bool(self.predicted == self.measured)

    def data(self) -> Mapping[str, Any]:
        return {"predicted": _plain(self.predicted), "measured": _plain(self.measured), "ok": self.ok}


class LayerCheck(Record):
    """One layer: everything compared, or why it could not be."""

    name: str
    layer: str
    compared: Mapping[str, Compared]
    ops: Mapping[str, Compared]
    field: Compared | None
    seconds: float
    unverified: str | None = None

    @property
    def ok(self) -> bool | None:
        if self.unverified is not None:
            return None
        return all(c.ok for c in self.all())

    def all(self) -> list[Compared]:
        return [*self.compared.values(), *self.ops.values(), *([self.field] if self.field else [])]

    def data(self) -> Mapping[str, Any]:
        known: dict[str, Any] = {"name": self.name, "layer": self.layer, "ok": self.ok}
        if self.unverified is not None:
            known["unverified"] = self.unverified
        known |= {quantity: c.data() for quantity, c in self.compared.items()}
        known["ops"] = {kind: c.data() for kind, c in self.ops.items()}
        known["receptive_field"] = self.field.data() if self.field else None
        return {**known, "seconds": round(self.seconds, 6)}


MARKS = {"signs": {True: "✓", False: "✗", None: "?"}, "words": {True: "ok", False: "WRONG", None: "?"}}
"""Marks of what agrees, of what does not, and of what could not be run; words where an encoding lacks the signs."""


class Verification(Record):
    """The answer of `verify` for one network; `marks` says what a layer that agrees is marked with, see MARKS."""

    name: str
    layers: tuple[LayerCheck, ...]
    totals: Mapping[str, Compared]
    seed: int
    batch: int
    seconds: float
    spec: str = ""
    marks: str = "signs"

    @property
    def ok(self) -> bool:
        """True only where every layer was run and agrees."""
        return all(layer.ok for layer in self.layers)

    def data(self) -> Mapping[str, Any]:
        totals = {quantity: c.data() for quantity, c in self.totals.items()}
        return {
            "name": self.name,
            "ok": self.ok,
            "batch": self.batch,
            "seed": self.seed,
            "layers": [layer.data() for layer in self.layers],
            "totals": totals,
        }

    def records(self) -> list[Mapping[str, Any]]:
        return [{"spec": self.spec or self.name, **layer.data()} for layer in self.layers]

    def grid(self) -> Grid:
        columns = (Column("ok", ""), Column("name", _("name")), Column("layer", _("layer")), Column("shape.measured", _("output"), "shape"),
                   Column("params.measured", _("params"), "count"), Column("ops", _("operations"), "count"),
                   Column("macs_on_data.measured", _("MACs on data"), "count"), Column("seconds", _("seconds"), "seconds"))  # fmt: skip
        rows = tuple(self._row(layer) for layer in self.layers)
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
        what = _(
            ": shape, parameters, buffers, every kind of operation, and the products that touch real input."
        )
        fields = sum(layer.field is not None and layer.field.ok for layer in self.layers)
        found = [line + what]
        if fields:
            more = ngettext("{n} receptive field, too.", "{n} receptive fields, too.", fields)
            found[0] += " " + more.format(n=fields)
        for layer in self.layers:
            if layer.unverified is not None:
                found.append(
                    _("{layer}: unverified, {reason}").format(layer=layer.name, reason=layer.unverified)
                )
            for c in layer.all():
                if not c.ok:
                    work = f" ({c.work})" if c.work else ""
                    found.append(_("{layer}: {quantity} is {predicted}{work} by formula, and {measured} when run").format(
                        layer=layer.name, quantity=c.quantity, predicted=_written(c.predicted), work=work, measured=_written(c.measured)))  # fmt: skip
        return found


def _written(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_written(item)}" for name, item in value.items())
    if isinstance(value, tuple):
        return "×".join("?" if item is None else str(item) for item in value)
    return f"{value:,}" if isinstance(value, int) else _("unknown") if value is None else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    return list(value) if isinstance(value, tuple) else value
