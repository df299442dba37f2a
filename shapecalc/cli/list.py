"""`shapecalc list`: the networks that come with the program."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

import click

from ..text import _
from ._options import UNITS, out
from ._output import emit, format_of
from ._verb import verb


@verb("list")
@click.argument("pattern", required=False)
@click.option("--long", is_flag=True, help=_("With parameters, MACs and input shape of each."))
@click.option("--units", type=click.Choice(UNITS), default="exact", help=_("138,357,544, 138.4M or 1.38亿."))
@out
def command(pattern: str | None, long: bool, format_: str | None, **options: Any) -> int:
    """List the built-in networks.

    \b
    shapecalc list
    shapecalc list 'resnet*' --long
    """
    from ..analysis.listing import listing

    format = format_of(format_, options["output"])
    chosen = pattern if pattern is None or any(c in pattern for c in "*?[") else f"*{pattern}*"
    found = listing(lambda name: chosen is None or fnmatchcase(name.lower(), chosen.lower()), long)
    emit([found], options, format)
    return 0 if found.rows else 1
