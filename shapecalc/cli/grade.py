"""`shapecalc grade`: mark one sheet of answers or a whole class against a key, and say why a value is wrong."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from ..errors import UsageError
from ..report.grades import REVEAL, CellList, Grades, Style
from ..text import _, ngettext
from ._left_out import lateness, left_out
from ._options import FORMATS, complete_specs, out_as, select, selection
from ._output import complain, emit, format_of, global_options, remark
from ._progress import Progress
from ._verb import verb

FEW = 5
"""Sheets up to which each is printed; of more, the class alone."""
STEP = 50
"""Hand-ins after which the line of progress is written anew."""
DATA = ("json", "jsonl", "csv", "tsv", "gradescope")


@verb("grade")
@click.argument("key", metavar="KEY", shell_complete=complete_specs)
@click.argument("answers", metavar="ANSWERS...", nargs=-1, type=click.Path())
@click.option("--strict", is_flag=True, help=_("Exit with 1 where a sheet has less than full marks."))
@click.option(
    "--reveal",
    type=click.Choice(REVEAL),
    help=_("Tell right values: never, of wrong cells, or with every working."),
)
@click.option(
    "--hints", is_flag=True, help=_("Say how to find a slip, and neither the slip nor the right value.")
)
@click.option("--no-ft", is_flag=True, help=_("No marks for a right step on a wrong earlier value."))
@click.option(
    "--repeat-errors",
    type=click.Choice(("each", "once")),
    default="each",
    help=_("Charge a slip each time, or once a sheet."),
)
@click.option(
    "--tolerance", metavar="1%", help=_("Accept numbers that are this near, where the key says nothing.")
)
@click.option(
    "--encoding",
    metavar="NAME",
    help=_("Encoding of the answers: utf-8 by default, gb18030 for a Chinese Excel's."),
)
@click.option(
    "--id-pattern",
    metavar="REGEX",
    help=_("Take the student from a file's path: the group `id`, or the first one."),
)
@click.option("--assignment", metavar="NAME", help=_("Read this assignment of a tree of several."))
@click.option(
    "--check-key", is_flag=True, help=_("ANSWERS are published values: say which of them are wrong.")
)
@click.option(
    "--gradebook",
    metavar="FILE",
    help=_("Fill this Canvas, Moodle or nbgrader file (gradebook.db, too), or write a new CSV."),
)
@click.option("--column", metavar="NAME", help=_("The gradebook's column or assignment to fill."))
@click.option(
    "--dry-run", is_flag=True, help=_("Say which marks would change; write no gradebook and no page.")
)
@click.option(
    "--overrides", metavar="FILE", help=_("Marks given by hand: a CSV of student, cell, marks, reason.")
)
@click.option(
    "--compare", metavar="OLD.json", help=_("Say which marks changed since this run of --format json.")
)
@click.option("--anonymous", is_flag=True, help=_("Put letters for names, everywhere."))
@click.option("--salt", metavar="TEXT", help=_("Keep the letters of --anonymous from run to run."))
@click.option("--bom", is_flag=True, help=_("Begin a new gradebook with a byte-order mark, for Excel."))
@click.option(
    "--feedback",
    metavar="DIR",
    help=_("Write a page for every student into DIR, or into a FILE.zip that Moodle takes."),
)
@click.option(
    "--feedback-format",
    type=click.Choice(("html", "markdown")),
    help=_("Format of the pages; both by default, and html in a zip."),
)
@select
@out_as(*FORMATS, "gradescope")
def command(key: str, answers: tuple[str, ...], format_: str | None, **options: Any) -> int:
    """Mark answers against a key: a spec, with `grading:` in it or not, or a file of problems.

    \b
    shapecalc grade lenet.yaml mei.csv
    shapecalc grade key.yaml submissions/ --gradebook canvas.csv --feedback pages/
    shapecalc grade key.yaml submission/ --format gradescope -o results/results.json
    shapecalc grade key.yaml lecture-table.md --check-key
    shapecalc grade problems.yaml answers.csv
    shapecalc grade sheets/keys hand-ins/
    """
    from ..api.grading import answer_key, answer_keys

    if not answers and not options["check_key"]:
        raise UsageError(
            _("there are no answers to mark"),
            _("name files or folders: shapecalc grade key.yaml submissions/"),
        )
    many = format_ == "gradescope"
    format = format_ if many and format_ else format_of(format_, options["output"])
    reveal = options["reveal"] or ("never" if format == "gradescope" or options["hints"] else "wrong")
    style = Style(reveal, options["hints"], global_options().ascii)
    if not os.path.isdir(key) and (file := _problems(key)) is not None:
        from ._problems import command as of_problems

        return of_problems(file, answers, options, format, style)
    flops = {"cost": "flop"} if options["convention"] == "flops" else {}
    whole = format == "gradescope" and not _is_folder(options["output"])
    options["called"] = (os.path.splitext(os.path.basename(key))[0],)
    if os.path.isdir(key):
        if options["check_key"]:
            raise UsageError(_("{path} is a folder").format(path=key), _("--check-key checks one key"))
        keys = answer_keys(key, selection(options), flops)
        grades = marked(keys, answers, options, style, whole)
        return finish(grades, answers, options, format, style, students=keys.students)
    made = answer_key(key, selection(options), flops)
    complain([*made.warnings, *made.answer.unmet])
    if options["check_key"]:
        from ._check_key import check_key

        return int(check_key(made, answers, options, format))
    grades = marked(made.key, answers, options, style, whole)
    return finish(grades, answers, options, format, style, made.overrides) or int(bool(made.answer.unmet))


def finish(
    grades: Grades,
    answers: Sequence[str],
    options: dict[str, Any],
    format: str,
    style: Style,
    overrides: Sequence[Any] = (),
    students: Sequence[str] = (),
) -> int:
    """Everything that is printed and written of a class; the exit code."""
    from ._class import compared, final

    grades = final(grades, options, overrides, students)
    changed = compared(grades, options)
    emit_grades(grades, answers, options, format, [changed] if changed else [])
    if changed and (format in DATA or format == "gradescope"):
        for line in changed.lines():
            remark(line)
    extras(grades, options, style)
    tell(grades)
    full = bool(grades.sheets) and all(
        sheet.cells and sheet.score >= sheet.max_score and not sheet.unread for sheet in grades.sheets
    )
    return int(bool(options["strict"]) and not full)


def _problems(key: str) -> Any:
    """The problems of the key's file, None where it is a spec; what comes on standard input is one."""
    if key == "-":
        return None
    from .. import catalogue
    from ..homework.problems.grading import problems_in

    return problems_in(catalogue.source(key))


