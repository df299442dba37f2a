"""`shapecalc table`: every layer's output shape, parameters, MACs and activations."""

from __future__ import annotations

from typing import Any

import click

from ..report.table import View
from ..text import _
from ._options import out, select, selection, specs
from ._output import emit, format_of
from ._verb import verb
from ._work import Work

WIDE = 110
"""Columns of a terminal from which a share of the parameters is drawn as a bar."""


@verb("table")
@specs
@select
@click.option(
    "--depth",
    type=click.IntRange(min=1),
    metavar="N",
    help=_("Fold blocks deeper than N names into one row with their sum."),
)
@click.option("--columns", metavar="LIST", help=_("Columns by JSON path, separated by commas; or all."))
@click.option(
    "--formulas", is_flag=True, help=_("Show the formulas behind the numbers, with the numbers put in.")
)
@out
def command(specs: tuple[str, ...], format_: str | None, **options: Any) -> int:
    """Print the shape table of networks.

    \b
    shapecalc table vgg16
    shapecalc table resnet50 --set conv4=23 --depth 1
    shapecalc table lenet5 --set conv1.filters=12
    shapecalc table my-net.yaml --input 256x256x3 --format markdown
    """
    format = format_of(format_, options["output"])
    work = Work().run(specs, selection(options), _view(options, format))
    if work.answers or len(work.documents) > 1 or format.startswith("json"):
        emit(work.documents, options, format)
    return work.finish()


def _view(options: dict[str, Any], format: str) -> View:
    from ..report.columns import choose

    return View(
        columns=choose(options["columns"]) if options["columns"] else (),
        depth=options["depth"],
        formulas=options["formulas"],
        flops=options["convention"] == "flops",
        data=format in ("csv", "tsv"),
        share=format == "table" and _has_room(),
    )


def _has_room() -> bool:
    """Whether a bar fits beside the numbers."""
    from shutil import get_terminal_size

    return get_terminal_size().columns >= WIDE
