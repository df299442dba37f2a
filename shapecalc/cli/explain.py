"""`shapecalc explain`: every number of a network or a layer, step by step."""

from __future__ import annotations

from typing import Any

import click

from ..text import _
from ._options import complete_specs, out, select, selection
from ._output import emit, format_of
from ._verb import verb
from ._work import Work


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Names of the network's layers and blocks, for a shell."""
    from ..analysis.explain_network import names
    from ..api import compute, read
    from ..errors import ShapecalcError

    try:
        known = names(compute(read(ctx.params.get("spec") or "")).table)
    except ShapecalcError:
        return []
    return [name for name in known if name.startswith(incomplete)]


@verb("explain")
@click.argument("spec", metavar="SPEC", shell_complete=complete_specs)
@click.argument("layer", metavar="[LAYER]", required=False, shell_complete=_complete)
@select
@click.option(
    "--quantity",
    "quantities",
    metavar="LIST",
    help=_(
        "Only these, with what they need: output_shape, params, macs, ops.add, connections, receptive_field …"
    ),
)
@out
def command(spec: str, layer: str | None, format_: str | None, **options: Any) -> int:
    """Show how every number comes about: the formula, the numbers put in, the value, and where people stumble.

    \b
    shapecalc explain alexnet conv1
    shapecalc explain resnet50 stage1.bottleneck1 --format markdown
    shapecalc explain my-net.yaml fc1 --quantity params
    """
    from ..analysis.explain_network import explain

    format = format_of(format_, options["output"])
    wanted = _quantities(options["quantities"])
    work = Work().run((spec,), selection(options))
    flops = options["convention"] == "flops"
    documents = [explain(answer.table, layer, quantities=wanted, flops=flops) for answer in work.answers]
    if documents or format.startswith("json"):
        emit(documents or work.documents, options, format)
    return work.finish()


def _quantities(text: str | None) -> tuple[str, ...]:
    """The names of a comma-separated list; raises UsageError for one there is not."""
    if not text:
        return ()
    from ..analysis.explain import known

    return known(name.strip() for name in text.split(",") if name.strip())
