"""A walk through a plan that remembers where each refusal arose: which entry, what it was fed, what it was asked for.

Pitfall: a diagnostic is for people and holds no shapes; so the walk is done again, and a refusal is known by its code,
its words and its place.
"""

from __future__ import annotations

from typing import Any

from ...engine import Overrides
from ...engine.bind import Binder
from ...engine.budget import MAX_LAYERS
from ...engine.expectations import unmet
from ...engine.letters import Letters
from ...engine.options import Misfits, complete
from ...engine.place import Placer
from ...engine.problems import Problems
from ...engine.scope import Scope
from ...engine.tabulate import tabulate
from ...errors import Diagnostic, ShapeError, Span, SpecError
from ...graph import Shape
from ...record import Record
from ...spec import BranchesEntry, Entry, LayerEntry, NamesEntry, Plan
from ...spec.findings import shortened

Key = tuple[Any, ...]


class Context(Record):
    """Where a refusal arose: the inputs' names and channels-last shapes, and of a merge the places of its branches."""

    entry: Entry
    scope: Scope
    names: tuple[str, ...]
    shapes: tuple[Shape, ...]
    places: tuple[Span, ...] = ()

    def options(self, layout: str) -> dict[str, Any] | None:
        """The entry's options, worked out; None where they are at fault themselves."""
        assert self.entry.layer is not None
        try:
            return complete(self.entry.layer, self.entry.options, self.shapes[0], layout, self.scope)
        except (Misfits, ShapeError):
            return None


def key_of(diagnostic: Diagnostic) -> Key:
    """What a finding is known by."""
    return diagnostic.code, diagnostic.message, diagnostic.span and diagnostic.span[1:]


class Heard(Problems):
    """The problems of a walk with their contexts; `current` is the layer that is being asked."""

    def __init__(self, plan: Plan, letters: Letters) -> None:
        super().__init__(plan, letters)
        self.contexts: dict[Key, Context] = {}
        self.current: Context | None = None

    def say(self, code: str, message: str, span: Span | None, scope: Scope, help: str | None = None) -> None:
        super().say(code, message, span, scope, help)
        if code.startswith("SC4") and self.current:
            self.contexts.setdefault((code, shortened(message), span and span[1:]), self.current)


class Fed(Placer):
    """The graph so far, and what each entry was fed."""

    def __init__(self, plan: Plan, problems: Heard) -> None:
        super().__init__(plan, problems)
        self.heard = problems
        self.fed: dict[int, Context] = {}

    def layer(self, entry: LayerEntry, scope: Scope, name: str, source: str) -> str:
        x = scope.shapes[source]
        self.heard.current = Context(entry, scope, (source,), (x,)) if x is not None else None
        if self.heard.current:
            self.fed[id(entry.origin or entry)] = self.heard.current
        return super().layer(entry, scope, name, source)

    def join(
        self,
        entry: BranchesEntry | NamesEntry,
        scope: Scope,
        name: str,
        names: list[str],
        labels: list[str],
        places: list[Span],
    ) -> str:
        shapes = tuple(shape for n in names if (shape := scope.shapes[n]) is not None)
        whole = len(shapes) == len(names)
        self.heard.current = Context(entry, scope, tuple(names), shapes, tuple(places)) if whole else None
        return super().join(entry, scope, name, names, labels, places)


class Watch(Binder):
    """The walk. `findings` gives all errors and unmet expectations; `contexts` tells where they arose."""

    def __init__(self, plan: Plan, overrides: Overrides) -> None:
        heard = Heard(plan, Letters(overrides.symbolic))
        placer = Fed(plan, heard)
        super().__init__(plan, overrides, MAX_LAYERS, placer)
        self.contexts, self.fed = heard.contexts, placer.fed

    def findings(self) -> dict[Key, Diagnostic]:
        """Every error and everything unmet, by key."""
        try:
            bound = self.bind()
        except SpecError as error:
            found = [d for d in error.diagnostics if d.severity == "error"] + self.unmet
        else:
            promised = self.plan.expect or self.plan.published
            found = unmet(bound, tabulate(bound), bool(self.overrides)) if promised else self.unmet
        return {key_of(d): d for d in found}

    def expectation(self, entry: Entry, scope: Scope, source: str) -> None:
        before = len(self.unmet)
        super().expectation(entry, scope, source)
        shape = scope.shapes.get(source)
        if len(self.unmet) > before and shape is not None:
            self.contexts.setdefault(key_of(self.unmet[-1]), Context(entry, scope, (source,), (shape,)))
