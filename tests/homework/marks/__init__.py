"""Keys and sheets for tests of marking, with a reader of the plainest spellings: how cells are read is tested elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from textwrap import dedent, indent
from typing import Any

from shapecalc.api import whole
from shapecalc.engine import bind
from shapecalc.errors import Source
from shapecalc.homework.answers import AnswerRow, HandIn, Reading
from shapecalc.homework.key import Key, make_key, plain
from shapecalc.homework.marking import Marker, Rules
from shapecalc.quantities import COLUMNS
from shapecalc.record import Record
from shapecalc.report.grades import Cell, Sheet
from shapecalc.spec import load

LENET = """
    name: seed-lenet6
    input: 32x32x3
    layers:
      - conv: {filters: 6, kernel: 5, name: CONV1}
      - maxpool: {kernel: 2, name: POOL1}
      - conv: {filters: 16, kernel: 5, name: CONV2}
      - maxpool: {kernel: 2, name: POOL2}
      - fc: {units: 120, name: FC3}
      - fc: {units: 84, name: FC4}
      - fc: {units: 10, name: OUT}
"""
ALEXNET = """
    name: seed-alexnet
    input: 227x227x3
    layers:
      - conv: {filters: 96, kernel: 11, stride: 4, name: CONV1}
      - maxpool: {kernel: 3, stride: 2, name: POOL1}
      - conv: {filters: 256, kernel: 5, padding: 2, name: CONV2}
      - maxpool: {kernel: 3, stride: 2, name: POOL2}
      - conv: {filters: 384, kernel: 3, padding: 1, name: CONV3}
      - conv: {filters: 384, kernel: 3, padding: 1, name: CONV4}
      - conv: {filters: 256, kernel: 3, padding: 1, name: CONV5}
      - maxpool: {kernel: 3, stride: 2, name: POOL3}
      - flatten: {name: FLATTEN}
      - fc: {units: 4096, name: FC6}
      - fc: {units: 4096, name: FC7}
      - fc: {units: 1000, name: FC8}
"""
_UNITS = {"k": 10**3, "M": 10**6, "万": 10**4, "亿": 10**8}


def key(text: str, grading: str = "") -> Key:
    """The key of a spec, `grading` being the lines below that word."""
    text = dedent(text) + (f"grading:\n{indent(dedent(grading), '  ')}" if grading else "")
    plan = whole(load(Source("key.yaml", text)))
    return make_key(bind(plan).graph, plan.grading)


def read(text: str, column: str) -> Reading:
    """Digits, 2x3, 450+6, 4.8万; anything else cannot be read."""
    plain_text = text.strip()
    if plain_text == "-":
        return Reading(text, "blank")
    if column in ("output_shape", "receptive_field") and re.fullmatch(r"\d+(x\d+)*", plain_text):
        sizes = tuple(map(int, plain_text.split("x")))
        return Reading(text, "read", sizes[0] if column != "output_shape" and len(sizes) == 1 else sizes)
    if re.fullmatch(r"\d+(\+\d+)*", plain_text):
        terms = [int(n) for n in plain_text.split("+")]
        return Reading(text, "read", sum(terms), working=plain_text if len(terms) > 1 else "")
    if match := re.fullmatch(r"(\d+)(?:\.(\d+))?([kM万亿])", plain_text):
        unit, decimals = _UNITS[match[3]], match[2] or ""
        value = Fraction(int(match[1] + decimals), 10 ** len(decimals)) * unit
        return Reading(text, "read", int(value), step=unit // 10 ** len(decimals))
    if re.fullmatch(r"\d+\.\d+", plain_text):
        return Reading(text, "wrong", Fraction(plain_text), reason="it is not whole")
    if plain_text in ("same", "valid"):
        return Reading(text, "word", plain_text)
    return Reading(text, "unreadable", reason="it is no number")


class Named(Record):
    id: str
    rank: int
    message: str


def no_slip(asked: Any, value: Any, step: int | None = None) -> tuple[Named, ...]:
    """No diagnosis at all."""
    return ()


def bias_slip(asked: Any, value: Any, step: int | None = None) -> tuple[Named, ...]:
    """One rule: weights only."""
    if asked.quantity == "params" and asked.word != "total" and asked.layer().count("weights") == value:
        return (Named("no_bias", 1, "weights only, biases forgotten"),)
    return ()


def rows(of: Key, text: str, columns: tuple[str, ...]) -> dict[str, AnswerRow]:
    """Lines of `name, cell, cell` by the names of the key's rows."""
    known = {plain(row.name): row.name for row in of.rows}
    known |= {plain(alias): row.name for row in of.rows for alias in row.aliases}
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, *cells = [cell.strip() for cell in line.split(",")]
        found[known[plain(name)]] = AnswerRow(name, dict(zip(columns, cells)))
    return found


def mark(
    of: Key,
    text: str,
    columns: str = "output_shape params",
    diagnose: Any = no_slip,
    seen: tuple[str, ...] = (),
    **rules: Any,
) -> Sheet:
    """A sheet of these lines, marked as a class of its own."""
    names = tuple(columns.split())
    own = rows(of, text, names)
    asked = of.asked_rows({*own, *seen})
    marker = Marker(
        of,
        asked,
        of.grading.columns or tuple(c for c in COLUMNS if c in names),
        read,
        diagnose,
        Rules(**rules),
    )
    return marker.mark(HandIn("s01", "s01.csv", tuple(own.values())), own)


def states(sheet: Sheet, quantity: str = "output_shape") -> dict[str, str]:
    """A column's states by row, each with its cause: `follow_through CONV1`."""
    return {
        c.layer: f"{c.state} {c.caused_by}" if c.caused_by else c.state
        for c in sheet.cells
        if c.quantity == quantity
    }


def cell(sheet: Sheet, place: str) -> Cell:
    """`CONV1.params` of a sheet."""
    layer, _dot, quantity = place.rpartition(".")
    return next(c for c in cells(sheet) if (c.layer, c.quantity) == (layer, quantity))


def cells(sheet: Sheet) -> Iterator[Cell]:
    yield from sheet.cells
