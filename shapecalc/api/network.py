"""A network as a Python object: its numbers, its layers by name, and the same network at other sizes.

Pitfall: a size may be a letter, and then the numbers are closed forms, which print themselves and take numbers by
`.at(H=224)`; `at` of the network computes anew instead, so conditions are checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from os import PathLike
from typing import Any

from ..engine.options import as_written
from ..errors import Source, UsageError, suggest, there_are
from ..layers._base import spatial
from ..report.table import DTYPES, Field, Params, Row, Table, Totals, View
from ..spec import Plan
from ..symbolic import joined
from ..text import _
from . import MAX_BATCH, Answer, Selection, compute, read, whole
from .shown import Explanation, html

Size = Any
"""An int, or a closed form where letters are carried."""


def load(
    spec: str | PathLike[str],
    *,
    input: str | Sequence[int] | Mapping[str, Any] | None = None,
    symbolic: str | Sequence[str] = (),
    batch: int | str = 1,
    layout: str | None = None,
    dtype: str = "fp32",
    settings: Mapping[str, Any] | None = None,
    **parameters: Any,
) -> Network:
    """A network from a built-in name, a file, or the text of a spec (several lines).

    `parameters` (or `settings`, for a name that Python cannot write) change the spec's own: `load("resnet50", conv4=23)`,
    or one option by its dotted path: `load("lenet5", settings={"conv1.filters": 12})`.
    `symbolic` names parameters or axes of the input that stay letters. Raises SpecError with every mistake at once, or
    UsageError where there is no such spec.
    """
    return Network(
        plan_of(spec), selected(input, symbolic, batch, layout, dtype, {**(settings or {}), **parameters})
    )


def plan_of(spec: str | PathLike[str]) -> Plan:
    """The plan of a built-in name, a file, or a spec's text. Raises SpecError or UsageError."""
    text = str(spec)
    if "\n" not in text:
        return read(text)
    from .. import catalogue
    from ..spec import load as load_plan

    return whole(load_plan(Source("<text>", text), catalogue.base, tolerant=True))


def selected(
    input: str | Sequence[int] | Mapping[str, Any] | None,
    symbolic: str | Sequence[str],
    batch: int | str,
    layout: str | None,
    dtype: str,
    parameters: Mapping[str, Any],
) -> Selection:
    """The selection that Python values mean."""
    if not is_batch(batch):
        message = _("a batch is a whole number from 1 to {most}, or a letter, not {text}")
        raise UsageError(message.format(most=f"{MAX_BATCH:,}", text=batch))
    if layout not in (None, "HWC", "CHW"):
        raise _no_such(_("there is no layout {name}"), layout, ("HWC", "CHW"))
    if dtype not in DTYPES:
        raise _no_such(_("there is no dtype {name}"), dtype, tuple(DTYPES))
    given = input if isinstance(input, Mapping) else {} if input is None else {"input": input}
    names = symbolic.replace(",", " ").split() if isinstance(symbolic, str) else symbolic
    changed = {name: _text(value) for name, value in parameters.items()}
    inputs = {name: _text(shape) for name, shape in given.items()}
    return Selection(changed, inputs, batch, layout, dtype, tuple(names))


def is_batch(batch: object) -> bool:
    """Whether it is a number of samples, or a letter for it."""
    if isinstance(batch, str):
        return bool(re.fullmatch(r"[A-Z][0-9]*", batch))
    return isinstance(batch, int) and not isinstance(batch, bool) and 1 <= batch <= MAX_BATCH


def _no_such(message: str, name: str, known: Sequence[str]) -> UsageError:
    return UsageError(message.format(name=name), there_are(known, ", "))


