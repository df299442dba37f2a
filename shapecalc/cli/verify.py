"""`shapecalc verify`: run the network in NumPy, count what is executed, and compare with the formulas."""

from __future__ import annotations

import os
import re
from typing import Any

import click

from ..api import Answer
from ..errors import UsageError
from ..text import _
from ._options import out, select, selection, specs
from ._output import emit, format_of, global_options
from ._progress import Progress
from ._threads import threads
from ._verb import verb
from ._work import Work


@verb("verify")
@specs
@select
@click.option("--seed", type=int, default=0, metavar="N", help=_("Seed of the drawn numbers."))
@click.option("--layer", metavar="NAME", help=_("Run the network up to this layer."))
@click.option("--receptive-field", "fields", is_flag=True, help=_("Confirm receptive fields, too."))
@click.option(
    "--max-memory",
    metavar="SIZE",
    help=_("Refuse to run what takes more, such as 2G; what the machine has by default."),
)
@out
def command(specs: tuple[str, ...], format_: str | None, **options: Any) -> int:
    """Run networks on real arrays and confirm every shape, parameter and operation.

    \b
    shapecalc verify lenet5
    shapecalc verify vgg16 --receptive-field
    shapecalc verify my-net.yaml --layer conv3 --batch 2
    """
    format = format_of(format_, options["output"])
    chosen = selection(options)
    if isinstance(chosen.batch, str):
        message = _("a batch of {letter} samples cannot be run: only numbers can")
        raise UsageError(message.format(letter=chosen.batch), "--batch 2")
    work = Work().run(specs, chosen, numbers=True)
    options["threads"] = threads()
    limit = _bytes(options["max_memory"]) if options["max_memory"] else _available()
    answers, documents = iter(work.answers), []
    for label, document in zip(work.labels, work.documents):
        documents.append(
            _run(label, next(answers), options, limit, work) if hasattr(document, "rows") else document
        )
    found = [document for document in documents if hasattr(document, "layers")]
    if found or format.startswith("json"):
        marks = "data" if format in ("csv", "tsv") else "words" if global_options().ascii else "signs"
        emit([d._replace(marks=marks) if d in found else d for d in documents], options, format)
    return max(work.finish(), int(not all(document.ok for document in found)))


def _run(label: str, answer: Answer, options: dict[str, Any], limit: int | None, work: Work) -> Any:
    """What one network's run showed; a network that is refused stands broken in its place."""
    from ..reconcile import verify

    try:
        with Progress() as progress:

            def show(done: int, of: int) -> None:
                progress.say(_("{name}: layer {n} of {all}").format(name=label, n=done, all=of))

            return verify(answer.bound, answer.table, seed=options["seed"], layer=options["layer"], fields=options["fields"],
                          max_memory=limit, threads=options["threads"], progress=show)  # fmt: skip
    except UsageError as error:
        refused = Work()
        refused.broken(label, error)
        work.problems += refused.problems
        work.code = refused.code
        return refused.documents[0]


def _bytes(text: str) -> int:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMGT]?)i?B?", text.strip(), re.IGNORECASE)
    if not match:
        raise UsageError(
            _("{text} is no size of memory").format(text=text), _("write 500M, 2G or a number of bytes")
        )
    return int(float(match[1]) * 1024 ** " KMGT".index(match[2].upper() or " "))


def _available() -> int | None:
    """Most of the machine's memory, where it can be asked."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * 8 // 10
    except (AttributeError, OSError, ValueError):
        return None
