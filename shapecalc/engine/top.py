"""What stands at the top of a spec: inputs at its beginning; outputs, frozen layers and loose ends once all is walked.

Pitfall: an input shape may be an expression over parameters, so parameters are worked out before inputs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import Diagnostic, Related, suggest, there_are
from ..layers import Option
from ..layers._base import spatial
from ..spec.findings import MOST
from ..text import _
from .letters import capitals, unbound
from .options import channels_last
from .scope import Poisoned, Scope

if TYPE_CHECKING:
    from .bind import Binder

SHAPE = Option("shape", help="")


def inputs(binder: Binder, file: Scope) -> tuple[str, ...]:
    """Shapes of the inputs, overridden ones included; their names."""
    binder.problems.inputs = dict(binder.plan.inputs)
    for name, value in binder.overrides.inputs.items():
        if name not in binder.problems.inputs and len(binder.problems.inputs) == 1 and name == "input":
            name = next(iter(binder.problems.inputs))
        if name in binder.problems.inputs:
            binder.problems.inputs[name] = value
        else:
            message = _("there is no input {name}").format(name=name)
            binder.problems.say("SC305", message, value.node.span, file, there_are(binder.problems.inputs))
    bind_symbols(binder, file)
    file.parameters = {**file.parameters, **unbound(binder, file)}
    taken = {**binder.plan.params, **file.parameters}
    for name, value in binder.problems.inputs.items():
        shape = binder.problems.attempt(value, SHAPE, file)
        file.items[name] = name
        file.shapes[name] = None
        if shape is not Poisoned:
            shape = channels_last(shape, binder.plan.layout)
            shape = binder.letters.axes(shape, taken) if len(binder.problems.inputs) == 1 else shape
            file.shapes[name] = binder.letters.settled(shape)
    unknown = [name for name in binder.letters.names if name not in binder.letters.used and name not in taken]
    for name in unknown:
        no_letter(binder, file, name)
    file.inputs = tuple(binder.problems.inputs)
    file.entered = file.inputs[0] if len(file.inputs) == 1 else None
    return file.inputs


def bind_symbols(binder: Binder, file: Scope) -> None:
    """Give the symbols of an input that is written `HxWx3` the sizes that --input has in their places."""
    for name, declared in binder.plan.inputs.items():
        value = binder.problems.inputs[name]
        if value is declared or capitals(value):
            continue
        shape = binder.problems.attempt(value, SHAPE, file)
        if shape is Poisoned:
            continue
        items = declared.items if declared.items is not None else (declared,)
        axes: Any = dict(zip(declared.keys, items)) if declared.keys else items
        written: Any = channels_last(axes, binder.plan.layout)
        for item, size in zip(written, channels_last(shape, binder.plan.layout)):
            symbol = item.expression.text.strip() if item.expression else ""
            if symbol in binder.plan.symbols and symbol not in file.parameters:
                file.parameters = {**file.parameters, symbol: size}


def no_letter(binder: Binder, file: Scope, name: str) -> None:
    """Report a name of --symbolic that is no parameter and no axis of the input."""
    known = [
        *binder.plan.params,
        *binder.plan.symbols,
        *(spatial(len(next(iter(file.shapes.values())) or ())) + "C"),
    ]
    message = _("{base} has no parameter and no axis {name}").format(base=binder.plan.name, name=name)
    binder.problems.say("SC212", message, None, file, suggest(name, known, there_are(known)))


def outputs(binder: Binder, file: Scope, last: str) -> tuple[str, ...]:
    """The names of the network's outputs; the last entry's where none are named."""
    if not binder.plan.outputs:
        return (last,)
    return tuple(name for o in binder.plan.outputs if (name := binder.problems.refer(o, file, last)))


def freeze(binder: Binder, file: Scope) -> None:
    """Mark the nodes under every name in frozen:."""
    paths = set()
    for reference in binder.plan.frozen:
        found = file.find(reference.text)
        if found is None:
            binder.problems.refer(reference, file, "")
        else:
            paths.add(found.path if isinstance(found, Scope) else found)
    if paths:
        binder.placer.nodes[:] = [
            node if paths.isdisjoint(_paths(node.name)) else node._replace(frozen=True)
            for node in binder.placer.nodes
        ]


def _paths(name: str) -> list[str]:
    """A node's name and those of all around it: a.b.c, a.b, a."""
    return [name, *(name[:at] for at, sign in enumerate(name) if sign == ".")]


def unused(binder: Binder, outputs: tuple[str, ...]) -> None:
    """Warn of every entry that nothing reads and that is no output, once per place and use."""
    read = binder.placer.used.union(outputs)
    for node in binder.placer.nodes:
        if node.name in read:
            continue
        message = _("nothing uses {name}, and it is no output").format(name=node.name)
        related = tuple(Related(_("used here"), use) for use in node.uses)
        key = ("W201", node.span, node.uses)
        help = _("name it under outputs:, or take it out")
        if len(binder.problems.found) >= MOST:
            return
        binder.problems.found.setdefault(key, Diagnostic("W201", message, node.span, help, related))
