"""What would mend a refusal: changes found by solving, each tried by the engine before it is offered, three at the most.

Pitfall: a change that cures one thing may break the next, so one is offered only if its error is gone and no other has
come. Proposing must never fail itself: whatever goes wrong here, the error is told as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module

from ...engine import Overrides
from ...engine.count import too_large
from ...errors import Diagnostic
from ...spec import Plan
from ...text import _
from .changes import Change
from .trials import STEPS, Trials
from .watch import Context, key_of

ROOMS = {
    "SC401": "merges", "SC402": "windows", "SC403": "windows", "SC404": "settings", "SC405": "settings",
    "SC406": "windows", "SC407": "ranks", "SC408": "settings", "SC410": "settings", "SC411": "settings",
    "SC414": "windows", "SC415": "windows", "SC416": "windows", "SC417": "settings", "SC418": "settings",
    "SC501": "expected",
}  # fmt: skip
"""Which file knows candidates for a code."""
MOST = 3
FINDINGS = 8
Candidates = Callable[[Trials, Diagnostic, Context], Iterator[Change]]


def propose(diagnostics: Sequence[Diagnostic], plan: Plan, overrides: Overrides) -> list[Diagnostic]:
    """The same findings; those of shapes with changes in their help that were seen to work."""
    found = list(diagnostics)
    with suppress(Exception):  # an error of the program itself must not take the place of the person's
        _propose(found, plan, overrides)
    return found


def _propose(found: list[Diagnostic], plan: Plan, overrides: Overrides) -> None:
    wanted = [i for i, d in enumerate(found) if d.code in ROOMS]
    for i in wanted:
        if found[i].code == "SC401":  # what the layer offers by itself was not tried
            help = _("change a stride or a padding, or project a branch with a 1×1 convolution")
            found[i] = found[i]._replace(help=help)
    wanted = wanted[:FINDINGS]
    if not wanted or too_large(plan, STEPS):
        return
    trials = Trials(plan, overrides)
    for number, i in enumerate(wanted):
        diagnostic = found[i]
        context = trials.contexts.get(key_of(diagnostic))
        if context is None or trials.spent:
            continue
        trials.share(len(wanted) - number)
        room = import_module(f".{ROOMS[diagnostic.code]}", __package__)
        with suppress(Exception):
            if lines := trials.lines(diagnostic, room.candidates(trials, diagnostic, context), MOST):
                found[i] = diagnostic._replace(help="\n".join(lines))
