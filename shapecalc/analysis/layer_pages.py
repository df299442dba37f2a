"""A page for every layer, in the layer file's own words: options, shape rule, formulas, and worked cases.

Pitfall: nothing is written twice; a page that says something wrong is mended in the layer's file.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from .. import layers
from ..layers import Case, Layer, Option, Shape
from ..layers._base import LETTERS, REQUIRED
from ..record import Record
from ..report.grid import Column, Grid
from ..text import _

QUANTITIES = ("weights", "biases", "buffers", "macs", "macs_on_data", "connections")


class Page(Record):
    """What is to be known of one layer."""

    name: str
    summary: str
    pitfall: str
    options: tuple[Mapping[str, Any], ...]
    shape_rule: tuple[str, ...]
    formulas: Mapping[str, str]
    letters: Mapping[str, str]
    aliases: tuple[str, ...]
    synonyms: tuple[str, ...]
    examples: tuple[str, ...]
    written_as: str

    def data(self) -> Mapping[str, Any]:
        return self._asdict()

    def records(self) -> list[Mapping[str, Any]]:
        return [dict(option) for option in self.options]

    def grid(self) -> Grid:
        columns = (
            Column("name", _("option")),
            Column("short", _("short")),
            Column("kind", _("kind")),
            Column("default", _("default")),
            Column("help", _("what it is")),
        )
        rows = tuple(tuple(o[c.key] for c in columns) for o in self.options)
        notes = [self.pitfall] if self.pitfall else []
        if self.shape_rule:
            notes.append(_("output size: {rule}").format(rule="; ".join(self.shape_rule)))
        notes += [f"{quantity}: {text}" for quantity, text in self.formulas.items()]
        if self.written_as:
            notes.append(_("it is written out as: {parts}").format(parts=self.written_as))
        if self.letters:
            notes.append("; ".join(f"{letter}: {meaning}" for letter, meaning in self.letters.items()))
        notes += list(self.examples)
        if self.synonyms:
            notes.append(_("known elsewhere as: {words}").format(words=", ".join(self.synonyms)))
        return Grid(f"{self.name} — {self.summary}", columns, rows, None, tuple(notes))


class Index(Record):
    """All layers, a line each."""

    rows: tuple[Mapping[str, Any], ...]

    @property
    def name(self) -> str:
        return "layers"

    def data(self) -> Mapping[str, Any]:
        return {"layers": [dict(row) for row in self.rows]}

    def records(self) -> list[Mapping[str, Any]]:
        return [dict(row) for row in self.rows]

    def grid(self) -> Grid:
        columns = (
            Column("name", _("layer")),
            Column("options", _("options (primary first)")),
            Column("summary", _("what it does")),
        )
        return Grid("", columns, tuple(tuple(row[c.key] for c in columns) for row in self.rows))


def index() -> Index:
    """Every layer with its options and its first sentence."""
    rows = []
    for word in layers.words():
        layer = layers.load(word)
        assert layer is not None
        options = " ".join(
            o.name if o.required else f"{o.name}={shown(o.default)}" for o in layer.OPTIONS.values()
        )
        rows.append(
            {"name": word, "options": options, "summary": _words(layer)[0], "aliases": list(layer.aliases)}
        )
    return Index(tuple(rows))


def page(layer: type[Layer]) -> Page:
    """The page of one layer."""
    summary, pitfall = _words(layer)
    short = {name: letter for letter, name in layer.short.items()}
    options = tuple(_option(o, short.get(o.name, "")) for o in layer.OPTIONS.values())
    example = _example(layer)
    formulas = example.formulas() if example else {}
    rules = tuple(dict.fromkeys(w.formula.show() for w in getattr(example, "windows", ())))
    letters = sorted({letter for f in formulas.values() for letter in f.letters}, key=str.lower)
    meanings = {letter: _meaning(letter) for letter in letters}
    examples = tuple(_case(layer, case) for case in layer.CASES)
    return Page(layers.word_of(layer), summary, pitfall, options, rules, {q: f.show() for q, f in formulas.items()}, meanings,
                layer.aliases, layer.synonyms, examples, " ".join(layer.BODY.split()))  # fmt: skip


def _words(layer: type[Layer]) -> tuple[str, str]:
    """The first sentence of the file, and its pitfall."""
    text = inspect.getmodule(layer).__doc__ or ""
    first, _blank, rest = text.strip().partition("\n\n")
    return " ".join(first.split()), " ".join(rest.split())


def _option(option: Option, short: str) -> Mapping[str, Any]:
    kind = " | ".join(option.choices) if option.choices else option.kind
    return {
        "name": option.name,
        "short": short,
        "kind": kind,
        "default": shown(option.default),
        "help": _(option.help) if option.help else "",
    }


def shown(default: Any) -> str:
    """A default in a spec's words."""
    if default is REQUIRED:
        return _("required")
    return "–" if default is None else str(default).lower() if isinstance(default, bool) else str(default)


def _meaning(letter: str) -> str:
    """What a letter stands for; N_H is N along the axis H."""
    if letter in LETTERS:
        return _(LETTERS[letter])
    head, _sep, axis = letter.rpartition("_")
    return f"{_(LETTERS[head])} ({axis})" if head in LETTERS else ""


def _example(layer: type[Layer]) -> Layer | None:
    """The layer built for its first case, whose formulas the page shows."""
    from ..engine.options import spread

    if not layer.CASES:
        return None
    case = layer.CASES[0]
    inputs = _inputs(case)
    options = {}
    for name, option in layer.OPTIONS.items():
        value = case.options.get(name, None if option.required else option.default)
        options[name] = spread(value, option, inputs[0], "HWC")
    return layer(options, inputs)


def _inputs(case: Case) -> tuple[Shape, ...]:
    """The case's input shapes, one or several."""
    x: Any = case.x
    return x if isinstance(x[0], tuple) else (x,)


def _case(layer: type[Layer], case: Case) -> str:
    inputs = _inputs(case)
    options = ", ".join(f"{k}: {v}" for k, v in case.options.items())
    counts = ", ".join(f"{k} {v:,}" for k, v in case.counts.items())
    shapes = " + ".join("×".join(map(str, x)) for x in inputs)
    line = f"{shapes} → {layers.word_of(layer)} {{{options}}} → {'×'.join(map(str, case.y))}"
    return f"{line}; {counts} ({case.source})" if counts else f"{line} ({case.source})"
