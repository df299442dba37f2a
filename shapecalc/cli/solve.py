"""`shapecalc solve`: the question turned round: which setting, size or parameter gives the result that is wanted."""

from __future__ import annotations

import sys
import time
from typing import Any

import click

from ..errors import UsageError
from ..text import _
from ._options import complete_specs, out, select, selection
from ._output import emit, format_of, global_options, remark
from ._ranges import ranges
from ._verb import verb

LETTERS = ("n", "f", "s", "p", "d", "out")


@verb("solve")
@click.argument("spec", metavar="[SPEC]", required=False, shell_complete=complete_specs)
@click.option("--n", metavar="N", help=_("Input size: 224, or an axis each: 224x320."))
@click.option("--f", metavar="F", help=_("Filter or window size."))
@click.option("--s", metavar="S", help=_("Stride."))
@click.option("--p", metavar="P", help=_("Padding on each side, or valid, same, same_lower, full, keep."))
@click.option("--d", metavar="D", help=_("Dilation; 1 where it is not given, unknown asks for it."))
@click.option("--out", "--m", "out", metavar="M", help=_("Output size."))
@click.option(
    "--max", "most", type=click.IntRange(1, 10**6), default=512, help=_("How far unknowns are tried.")
)
@click.option("--exact", is_flag=True, help=_("Only what divides without remainder."))
@click.option(
    "--rounding", type=click.Choice(("floor", "ceil")), default="floor", help=_("Rounding of the division.")
)
@click.option("--transposed", is_flag=True, help=_("Of a transposed convolution."))
@click.option(
    "--output-padding",
    type=click.IntRange(0, 10**6),
    default=0,
    help=_("Its output padding; with --transposed."),
)
@click.option(
    "--for",
    "ranges",
    metavar="NAME=LO:HI[:STEP]",
    multiple=True,
    help=_(
        "Run a parameter, a layer's option, a symbol or an axis of the input through a range, both ends included."
    ),
)
@click.option(
    "--where", metavar="EXPR", help=_("What must hold, such as 'stage4.H == 7' or 'params <= 5e6'.")
)
@select
@out
def command(spec: str | None, format_: str | None, most: int, exact: bool, **options: Any) -> int:
    """Solve for whatever is not given of a window, or for what is unknown in a spec.

    \b
    shapecalc solve --n 63 --f 7 --s 1 --out 63     which padding keeps 63 with a 7×7 filter?
    shapecalc solve --n 227 --f 11 --p 0 --out 55   which stride?
    shapecalc solve --f 3 --s 2 --p 1 --out 7       which inputs give 7?
    shapecalc solve --n 224 --out 112               which F, S and P halve 224?
    shapecalc solve resnet50 --for H=1:512 --where "stage4.H == 7"
    shapecalc solve my-net.yaml                     fills every `unknown` from what is expected
    """
    format = format_of(format_, options["output"])
    given = {name: options.pop(name) for name in LETTERS}
    if spec is None:
        if options["ranges"] or options["where"]:
            raise UsageError(
                _("--for and --where are about a network"), _("name it: shapecalc solve resnet50 …")
            )
        found = _window(given, most, exact, options)
    else:
        if wrong := [name for name in LETTERS if given[name] is not None]:
            message = _("--{name} asks for one window, and {spec} is a network").format(
                name=wrong[0], spec=spec
            )
            raise UsageError(message, _("ask one of the two"))
        found = _network(spec, most, exact, options)
    emit([found._replace(whole=format in ("csv", "tsv"))], options, format)
    return 0 if found.ok else 1


def _window(given: dict[str, Any], most: int, exact: bool, options: dict[str, Any]) -> Any:
    """One window, from the letters that were given."""
    from ..analysis.solve import solve

    rounding, transposed, extra = (options[name] for name in ("rounding", "transposed", "output_padding"))
    return solve(
        **given, max=most, exact=exact, rounding=rounding, transposed=transposed, output_padding=extra
    )


def _network(spec: str, most: int, exact: bool, options: dict[str, Any]) -> Any:
    """A network: its blanks, or names run through ranges."""
    from ..api import read
    from ..api.windows import solve_spec

    chosen, axes = selection(options), ranges(options["ranges"], "--for", 10**6)
    plan = read(spec)
    with Progress(spec) as progress:
        return solve_spec(plan, chosen, axes, options["where"], exact=exact, most=most, progress=progress.show, remark=remark)  # fmt: skip


class Progress:
    """A line on stderr that counts trials, where somebody is looking."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.shown = sys.stderr.isatty() and not global_options().quiet
        self.next = 0.0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.shown and self.next:
            sys.stderr.write("\r\x1b[K")

    def show(self, done: int, _steps: int) -> None:
        """Say how many were tried, ten times a second."""
        if self.shown and time.monotonic() >= self.next:
            self.next = time.monotonic() + 0.1
            sys.stderr.write("\r\x1b[K" + _("{name}: {n} tried").format(name=self.label, n=done))
            sys.stderr.flush()