def marked(
    key: Any,
    answers: Sequence[str],
    options: dict[str, Any],
    style: Style,
    whole: bool = False,
    own: bool = False,
) -> Grades:
    """All hand-ins, read and marked, with a line on stderr that counts them; `whole` if all files are one student's.

    `own` if they are published values, which say themselves what is asked.
    """
    from ..api.grading import graded
    from ..homework.grade import one

    how = rules(options, style)
    reading: dict[str, Any] = {name: options[name] for name in ("id_pattern", "assignment")}
    reading["called"] = options.get("called", ())
    if whole:
        reading["every"] = False
    with Progress() as progress:

        def show(done: int, of: int) -> None:
            if done % STEP == 0 or done == of:
                progress.say(_("{n} of {all} hand-ins marked").format(n=done, all=of))

        def through(hand_ins: Iterable[Any]) -> Iterable[Any]:
            counted = _counted(hand_ins, progress)
            return one(list(counted)) if whole else counted

        encoding = options["encoding"] or "utf-8"
        return graded(
            key, answers, how, through=through, progress=show, own=own, encoding=encoding, **reading
        )


def rules(options: dict[str, Any], style: Style) -> Any:
    """How a run marks, as its options say."""
    from ..homework.marking import Rules

    once = options["repeat_errors"] == "once"
    return Rules(not options["no_ft"], once, _tolerance(options["tolerance"]), style)


def _counted(hand_ins: Iterable[Any], progress: Progress) -> Iterator[Any]:
    """The hand-ins, counted while they are read."""
    for n, hand_in in enumerate(hand_ins, 1):
        if n % STEP == 0:
            progress.say(_("{n} hand-ins read").format(n=n))
        yield hand_in


def extras(grades: Grades, options: dict[str, Any], style: Style) -> None:
    """The students' pages and the gradebook, where they are asked for."""
    if options["gradebook"]:
        from ._gradebook import Way, write_gradebook

        column = options["column"] or options["assignment"]
        way = Way(column, options["bom"], options["encoding"], options["dry_run"], options["anonymous"])
        write_gradebook(grades, options["gradebook"], way)
    if options["feedback"] and not options["dry_run"]:
        from ._feedback import write_pages

        write_pages(grades, options["feedback"], style, options["feedback_format"], options["gradebook"])


def _is_folder(path: str | None) -> bool:
    """Whether Gradescope's results go into a folder, a file for each student."""
    return bool(path) and path != "-" and not str(path).lower().endswith(".json")


def _tolerance(text: str | None) -> Any:
    """`1%` or `2` as a tolerance; raises UsageError for what is neither."""
    if text is None:
        return None
    from ..spec.grading import limit

    found = limit(text)
    if found is None:
        raise UsageError(_("{text} is no tolerance").format(text=text), _("write 2 or 1%"))
    return found


def emit_grades(
    grades: Grades,
    answers: Sequence[str],
    options: dict[str, Any],
    format: str,
    more: Sequence[Any] = (),
) -> None:
    """The document in the format that was asked for; `more` stands below it where people read it."""
    if format == "gradescope":
        from ._gradescope import write_results

        write_results(grades, options["output"])
        return
    if format in DATA:
        emit([CellList(grades) if format in ("csv", "tsv") else grades], options, format)
        return
    from ..report.class_report import CellsReport, SlipsReport

    documents: list[Any] = list(grades.sheets) if len(grades.sheets) <= FEW else []
    if len(grades.sheets) == 1:
        (sheet,) = grades.sheets
        documents = [sheet._replace(notes=grades.notes)]
    elif grades.sheets:
        slips = SlipsReport(grades)
        documents += [grades, CellsReport(grades), *([slips] if slips.grid().rows else [])]
    emit([*(documents or [grades]), *more], options, format)


def tell(grades: Grades) -> None:
    """On stderr: hand-ins that could not be read, and where there were none at all."""
    if not grades.sheets:
        remark(_("no hand-ins were found"))
    unread = [sheet for sheet in grades.sheets if sheet.unread]
    if unread:
        line = ngettext(
            "{n} hand-in could not be read: {files}", "{n} hand-ins could not be read: {files}", len(unread)
        )
        remark(line.format(n=len(unread), files=", ".join(sheet.file for sheet in unread[:20])))
    for line in (*lateness(grades), *left_out(grades)):
        remark(line)
