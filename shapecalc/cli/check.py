"""`shapecalc check`: every mistake, unmet expectation and warning of files and folders of specs."""

from __future__ import annotations

import os

import click

from .. import catalogue
from ..api import Answer, compute, read
from ..errors import Diagnostic, SpecError, UsageError
from ..text import _, ngettext
from ._output import global_options, remark, write
from ._verb import verb
from ._work import problems

FORMATS = ("full", "concise", "json", "github", "sarif", "junit")


@verb("check")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--strict", is_flag=True, help=_("Let warnings fail, too."))
@click.option(
    "--output-format", type=click.Choice(FORMATS), default="full", help=_("How findings are printed.")
)
@click.option("-o", "--output", metavar="FILE", help=_("Write to FILE."))
def command(paths: tuple[str, ...], strict: bool, output_format: str, output: str | None) -> int:
    """Check specs: their form, shapes, expectations and published figures.

    \b
    shapecalc check my-net.yaml
    shapecalc check architectures/ --output-format github
    """
    from ..render import render_findings, wants_color

    files = list(dict.fromkeys(file for path in paths for file in _files(path)))
    found = [d for file in files for d in findings(file)]
    said = global_options()
    shown = [d for d in found if strict or not said.quiet or d.severity == "error"]
    color = output is None and wants_color(said.color)
    text = render_findings(shown, output_format, files=files, ascii=said.ascii, color=color)
    if output_format == "full" and not shown:
        text = (
            ngettext("{n} spec, no findings", "{n} specs, no findings", len(files)).format(n=len(files))
            + "\n"
        )
    write(text, output, json=output_format in ("json", "sarif"))
    failed = any(strict or d.severity == "error" for d in found)
    return 2 if any(d.code == "SC001" for d in found) else int(failed)


def _files(path: str) -> list[str]:
    """The specs of a path: itself, or all the YAML files below a folder. Raises UsageError for nothing."""
    if not os.path.isdir(path):
        return [path]
    found = []
    for root, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [os.path.join(root, name) for name in sorted(names) if name.endswith(catalogue.SUFFIXES)]
    if not found:
        raise UsageError(_("there is no spec in {path}").format(path=path))
    return found


def findings(path: str) -> list[Diagnostic]:
    """Everything to be said about one spec."""
    try:
        answer = compute(read(path))
    except (SpecError, UsageError) as error:
        return problems(error)
    if answer.unchecked:
        remark(_("{path}: expectations of numbers that depend on letters were not checked").format(path=path))
    return [*answer.warnings, *answer.unmet, *_grading(answer)]


def _grading(answer: Answer) -> list[Diagnostic]:
    """What is wrong with `grading:` that only a bound network shows: a row or a slip that is not there."""
    if answer.bound.plan.grading is None:
        return []
    from ..homework.credits import unknown_slips
    from ..homework.key import make_key

    found = unknown_slips(answer.bound.plan.grading)
    try:
        make_key(answer.bound.graph, answer.bound.plan.grading)
    except SpecError as error:
        found += error.diagnostics
    return found
