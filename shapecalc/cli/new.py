"""`shapecalc new`: a spec of your own to begin with."""

from __future__ import annotations

import os
import re

import click

from .. import catalogue
from ..errors import UsageError
from ..text import _
from ._options import complete_specs
from ._output import remark, write
from ._verb import verb


@verb("new")
@click.argument("name")
@click.option(
    "--from",
    "origin",
    default="lenet5",
    metavar="SPEC",
    shell_complete=complete_specs,
    help=_("The network to begin with; lenet5 by default."),
)
def command(name: str, origin: str) -> None:
    """Begin a spec NAME.yaml as a copy of a network; an existing file is never overwritten.

    \b
    shapecalc new my-net
    shapecalc new wider --from resnet18
    """
    path = name if name.endswith(catalogue.SUFFIXES) else f"{name}.yaml"
    if os.path.exists(path):
        raise UsageError(
            _("{path} is there already").format(path=path), _("take another name, or move it away")
        )
    text = catalogue.source(origin).text
    title = os.path.splitext(os.path.basename(path))[0]
    text, found = re.subn(r"(?m)^name:.*$", lambda m: f"name: {title}", text, count=1)
    write(text if found else f"name: {title}\n{text}", path)
    remark(_("{path} is yours; see it with: shapecalc table {path}").format(path=path))
