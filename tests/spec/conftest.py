"""Short ways from the text of a spec to what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from textwrap import dedent

import pytest

from shapecalc import catalogue, text
from shapecalc.api import Answer, Selection, compute, whole
from shapecalc.errors import Diagnostic, Source, SpecError
from shapecalc.spec import load

Rows = Callable[..., dict[str, str]]
Mistakes = Callable[..., list[str]]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    text.use("en")


def answer(
    spec: str, settings: Mapping[str, str] | None = None, inputs: Mapping[str, str] | None = None
) -> Answer:
    """The computed network of a spec's text."""
    plan = whole(load(Source("t.yaml", dedent(spec)), catalogue.base, tolerant=True))
    return compute(plan, Selection(settings or {}, inputs or {}))


@pytest.fixture
def rows() -> Rows:
    """Name → shape of every row: {"conv1": "28x28x6"}."""

    def call(spec: str, **settings: str) -> dict[str, str]:
        bound = answer(spec, settings).bound
        return {node.name: "x".join(map(str, bound.shapes[node.name])) for node in bound.graph.nodes}

    return call


def marked(spec: str) -> tuple[str, list[tuple[int, int, int]]]:
    """A spec without its «marks», and the line, column and end column of each."""
    places = []
    lines = dedent(spec).split("\n")
    for number, line in enumerate(lines, 1):
        while "«" in line:
            start = line.index("«")
            end = line.index("»") - 1
            line = line.replace("«", "", 1).replace("»", "", 1)
            places.append((number, start + 1, end + 1))
        lines[number - 1] = line
    return "\n".join(lines), places


def findings(spec: str) -> list[Diagnostic]:
    """Every finding of a spec, warnings and unmet expectations included; each has a place."""
    try:
        found = answer(spec)
    except SpecError as error:
        diagnostics = error.diagnostics
    else:
        diagnostics = [*found.warnings, *found.unmet]
    assert all(d.span for d in diagnostics)
    return diagnostics


@pytest.fixture
def mistakes() -> Mistakes:
    """Findings of a spec as `SC201 message | help`, once each stands exactly at its «mark»."""

    def call(spec: str) -> list[str]:
        plain, places = marked(spec)
        found = findings(plain)
        spans = [(d.span.line, d.span.column, d.span.end_column) for d in found if d.span]
        if places:
            assert spans == places, [str(d) for d in found]
        return [f"{d.code} {d.message} | {d.help}" for d in found]

    return call
