"""Values and names of a spec are looked up here, and whatever is wrong with them is noted with its place.

Pitfall: a mistake must not hide the next one nor cause ten others, so nothing raises: what could not be worked out is
Poisoned, and what depends on it is passed over in silence.
"""

from __future__ import annotations

from typing import Any

from ..errors import Diagnostic, Related, ShapeError, Span, nearest
from ..layers import Option
from ..spec import Entry, Reference, Value
from ..text import _
from .options import BadValue, fit, work_out
from .scope import Poisoned, Scope


class Problems:
    """What has been found so far; each thing once per place and use."""

    def __init__(self) -> None:
        self.found: dict[tuple[Any, ...], Diagnostic] = {}

    def say(self, code: str, message: str, span: Span | None, scope: Scope, help: str | None = None) -> None:
        """Report once per place and use."""
        related = tuple(Related(_("used here"), use) for use in scope.uses)
        key = (code, message, span and span[1:])
        self.found.setdefault(key, Diagnostic(code, message, span, help, related))

    def attempt(self, value: Value, option: Option, scope: Scope) -> Any:
        """A value of the wanted kind, or Poisoned where that was reported."""
        try:
            return fit(work_out(value, scope), option, value.node.span)
        except BadValue as bad:
            self.say(bad.code, bad.message, bad.span, scope, bad.help)
        except Poisoned:
            pass
        return Poisoned

    def shape_error(self, entry: Entry, scope: Scope, error: ShapeError) -> None:
        given = entry.options.get(error.option) if error.option else None
        span = given.node.span if given else entry.key.span
        self.say(error.code, f"{entry.word}: {error.message}", span, scope, error.help)

    def refer(self, reference: Reference, scope: Scope, previous: str) -> str | None:
        """The node or input that a reference means; None where it means nothing, and that is reported."""
        text = reference.text
        if reference.parameter:
            value = scope.parameters.get(text)
            if not isinstance(value, str):
                self.say(
                    "SC303",
                    _("${name} is no parameter that holds a name").format(name=text),
                    reference.node.span,
                    scope,
                    "params: {skip: str}",
                )
                return None
            text = value
        if text == "prev":
            return previous
        if text == "input" and scope.entered is not None:
            return scope.entered
        found = scope.find(text)
        if isinstance(found, Scope):
            found = found.output
        if found is None:
            near = nearest(text, scope.names())
            help = (
                _("did you mean {word}?").format(word=near)
                if near
                else _("only earlier entries can be named")
            )
            self.say(
                "SC305",
                _("no earlier layer is called {name}").format(name=text),
                reference.node.span,
                scope,
                help,
            )
        return found