def _text(value: Any) -> str:
    """A value as a spec writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(map(_text, value)) + "]"
    return str(value)


class Network:
    """A computed network. Shapes are in the spec's layout, without the batch; counts are plain integers."""

    def __init__(self, plan: Plan, selection: Selection = Selection()) -> None:
        self.plan = plan
        self.selection = selection
        self.answer: Answer = compute(plan, selection)
        self.table: Table = self.answer.table

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def totals(self) -> Totals:
        """Every total, each the sum of its column."""
        return self.table.totals()

    @property
    def params(self) -> Size:
        """Learned numbers: weights and biases."""
        return self.totals.params.total

    @property
    def macs(self) -> Size:
        """Multiply-accumulates of the whole batch."""
        return self.totals.macs

    @property
    def flops(self) -> Size:
        """2 × macs."""
        return self.totals.flops

    @property
    def activations(self) -> Size:
        """Numbers in all layers' outputs."""
        return self.totals.activations

    @property
    def peak_activation_bytes(self) -> Size:
        """The most bytes alive at once in a forward pass."""
        return self.totals.peak_activation_bytes

    @property
    def inputs(self) -> dict[str, tuple[Size, ...]]:
        """Shapes of the inputs by name."""
        return {name: self.table.as_shown(shape) for name, shape in self.table.graph.inputs.items()}

    @property
    def output(self) -> tuple[Size, ...]:
        """The shape of the last output."""
        return self.table.as_shown(self.table.output_shape)

    @property
    def outputs(self) -> dict[str, tuple[Size, ...]]:
        """Shapes of the outputs by name."""
        return {name: self.table.as_shown(self.table.shape_of(name)) for name in self.table.graph.outputs}

    @property
    def conditions(self) -> tuple[str, ...]:
        """What the closed forms need, in the expression grammar; empty for numbers."""
        return self.table.conditions

    def rows(self) -> tuple[LayerView, ...]:
        """The layers in order, blocks written out."""
        return self._rows

    @cached_property
    def _rows(self) -> tuple[LayerView, ...]:
        return tuple(LayerView(self, (row,), row.name) for row in self.table.rows)

    def __getitem__(self, name: str) -> LayerView:
        """A layer by its dotted path, or a block, branch or seq with all that is in it. Raises KeyError."""
        name = str(name)
        rows = tuple(r for r in self.table.rows if r.name == name or r.name.startswith(name + "."))
        if not rows:
            known = [row.name for row in self.table.rows]
            parts = [n.split(".") for n in known]
            paths = dict.fromkeys(".".join(part[:end]) for part in parts for end in range(1, len(part) + 1))
            message, help = _("no layer is called {name}").format(name=name), suggest(name, paths, None)
            raise KeyError(f"{message}; {help}" if help else message)
        own = tuple(r for r in rows if r.name == name)
        return LayerView(self, own or rows, name)

    def __iter__(self) -> Any:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, name: object) -> bool:
        """Whether a layer, block or branch is called so."""
        return any(r.name == name or r.name.startswith(f"{name}.") for r in self.table.rows)

    def at(self, **sizes: Any) -> Network:
        """The same network with other parameters or options, letters bound, or axes of its input: `at(H=224, W=224)`.

        Raises SpecError where the sizes do not fit, UsageError for a name that means nothing here.
        """
        names = {*self.plan.params, *self.plan.symbols}
        settings = {n: _text(v) for n, v in sizes.items() if n in names or "." in n}
        axes = {n: v for n, v in sizes.items() if n not in settings}
        chosen = self.selection
        if axes:
            chosen = chosen._replace(inputs={**chosen.inputs, **self._input(axes)})
        symbolic = tuple(n for n in chosen.symbolic if n not in sizes)
        chosen = chosen._replace(settings={**chosen.settings, **settings}, symbolic=symbolic)
        return Network(self.plan, chosen)

    def _input(self, axes: Mapping[str, Any]) -> dict[str, str]:
        """The input shape with some axes changed; H alone moves an equal W, too."""
        graph = self.table.graph
        if len(graph.inputs) > 1:
            raise UsageError(_("the network has several inputs; give them with load"))
        ((name, shape),) = graph.inputs.items()
        letters = spatial(len(shape)) + "C"
        unknown = [n for n in axes if n not in letters]
        if unknown:
            known = ", ".join([*self.plan.params, *self.plan.symbols, *letters])
            message = _("{base} has no parameter and no axis {name}")
            raise UsageError(
                message.format(base=self.name, name=unknown[0]), _("there are {names}").format(names=known)
            )
        sizes = [axes.get(letter, size) for letter, size in zip(letters, shape)]
        if letters[:2] == "HW" and shape[0] == shape[1] and len({"H", "W"} & axes.keys()) == 1:
            sizes[:2] = [axes.get("H", axes.get("W"))] * 2
        return {name: _text([getattr(n, "text", n) for n in as_written(tuple(sizes), self.plan.layout)])}

    def data(self) -> Mapping[str, Any]:
        """The document of `shapecalc table --format json`, as plain data."""
        return self.table.data()

    def explain(self, *quantities: str) -> Explanation:
        """Every number of every layer, step by step, or those named; prints as text."""
        return self.answer.explain(quantities=quantities)

    def show(self, format: str = "plain", **view: Any) -> str:
        """The table as text: plain, markdown, latex, html, csv, json; `view` as in report.table.View.

        `columns` are JSON paths and groups such as `params`, in a list or separated by commas. Raises UsageError.
        """
        from ..render import FORMATS, render

        if format not in FORMATS:
            raise _no_such(_("there is no format {name}"), format, FORMATS)
        if columns := view.get("columns"):
            from ..report.columns import choose

            view["columns"] = choose(columns if isinstance(columns, str) else ",".join(columns))
        table = compute(self.plan, self.selection, View(**view)).table if view else self.table
        return render([table], format)

    def __str__(self) -> str:
        return self.show()

    def __repr__(self) -> str:
        return f"<Network {self.name}: params {self.params}, MACs {self.macs}, output {joined(self.output)}>"

    def _repr_html_(self) -> str:
        return html(self.table)

    def _repr_latex_(self) -> str:
        return self.show("latex")


