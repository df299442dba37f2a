"""`shapecalc expand`: blocks, parameters and repeats written out, as a spec again."""

from __future__ import annotations

from typing import Any

import click

from ..text import _
from ._options import complete_specs, select, selection
from ._output import write
from ._verb import verb
from ._work import Work


@verb("expand")
@click.argument("spec", metavar="SPEC", shell_complete=complete_specs)
@select
@click.option("-o", "--output", metavar="FILE", help=_("Write to FILE."))
def command(spec: str, output: str | None, **options: Any) -> int:
    """Write a spec out: no blocks, no parameters, no repeats; the same rows under the same names.

    \b
    shapecalc expand resnet50 --set conv4=1 -o small.yaml
    """
    from ..engine.expand import expand

    work = Work().run([spec], selection(options), numbers=True)
    for answer in work.answers:
        write(expand(answer.bound), output)
    return work.finish()
