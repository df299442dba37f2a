"""A page for every slip, in its file's own words: what was done, a hint, over what it is made, and worked examples.

Pitfall: the ids are what a key's `credit:` is written in, so a list of them has to be found without reading the source.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..engine.written import flow
from ..errors import UsageError, nearest
from ..quantities import QUANTITIES
from ..record import Record
from ..report.grades import value_text
from ..report.grid import Column, Grid
from ..text import _, listed
from .question import TOTAL
from .slips import Example, Slip, slips
from .slips._example import question_of
from .slips._slip import examples


class SlipPage(Record):
    """What is to be known of one slip."""

    slip: Slip
    examples: tuple[Mapping[str, Any], ...]

    @property
    def name(self) -> str:
        return self.slip.id

    def data(self) -> Mapping[str, Any]:
        over = [name for name in QUANTITIES if self.slip.over(name)]
        words = {"id": self.slip.id, "words": self.slip.message, "hint": self.slip.advice}
        return {**words, "quantities": over, "seen": self.slip.seen, "examples": list(self.examples)}

    def records(self) -> list[Mapping[str, Any]]:
        return [self.data()]

    def grid(self) -> Grid:
        columns = (
            Column("asked", _("asked")),
            Column("right", _("right")),
            Column("wrong", _("with the slip")),
            Column("work", _("worked out")),
        )
        rows = tuple(tuple(example[column.key] for column in columns) for example in self.examples)
        return Grid(f"{self.slip.id} — {self.slip.message}", columns, rows, None, tuple(self.notes()))

    def notes(self) -> list[str]:
        """The lines below the examples."""
        over = (_(QUANTITIES[name].label) for name in QUANTITIES if self.slip.over(name))
        return [
            _("hint: {text}").format(text=self.slip.advice),
            _("made over: {names}").format(names=listed(over)),
            f"grading: {{credit: {{{self.slip.id}: 0.5}}}}",
        ]


class SlipIndex(Record):
    """All slips, a line each."""

    pages: tuple[SlipPage, ...]

    @property
    def name(self) -> str:
        return "slips"

    def data(self) -> Mapping[str, Any]:
        return {"slips": self.records()}

    def records(self) -> list[Mapping[str, Any]]:
        return [page.data() for page in self.pages]

    def grid(self) -> Grid:
        columns = (Column("id", _("slip")), Column("words", _("what it is")), Column("example", _("example")))
        rows = tuple((page.slip.id, page.slip.message, _line(page.examples)) for page in self.pages)
        notes = (
            _("One of them at length, with its hint: shapecalc slips ID"),
            _("A key gives some of the marks for one: grading: {credit: {no_bias: 0.5}}"),
        )
        return Grid(_("{n} slips").format(n=len(rows)), columns, rows, None, notes)


def _line(found: tuple[Mapping[str, Any], ...]) -> str:
    """The first example in a few words."""
    if not found:
        return ""
    return _("{asked}: {wrong} for {right}").format(**found[0])


def index() -> SlipIndex:
    """Every slip with an example."""
    return SlipIndex(tuple(page(name) for name in slips()))


def page(name: str) -> SlipPage:
    """The page of one slip; raises UsageError for an id that is none."""
    known = slips()
    if name not in known:
        near = nearest(name, list(known))
        raise UsageError(
            _("there is no slip {name}").format(name=name),
            _("did you mean {word}?").format(word=near) if near else _("shapecalc slips lists them"),
        )
    return SlipPage(known[name], tuple(_shown(name, example) for example in examples(name)))


def _layer(word: str, options: Mapping[str, Any]) -> str:
    """A layer with its options, as a spec has them: conv {filters: 6, kernel: 5}."""
    return f"{word} {flow({k: value_text(v) for k, v in options.items()})}" if options else word


def _shown(name: str, example: Example) -> Mapping[str, Any]:
    """An example in words: what is asked, the right value and the wrong one."""
    from .slips import diagnose

    question = question_of(example)
    layers = [*example.after, *([] if example.word == TOTAL else [(example.word, example.options)])]
    what = " → ".join(["×".join(map(str, example.x)), *(_layer(*layer) for layer in layers)])
    asked = _("{quantity} of {what}").format(quantity=_(QUANTITIES[example.quantity].label), what=what)
    work = next((d.work for d in diagnose(question, example.value) if d.id == name), "")
    return {
        "asked": asked,
        "right": value_text(question.value()),
        "wrong": value_text(example.value),
        "work": work,
    }
