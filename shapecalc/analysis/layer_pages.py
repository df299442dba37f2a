"""A page for every layer, in the layer file's own words: options, shape rule, formulas, and worked cases.

Pitfall: nothing is written twice; a page that says something wrong is mended in the layer's file.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from .. import layers
from ..layers import Layer, Option
from ..layers._base import REQUIRED
from ..record import Record
from ..report.grid import Column, Grid
from ..text import _, labelled, listed
from .layer_facts import example, formulas, meanings, shape_rules


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
        return [self._asdict()]

    def grid(self) -> Grid:
        columns = (
            Column("name", _("option")),
            Column("short", _("short")),
            Column("kind", _("kind")),
            Column("default", _("default")),
            Column("help", _("what it is")),
        )
        rows = tuple(tuple(option[c.key] for c in columns) for option in self.options)
        return Grid(f"{self.name} — {self.summary}", columns, rows, None, tuple(self.notes()))

    def notes(self) -> list[str]:
        """The page below its options, line by line."""
        lines = [self.pitfall] if self.pitfall else []
        lines += [_("output size: {rule}").format(rule=rule) for rule in self.shape_rule]
        lines += [labelled(quantity, text) for quantity, text in self.formulas.items()]
        lines += ["  " + labelled(letter, meaning) for letter, meaning in self.letters.items()]
        if self.written_as:
            lines.append(_("it is written out as: {parts}").format(parts=self.written_as))
        lines += [_("example: {case}").format(case=case) for case in self.examples]
        if self.aliases:
            lines.append(_("also written: {words}").format(words=listed(self.aliases)))
        if self.synonyms:
            lines.append(_("known elsewhere as: {words}").format(words=listed(self.synonyms)))
        return lines


class Index(Record):
    """All layers, a line each."""

    rows: tuple[Mapping[str, Any], ...]

    @property
    def name(self) -> str:
        return "layers"

    def data(self) -> Mapping[str, Any]:
        return {"layers": self.records()}

    def records(self) -> list[Mapping[str, Any]]:
        return [dict(row) for row in self.rows]

    def grid(self) -> Grid:
        columns = (
            Column("name", _("layer")),
            Column("options", _("options (primary first)")),
            Column("summary", _("what it does")),
        )
        rows = tuple((row["name"], " ".join(row["options"]), row["summary"]) for row in self.rows)
        note = _("One of them at length, with its formulas: shapecalc layers NAME")
        return Grid(_("{n} layers").format(n=len(rows)), columns, rows, None, (note,))


def index() -> Index:
    """Every layer with its options and its first sentence."""
    rows = []
    for word in layers.words():
        layer = layers.load(word)
        assert layer is not None
        aliases = list(layer.aliases)
        rows.append(
            {"name": word, "options": list(layer.OPTIONS), "summary": words_of(layer)[0], "aliases": aliases}
        )
    return Index(tuple(rows))


def page(layer: type[Layer]) -> Page:
    """The page of one layer."""
    summary, pitfall = words_of(layer)
    short = {name: letter for letter, name in layer.short.items()}
    costs, rules = formulas(layer), shape_rules(layer)
    return Page(
        name=layers.word_of(layer),
        summary=summary,
        pitfall=pitfall,
        options=tuple(_option(o, short.get(o.name, "")) for o in layer.OPTIONS.values()),
        shape_rule=tuple(rule.show() for rule in rules),
        formulas={quantity: formula.show() for quantity, formula in costs.items()},
        letters=meanings([*costs.values(), *rules]),
        aliases=layer.aliases,
        synonyms=layer.synonyms,
        examples=tuple(example(layer, case) for case in layer.CASES),
        written_as=" ".join(layer.BODY.split()),
    )


def words_of(layer: type[Layer]) -> tuple[str, str]:
    """The first sentence of the file, and its pitfall."""
    text = inspect.getmodule(layer).__doc__ or ""
    first, _blank, rest = text.strip().partition("\n\n")
    first, rest = " ".join(first.split()), " ".join(rest.split())
    return _(first), _(rest) if rest else ""


def _option(option: Option, short: str) -> Mapping[str, Any]:
    kind = " | ".join(option.choices) if option.choices else option.kind
    text = _(option.help) if option.help else ""
    return {"name": option.name, "short": short, "kind": kind, "default": shown(option.default), "help": text}


def shown(default: Any) -> str:
    """A default in a spec's words; a dash for one that depends on other options."""
    if default is REQUIRED:
        return _("required")
    return "–" if default is None else str(default).lower() if isinstance(default, bool) else str(default)
