"""`shapecalc layers`: what layers there are; each one's options, shape rule and formulas."""

from __future__ import annotations

from typing import Any

import click

from .. import layers
from ..errors import UsageError, meant
from ..text import _
from ._options import out
from ._output import emit, format_of
from ._verb import verb


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    return [word for word in layers.words() if word.startswith(incomplete)]


@verb("layers")
@click.argument("name", required=False, shell_complete=_complete)
@out
def command(name: str | None, format_: str | None, **options: Any) -> None:
    """List the layers, or show the page of one.

    \b
    shapecalc layers
    shapecalc layers conv
    """
    from ..analysis.layer_pages import index, page

    if name is None:
        document: Any = index()
    else:
        layer = layers.load(name)
        if layer is None:
            message = _("there is no layer {word}").format(word=name)
            near = layers.find(name)
            raise UsageError(message, meant(near) if near else None)
        document = page(layer)
    emit([document], options, format_of(format_, options["output"]))
