"""A worksheet to be filled in and handed in as it is: every `?` of the table is replaced by an answer.

Pitfall: the table is the hand-in, so its heading keeps the words that a grader knows, whatever the language around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...report.grid import Grid
from ...report.quiz import Quiz, written
from ...text import _, labelled, run_on
from ..look import Look
from ..markdown import escape
from ..safe import clean
from ..sheet import Lane, sheet
from ..width import column


def render(quizzes: Sequence[Quiz]) -> str:
    """The sheets one after another."""
    return "\n".join("\n\n".join(section(quiz)) + "\n" for quiz in quizzes)


def section(quiz: Quiz) -> Iterator[str]:
    """A sheet's paragraphs: heading, name and marks, what is counted, the table, questions or steps."""
    yield f"# {text(quiz.heading)}"
    if not quiz.filled:
        asks = (
            _("Replace every ? by your answer.")
            if not quiz.chosen
            else _("Choose one letter for each number.")
        )
        yield f"{labelled(_('Name'), text(quiz.student))}\n\n{run_on((asks, _('Marks: {n}.').format(n=quiz.marks)))}"
    yield "\n".join(f"- {text(line)}" for line in quiz.conventions)
    yield table(quiz)
    if quiz.filled:
        steps = [f"- {text(line)}" for line in quiz.sentences()]
        if steps:
            yield "\n".join(steps)
    elif quiz.chosen:
        yield "\n".join(questions(quiz))


def table(quiz: Quiz) -> str:
    """The table alone."""
    shown = quiz if quiz.chosen else quiz._replace(blank="?")
    grid = shown.grid()
    lanes = sheet(Grid("", grid.columns, grid.rows), Look(), escape).lanes
    keys = [escape(c.key) for c in grid.columns]
    columns = [_column(lane, key) for lane, key in zip(lanes, keys)]
    return "\n".join(f"| {' | '.join(row)} |" for row in zip(*columns))


def _column(lane: Lane, heading: str) -> list[str]:
    """The texts of a column, lined up."""
    cells, texts = column([heading, "---", *lane.cells], lane.numeric)
    texts[1] = "-" * (cells - 1) + (":" if lane.numeric else "-")
    return texts


def questions(quiz: Quiz) -> Iterator[str]:
    """Each blank with its choices."""
    for blank in quiz.blanks:
        if blank.choices:
            yield f"{blank.number}. {text(blank.question)}"
            yield from (f"   - {choice.letter}) {text(written(choice.value))}" for choice in blank.choices)


def text(words: str) -> str:
    """Text from a file, as text."""
    return escape(clean(words))
