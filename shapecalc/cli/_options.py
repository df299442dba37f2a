"""Options that several commands share: SELECT, how a network is computed, and OUT, where its answer goes.

Pitfall: `--input` may be one shape, or `name=shape` for a network with several inputs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import click

from ..api import MAX_BATCH, Selection
from ..errors import UsageError
from ..report.table import DTYPES
from ..text import _

FORMATS = ("table", "plain", "json", "jsonl", "csv", "tsv", "markdown", "latex", "html")
UNITS = ("exact", "si", "zh")
Command = Callable[..., Any]


def complete_specs(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Built-in names and files, for a shell."""
    from click.shell_completion import CompletionItem

    from .. import catalogue

    return [
        *(CompletionItem(n) for n in catalogue.names() if n.startswith(incomplete)),
        CompletionItem(incomplete, type="file"),
    ]


def specs(function: Command) -> Command:
    """SPEC..., one or more."""
    return click.argument("specs", metavar="SPEC...", nargs=-1, required=True, shell_complete=complete_specs)(
        function
    )


def select(function: Command) -> Command:
    """SELECT: how the network is computed."""
    options = [
        click.option(
            "--set",
            "settings",
            metavar="NAME=EXPR",
            multiple=True,
            help=_(
                "Change a parameter of the spec, or an option of a layer (conv1.filters); again for more."
            ),
        ),
        click.option(
            "--input",
            "inputs",
            metavar="SHAPE",
            multiple=True,
            help=_("Another input shape, 224x224x3; name=SHAPE where there are several."),
        ),
        click.option(
            "--symbolic",
            metavar="NAMES",
            help=_("Carry these as letters: parameters, or axes of the input (H,W)."),
        ),
        click.option(
            "--batch",
            default="1",
            metavar="N",
            help=_("Samples in a batch, or a letter; multiplies activations, MACs and bytes."),
        ),
        click.option(
            "--layout",
            type=click.Choice(("HWC", "CHW")),
            help=_("Order of axes in what is shown; the file's by default."),
        ),
        click.option(
            "--dtype",
            type=click.Choice(tuple(DTYPES)),
            default="fp32",
            help=_("Type of a number, for bytes."),
        ),
        click.option(
            "--units", type=click.Choice(UNITS), default="exact", help=_("138,357,544, 138.4M or 1.38亿.")
        ),
        click.option(
            "--convention",
            type=click.Choice(("macs", "flops")),
            default="macs",
            help=_("Show MACs, or FLOPs = 2 × MACs."),
        ),
    ]
    for option in reversed(options):
        function = option(function)
    return function


def out(function: Command) -> Command:
    """OUT: the format of the answer, and where it goes."""
    return out_as(*FORMATS)(function)


def out_as(*formats: str) -> Callable[[Command], Command]:
    """OUT with these formats."""

    def decorate(function: Command) -> Command:
        function = click.option(
            "-o",
            "--output",
            metavar="FILE",
            help=_("Write to FILE; its suffix says the format."),
        )(function)
        return click.option(
            "--format",
            "format_",
            type=click.Choice(formats),
            help=_("Format; a table on a terminal, plain on a pipe."),
        )(function)

    return decorate


def selection(options: dict[str, Any]) -> Selection:
    """What SELECT's options say; raises UsageError for one that is not name=value."""
    symbolic = tuple(name for part in (options["symbolic"] or "").split(",") if (name := part.strip()))
    settings = dict(_pair(text, "--set") for text in options["settings"])
    inputs = dict(_named(text) for text in options["inputs"])
    return Selection(
        settings, inputs, _batch(options["batch"]), options["layout"], options["dtype"], symbolic
    )


def _batch(text: str) -> int | str:
    """A number of samples, or the letter for it."""
    if re.fullmatch(r"[A-Z][0-9]*", text):
        return text
    if not re.fullmatch(r"[0-9]{1,10}", text) or not 1 <= int(text) <= MAX_BATCH:
        message = _("--batch is a whole number from 1 to {most}, or a letter, not {text}")
        raise UsageError(message.format(most=f"{MAX_BATCH:,}", text=text), "--batch 32")
    return int(text)


def _pair(text: str, option: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise UsageError(_("{option} wants NAME=VALUE, not {text}").format(option=option, text=text))
    return name.strip(), value


def _named(text: str) -> tuple[str, str]:
    match = re.fullmatch(r"\s*([\w-]+)\s*=(.*)", text, re.DOTALL)
    return (match[1], match[2]) if match else ("input", text)
