"""`shapecalc compare`: totals side by side, with the ratio to the first."""

from __future__ import annotations

from typing import Any

import click

from ..errors import UsageError
from ..text import _
from ._options import complete_specs, out, select, selection, specs
from ._output import emit, format_of
from ._verb import verb
from ._work import Work


@verb("compare")
@specs
@click.option(
    "--baseline",
    metavar="SPEC",
    shell_complete=complete_specs,
    help=_("The one that ratios are over; the first by default."),
)
@click.option(
    "--scan",
    metavar="NAME=LO:HI[:STEP]",
    multiple=True,
    help=_("Compute each spec that has this parameter for every value, both ends included."),
)
@select
@out
def command(
    specs: tuple[str, ...], baseline: str | None, scan: tuple[str, ...], format_: str | None, **options: Any
) -> int:
    """Compare what architectures cost.

    \b
    shapecalc compare inception_naive_5x5 inception_bottleneck_5x5
    shapecalc compare alexnet vgg16 googlenet resnet50 --units si
    shapecalc compare resnet50 --scan conv4=6:36:6
    """
    from ..report.comparison import compare
    from ._ranges import ranges

    format = format_of(format_, options["output"])
    chosen, axes = selection(options), ranges(scan, "--scan")
    if len({*specs, baseline} - {None}) < 2 and len(specs) < 2 and not axes:
        raise UsageError(_("compare takes two specs or more"), "shapecalc compare alexnet vgg16")
    work = Work().scan(specs, chosen, axes) if axes else Work().run(specs, chosen)
    if baseline and baseline not in work.labels:
        work.first(Work().run([baseline], chosen))
    entries = [
        (label, label if " " in label and label not in specs else document.name, document)
        for label, document in zip(work.labels, work.documents)
    ]
    place = work.labels.index(baseline) if baseline else 0
    if work.answers or format.startswith("json"):
        flops, whole = options["convention"] == "flops", format in ("csv", "tsv")
        emit([compare(entries, place, flops, whole)], options, format)
    return work.finish()
