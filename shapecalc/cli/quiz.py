"""`shapecalc quiz`: a worksheet of a network with cells blank, its key, and variants for a class."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from ..text import _
from ._options import complete_specs, select, selection
from ._output import complain, emit, format_of, global_options, remark, write, writing
from ._verb import verb

if TYPE_CHECKING:
    from ..homework.quiz.sheets import Maker
    from ..report.quiz import Quiz

FORMATS = ("table", "plain", "json", "jsonl", "csv", "tsv", "markdown", "latex", "html", "notebook", "moodle", "gift",
           "cloze", "text2qti", "jupyterquiz")  # fmt: skip


@verb("quiz")
@click.argument("spec", metavar="SPEC", shell_complete=complete_specs)
@click.option(
    "--blank",
    metavar="LIST",
    help=_("What is asked: columns, rows and cells: params,conv2.output_shape,fc1."),
)
@click.option(
    "--rate",
    type=click.FloatRange(0, 1, min_open=True),
    metavar="R",
    help=_("Share of these cells that is blank, drawn by the seed; 0.5 of all cells by default."),
)
@click.option(
    "--seed", type=int, default=0, metavar="N", help=_("Other draws: of blanks, variants and choices.")
)
@click.option(
    "--columns",
    metavar="LIST",
    help=_("Columns of the sheet; output_shape,activations,params and those of --blank by default."),
)
@click.option(
    "--choices", type=click.IntRange(2, 10), metavar="N", help=_("Multiple choice: N answers to each blank.")
)
@click.option("--key", metavar="FILE", help=_("Write the key, a spec that grades the sheet."))
@click.option(
    "--solution",
    "solutions",
    metavar="FILE",
    multiple=True,
    help=_("Write the sheet with its answers; the suffix says the format. Again for more."),
)
@click.option(
    "--variants",
    type=click.IntRange(1, 9999),
    metavar="N",
    help=_("N sheets with other numbers, into -o FOLDER."),
)
@click.option(
    "--students",
    metavar="FILE",
    help=_("A sheet with other numbers for each student of a CSV, into -o FOLDER."),
)
@click.option(
    "--asserts", is_flag=True, help=_("In a notebook: cells with hidden tests for nbgrader (for teachers).")
)
@select
@click.option("-o", "--output", metavar="FILE", help=_("Write to FILE, or variants to this FOLDER."))
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), help=_("Format; the file's suffix says it, too.")
)
def command(spec: str, **options: Any) -> int:
    """Make a worksheet of a network: its table with blanks, what was counted in words, and a key that marks it.

    \b
    shapecalc quiz lenet5 --rate 0.4 --seed 7 --key key.yaml -o sheet.md
    shapecalc quiz vgg16 --blank params,fc6.output_shape --choices 4 --format gift -o vgg16.gift
    shapecalc quiz lenet5 --students roster.csv --format csv -o sheets
    """
    maker = _maker(spec, options)
    if options["variants"] or options["students"]:
        return _class(maker, options)
    format = _format(options["format_"], options["output"])
    made = maker.one()
    _warn(maker)
    _emit(made.quiz, options, format)
    if options["key"]:
        write(made.key, options["key"])
    for path in options["solutions"]:
        _emit(made.quiz._replace(filled=True), {**options, "output": path}, _format(None, path))
    return 0


def _maker(spec: str, options: dict[str, Any]) -> Maker:
    """Everything about the network and the request, checked."""
    from ..api import compute, parse_overrides, read
    from ..homework.quiz.make import Wish
    from ..homework.quiz.sheets import Maker, Request
    from ..render.quiz import PLATFORMS, SUFFIXES

    chosen = selection(options)
    if chosen.batch != 1:
        raise UsageError(_("a worksheet is for one sample"), _("leave --batch out"))
    wish = Wish(options["blank"] or "", options["rate"], _columns(options), options["seed"])
    suffix = os.path.splitext(options["output"] or "")[1].lower()
    slips = (options["format_"] or SUFFIXES.get(suffix)) in PLATFORMS
    dtype = None if chosen.dtype == "fp32" else chosen.dtype
    request = Request(wish, options["choices"] or 0, slips, chosen.layout, dtype)
    plan = read(spec)
    answer = compute(plan, chosen)
    complain([*answer.warnings, *answer.unmet])
    return Maker(answer.bound, request, parse_overrides(chosen))


def _columns(options: dict[str, Any]) -> tuple[str, ...]:
    """The columns of --columns; FLOPs for MACs where that convention was asked for."""
    from ..homework.quiz.blanks import columns_named

    columns = columns_named(options["columns"]) if options["columns"] else ()
    if options["convention"] == "flops":
        columns = tuple("flops" if column == "macs" else column for column in columns)
    return columns


def _class(maker: Maker, options: dict[str, Any]) -> int:
    """A sheet and a key for each student, all made before the first is written."""
    from ..homework.quiz.roster import file_name, numbered
    from ..render.quiz import ENDING, POOLS

    folder = options["output"]
    if not folder or folder == "-" or options["key"]:
        said = _("variants go into a folder, each with its key")
        raise UsageError(said, "--variants 30 --format markdown -o sheets")
    format = options["format_"] or "markdown"
    names = _roster(options["students"]) if options["students"] else numbered(options["variants"])
    made = list(maker.each(names))
    _warn(maker)
    files = {}
    for student, one in made:
        name = file_name(student)
        files[f"sheets/{name}{ENDING[format]}"] = _text([one.quiz], options, format)
        files[f"keys/{name}.yaml"] = one.key
        for path in options["solutions"]:
            suffix = os.path.splitext(path)[1]
            text = _text([one.quiz._replace(filled=True)], options, _format(None, path))
            files[f"solutions/{name}{suffix}"] = text
    if format in POOLS:
        files[f"questions{ENDING[format]}"] = _text([one.quiz for _student, one in made], options, format)
    from ._files import write_folder

    with writing(folder):
        write_folder(folder, files)
    for column in maker.alike([one for _student, one in made]):
        remark(
            _("nothing that the column {name} depends on could be changed for every student").format(
                name=column
            )
        )
    remark(
        _("{n} sheets are in {folder}/sheets, their keys in {folder}/keys").format(n=len(made), folder=folder)
    )
    return 0


def _roster(path: str) -> list[str]:
    """The students of a file, or of standard input."""
    from .. import catalogue
    from ..homework.quiz.roster import students

    return students(catalogue.text(path), path)


def _warn(maker: Maker) -> None:
    """Say where a cell that is shown gives a blank away."""
    from ..homework.quiz.make import given_away

    cells = given_away(maker.draft)
    if cells:
        listed = ", ".join(f"{row}.{column}" for row, column in cells[:5]) + (", …" if len(cells) > 5 else "")
        remark(_("a blank is given away by what is shown in {cells}").format(cells=listed))


def _format(format: str | None, path: str | None) -> str:
    """The format asked for, else the file suffix's, else what suits the stream."""
    from ..render.quiz import SUFFIXES

    return format_of(format, path, SUFFIXES)


def _emit(quiz: Quiz, options: dict[str, Any], format: str) -> None:
    from ..render.quiz import render_quiz

    emit([quiz._replace(asserts=options["asserts"])], options, format, render_quiz)


def _text(quizzes: Sequence[Quiz], options: dict[str, Any], format: str) -> str:
    from ..render.quiz import render_quiz

    marked = [quiz._replace(asserts=options["asserts"]) for quiz in quizzes]
    return render_quiz(
        marked, format, units=options["units"], ascii=global_options().ascii, width=80, color="never"
    )