class LayerView:
    """One layer of a network, or all layers of a block as one."""

    def __init__(self, network: Network, rows: tuple[Row, ...], name: str) -> None:
        self.network = network
        self.name = name
        self._rows = rows

    def rows(self) -> tuple[LayerView, ...]:
        """The layers in it, one by one."""
        return tuple(LayerView(self.network, (row,), row.name) for row in self._rows)

    @property
    def layer(self) -> str:
        """The layer's word; empty for a block."""
        return self._rows[0].layer if len(self._rows) == 1 else ""

    @property
    def options(self) -> Mapping[str, Any]:
        """The options with words such as `same` worked out; empty for a block."""
        return self._rows[0].options if len(self._rows) == 1 else {}

    @property
    def inputs(self) -> tuple[tuple[Size, ...], ...]:
        """The shapes that go in."""
        return tuple(map(self.network.table.as_shown, self._rows[0].input_shapes))

    @property
    def output(self) -> tuple[Size, ...]:
        """The shape that comes out."""
        return self.network.table.as_shown(self._rows[-1].output_shape)

    @property
    def parts(self) -> Params:
        """weights, biases, total, trainable and buffers."""
        return Params(*map(sum, zip(*(row.params for row in self._rows))))

    @property
    def params(self) -> Size:
        """Learned numbers."""
        return self.parts.total

    @property
    def macs(self) -> Size:
        """Multiply-accumulates of the whole batch."""
        return sum(row.macs for row in self._rows)

    @property
    def activations(self) -> Size:
        """Numbers in the outputs."""
        return sum(row.activations for row in self._rows)

    @property
    def ops(self) -> Mapping[str, Size]:
        """Scalar operations by kind."""
        from ..report.table import add_up

        return add_up(row.ops for row in self._rows)

    @property
    def receptive_field(self) -> Field | None:
        """Size, stride and padding, one number an axis; None where it sees everything."""
        return self._rows[-1].receptive_field

    def explain(self, *quantities: str) -> Explanation:
        """Every number of it, step by step, or those named; prints as text."""
        return self.network.answer.explain(self.name, quantities)

    def __repr__(self) -> str:
        shape = joined(self.output)
        return (
            f"<{self.name}: {self.layer or 'block'}, output {shape}, params {self.params}, MACs {self.macs}>"
        )
