"""A computed network to be asked for single numbers: `net("vgg16").shape("stage1")`, `net("vgg16").total.macs`."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from shapecalc import catalogue
from shapecalc.api import Selection, compute, read
from shapecalc.errors import Diagnostic, Source, SpecError
from shapecalc.report.table import Row, Table, Totals
from shapecalc.spec import load

DATA = Path(__file__).parents[1] / "data"
SPECS = Path(__file__).parent / "specs"
"""Networks of the reference that are not built in, written down to be compared."""
WRITTEN_HERE = frozenset(path.stem for path in SPECS.glob("*.yaml"))
WEIGHTED = ("conv", "depthwise", "convtranspose", "fc", "linear")


class Net:
    """The table of one network. A name is a row's, or a block's and then its last row's."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.byname = {row.name: row for row in table.rows}

    def __getitem__(self, name: str) -> Row:
        return self.byname.get(name) or self.under(name)[-1]

    def under(self, name: str) -> list[Row]:
        """The rows of a block or branch."""
        found = [row for row in self.table.rows if row.name == name or row.name.startswith(name + ".")]
        assert found, name
        return found

    def rows(self, *words: str) -> list[Row]:
        """The rows whose layer is one of these words."""
        return [row for row in self.table.rows if row.layer in words]

    def shape(self, name: str) -> tuple[int, ...]:
        """H, W, C of a row's output, or of an input."""
        inputs = self.table.graph.inputs
        return inputs[name] if name in inputs else self[name].output_shape

    @property
    def total(self) -> Totals:
        return self.table.totals()


def net(spec: str, image: str = "", **settings: str) -> Net:
    """A built-in network, one of `specs/`, or a spec's text; `image` is another input, `settings` are parameters."""
    return _net(spec, image, tuple(sorted(settings.items())))


@cache
def _net(spec: str, image: str, settings: tuple[tuple[str, str], ...]) -> Net:
    if "\n" in spec:
        plan = load(Source("test.yaml", spec), catalogue.base)
    else:
        plan = read(str(SPECS / f"{spec}.yaml") if spec in WRITTEN_HERE else spec)
    return Net(compute(plan, Selection(dict(settings), {"input": image} if image else {})).table)


def params(name: str) -> int:
    """All learned numbers of a built-in network."""
    return net(name).total.params.total


def deep(name: str) -> int:
    """Layers with weights in a built-in network."""
    return net(name).total.weight_layers


def across(row: Row) -> tuple[int, int]:
    """How wide a row's input and output are."""
    return row.input_shapes[0][1], row.output_shape[1]


def refused(spec: str) -> Diagnostic:
    """The one thing that is wrong with a spec's text."""
    try:
        net(spec)
    except SpecError as error:
        (found,) = error.diagnostics
        return found
    raise AssertionError(f"this should be refused:\n{spec}")


def arrived(waiting: Mapping[str, str]) -> list[str]:
    """Cases (case → name of a network) that wait for a network which is built in by now, and should be compared."""
    return sorted(case for case, name in waiting.items() if name in catalogue.names())


@cache
def table(path: str) -> Sequence[Mapping[str, str]]:
    """The rows of a copied CSV file."""
    with (DATA / path).open(newline="", encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@cache
def document(path: str) -> Any:
    """A copied YAML file."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((DATA / path).read_text(encoding="utf-8"), loader)  # noqa: S506  (it is a safe loader)


def sizes(text: str) -> tuple[int, ...]:
    """3x224x224 as numbers."""
    return tuple(map(int, text.split("x")))


def channels_last(shape: Sequence[int]) -> tuple[int, ...]:
    """C, H, W as H, W, C."""
    return (*shape[1:], shape[0])
