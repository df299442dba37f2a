"""A command with a help option of our own.

Pitfall: click's own help and version options ask gettext for their sentences on every run, and that loads `locale`: a
fiftieth of a plain table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from ..text import N_
from ._words import Worded

Function = Callable[..., Any]


def _show(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


help_option: Callable[[Function], Function] = click.option(
    "-h",
    "--help",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show,
    help=N_("Show this help."),
)


def verb(name: str) -> Callable[[Function], click.Command]:
    """Make a function the command `name`."""

    def decorate(function: Function) -> click.Command:
        command: click.Command = click.command(name, cls=Worded, add_help_option=False)(help_option(function))
        return command

    return decorate
