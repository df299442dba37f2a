"""`shapecalc slips`: the usual slips by their ids, with an example each; one of them at length."""

from __future__ import annotations

from typing import Any

import click

from ._options import out
from ._output import emit, format_of
from ._verb import verb


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from ..homework.slips import slips

    return [name for name in slips() if name.startswith(incomplete)]


@verb("slips")
@click.argument("name", metavar="[ID]", required=False, shell_complete=_complete)
@out
def command(name: str | None, format_: str | None, **options: Any) -> None:
    """List the usual slips that `grade` names, or show one with its hint.

    \b
    shapecalc slips
    shapecalc slips no_bias
    """
    from ..homework.slip_pages import index, page

    document: Any = index() if name is None else page(name)
    emit([document], options, format_of(format_, options["output"]))
