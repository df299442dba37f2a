"""Values and names of a spec are looked up here, and whatever is wrong with them is noted with its place.

Pitfall: a mistake must not hide the next one nor cause ten others, so nothing raises: what could not be worked out is
Poisoned, and what depends on it is passed over in silence.
"""

from __future__ import annotations

from typing import Any

from ..errors import Diagnostic, Related, ShapeError, Span, SpecError, meant, nearest
from ..layers import Option
from ..spec import Entry, Plan, Reference, Value, in_order
from ..spec.findings import MOST, shortened
from ..text import _, labelled
from .letters import Letters
from .options import BadValue, Misfits, settle
from .scope import NOWHERE, Poisoned, Scope

NAMES, SUGGESTIONS = 500, 50
"""Among how many names a misspelt one is looked for, and how often; a file of nothing but mistakes must not be slow."""


class Problems:
    """What has been found so far; each thing once per place and use."""

    file: Scope

    def __init__(self, plan: Plan, letters: Letters) -> None:
        self.plan = plan
        self.letters = letters
        self.inputs: dict[str, Value] = {}
        self.found: dict[tuple[Any, ...], Diagnostic] = {}

    def say(self, code: str, message: str, span: Span | None, scope: Scope, help: str | None = None) -> None:
        """Report once per place and use."""
        key = (code, message, span and span[1:])
        if key not in self.found and len(self.found) < MOST:
            related = tuple(Related(_("used here"), use) for use in scope.uses)
            self.found[key] = Diagnostic(code, shortened(message), span, help, related)

    def stop(self) -> SpecError:
        """Everything that was found, in the order of the file."""
        return SpecError(in_order([*self.plan.warnings, *self.plan.errors, *self.found.values()]))

    def attempt(self, value: Value, option: Option, scope: Scope) -> Any:
        """A value of the wanted kind, or Poisoned where that was reported."""
        try:
            return settle(value, option, scope)
        except BadValue as bad:
            self.say(bad.code, bad.message, bad.span, scope, bad.help)
        except ShapeError as error:
            self.say(error.code, error.message, value.node.span, scope, error.help)
        except Poisoned:
            pass
        return Poisoned

    def misfits(self, entry: Entry, scope: Scope, misfits: Misfits) -> None:
        """Report everything that is wrong with an entry's options."""
        for problem in misfits.problems:
            if isinstance(problem, ShapeError):
                self.shape_error(entry, scope, problem)
            elif isinstance(problem, BadValue):
                self.say(problem.code, problem.message, problem.span, scope, problem.help)

    def shape_error(self, entry: Entry, scope: Scope, error: ShapeError) -> None:
        given = entry.options.get(error.option) if error.option else None
        span = given.node.span if given else entry.key.span
        self.say(error.code, labelled(entry.word, error.message), span, scope, error.help)

    def refer(self, reference: Reference, scope: Scope, previous: str) -> str:
        """The node or input that a reference means; NOWHERE where it means nothing, and that is reported."""
        text, start = reference.text, scope
        if not text:
            return NOWHERE
        if reference.parameter:
            value = scope.parameters.get(text)
            if value is Poisoned:
                return NOWHERE
            if not isinstance(value, str):
                message = _("${name} is no parameter that holds a name").format(name=text)
                self.say("SC303", message, reference.node.span, scope, f"params: {{{text}: str}}")
                return NOWHERE
            block = scope.block()
            text, start = value, block.parent or scope
            previous = block.source
        if text == "prev":
            return previous
        if text == "input" and start.entered is not None:
            return start.entered
        found = start.find(text)
        if found is None and start is not scope:
            found = scope.find(text)
        if found is None:
            self.no_reference(text, reference, scope)
            return NOWHERE
        return (found.output or NOWHERE) if isinstance(found, Scope) else found

    def no_reference(self, text: str, reference: Reference, scope: Scope) -> None:
        """Report a name that means nothing, unless it leads into something that is broken itself."""
        head, _dot, tail = text.rpartition(".")
        while head:
            inside = scope.find(head)
            if isinstance(inside, str) and scope.shapes.get(inside) is None:
                return
            head = head.rpartition(".")[0]
        names = scope.names()[-NAMES:] if len(self.found) < SUGGESTIONS else []
        near = tail if tail != text and tail in names else nearest(text, names)
        at_the_end = reference in (*self.plan.outputs, *self.plan.frozen)
        message = _("no layer is called {name}") if at_the_end else _("no earlier layer is called {name}")
        message = message.format(name=text)
        help = _("only earlier entries can be named")
        if at_the_end:
            help = _("write the name of an entry, or a dotted path into a block")
        self.say("SC305", message, reference.node.span, scope, meant(near) if near else help)
