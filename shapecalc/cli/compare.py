"""`shapecalc compare`: totals side by side, with the ratio to the first."""

from __future__ import annotations

import sys
from typing import Any

import click

from ..errors import UsageError
from ..text import _
from ._options import out, select, selection, specs
from ._output import emit, format_of
from ._verb import verb
from ._work import Work


@verb("compare")
@specs
@click.option("--baseline", metavar="SPEC", help=_("The one that ratios are over; the first by default."))
@select
@out
def command(specs: tuple[str, ...], baseline: str | None, format_: str | None, **options: Any) -> None:
    """Compare what architectures cost.

    \b
    shapecalc compare inception_naive_5x5 inception_bottleneck_5x5
    shapecalc compare alexnet vgg16 googlenet resnet50 --units si
    """
    from ..report.comparison import compare

    chosen = [*specs] if baseline is None or baseline in specs else [baseline, *specs]
    if len(chosen) < 2:
        raise UsageError(_("compare takes two specs or more"), "shapecalc compare alexnet vgg16")
    work = Work().run(chosen, selection(options))
    labels = [spec for spec, _answer in work.answers]
    if not work.answers or (baseline or chosen[0]) not in labels:
        sys.exit(work.finish())
    tables = [(spec, answer.table) for spec, answer in work.answers]
    emit(
        [compare(tables, labels.index(baseline or chosen[0]))], options, format_of(format_, options["output"])
    )
    sys.exit(work.finish())
