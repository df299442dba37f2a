"""`shapecalc check`: every mistake, unmet expectation and warning of files and folders of specs."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from .. import catalogue
from ..api import compute
from ..errors import Diagnostic, SpecError, UsageError
from ..spec import load
from ..text import _
from ._output import session, write

FORMATS = ("full", "concise", "json", "github", "sarif", "junit")


@click.command("check")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=str)
@click.option("--strict", is_flag=True, help=_("Let warnings fail, too."))
@click.option("--output-format", type=click.Choice(FORMATS), default="full", help=_("How findings are printed."))
@click.option("-o", "--output", metavar="FILE", help=_("Write to FILE."))
def command(paths: tuple[str, ...], strict: bool, output_format: str, output: str | None) -> None:
    """Check specs: their form, shapes, expectations and published figures.

    \b
    shapecalc check my-net.yaml
    shapecalc check architectures/ --output-format github
    """
    from ..render import render_findings, wants_color

    files = [file for path in paths for file in _files(path)]
    found = [d for file in files for d in findings(file)]
    said = session()
    shown = [d for d in found if not (said.quiet and d.severity == "warning")]
    color = output is None and wants_color(said.color)
    text = render_findings(shown, output_format, files=files, ascii=said.ascii, color=color)
    if output_format == "full" and not shown:
        text = _("{n} specs, no findings").format(n=len(files)) + "\n"
    write(text, output)
    sys.exit(int(any(strict or d.severity == "error" for d in found)))


def _files(path: str) -> list[str]:
    """The specs of a path: itself, or all the YAML files below a folder. Raises UsageError for nothing."""
    if not os.path.isdir(path):
        return [path]
    found = [os.path.join(root, name) for root, _dirs, names in os.walk(path) for name in names if name.endswith(catalogue.SUFFIXES)]
    if not found:
        raise UsageError(_("there is no spec in {path}").format(path=path))
    return sorted(found)


def findings(path: str) -> list[Diagnostic]:
    """Everything to be said about one spec."""
    source = catalogue.source(path)
    try:
        answer = compute(load(source, catalogue.base))
    except SpecError as error:
        return error.diagnostics
    except UsageError as error:
        return [Diagnostic("SC211", str(error), None, error.help)]
    return [*answer.warnings, *answer.unmet]
