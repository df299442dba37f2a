"""A variant as a file that works by itself in any folder: a built-in base and what is set in it, or written out whole.

Pitfall: the network of a paper with other numbers is not the paper's, so it has a name of its own, and no source.
"""

from __future__ import annotations

import os

from ... import catalogue
from ...engine import Bound, Overrides
from ...engine.expand import expand
from ...engine.written import flow, quoted
from ...errors import UsageError
from ...spec import Plan
from .key import input_text
from .respell import folded
from .vary import Change


def built_in(plan: Plan, overrides: Overrides) -> str | None:
    """The name of the built-in network that a plan is, as it stands; None for any other."""
    name = os.path.splitext(os.path.basename(plan.source.name))[0]
    if overrides or plan.source.name != f"architectures/{name}.yaml":
        return None
    try:
        return name if catalogue.source(name).text == plan.source.text else None
    except UsageError:
        return None


def variant_text(base: str | None, change: Change, bound: Bound, name: str) -> str:
    """The text of a variant under a name of its own."""
    if base is None:
        return expand(bound._replace(plan=bound.plan._replace(texts={"name": name})))
    lines = ["spec: 1", f"name: {folded(name)}", f"base: {base}"]
    if change.inputs:
        lines.append(f"input: {input_text(change.inputs, bound.plan.layout)}")
    settings = {quoted(path): str(value) for path, value in change.settings.items()}
    if settings:
        line = f"set: {flow(settings)}"
        spread = ["set:", *(f"  {path}: {value}" for path, value in settings.items())]
        lines += [line] if len(line) <= 110 else spread
    return "\n".join(lines) + "\n"
