"""`shapecalc new`: a spec of your own to begin with."""

from __future__ import annotations

import os

import click

from .. import catalogue
from ..errors import Source, UsageError
from ..text import _
from ._options import complete_specs
from ._output import remark, write
from ._verb import verb


@verb("new")
@click.argument("name")
@click.option(
    "--from",
    "origin",
    default="lenet5",
    metavar="SPEC",
    shell_complete=complete_specs,
    help=_("The network to begin with; lenet5 by default."),
)
def command(name: str, origin: str) -> int:
    """Begin a spec NAME.yaml as a copy of a network; an existing file is never overwritten.

    \b
    shapecalc new my-net
    shapecalc new wider --from resnet18
    """
    path = name if name.endswith(catalogue.SUFFIXES) else f"{name}.yaml"
    title = os.path.splitext(os.path.basename(path))[0]
    if title in ("", ".yaml", ".yml"):
        raise UsageError(_("{path} is no name for a file").format(path=name), "shapecalc new my-net")
    if os.path.lexists(path):
        help = _("take another name, or move it away")
        raise UsageError(_("{path} is there already").format(path=path), help)
    write(renamed(catalogue.source(origin), title, os.path.dirname(path)), path)
    remark(_("{path} is yours; see it with: shapecalc table {path}").format(path=path))
    return 0


def renamed(source: Source, title: str, folder: str) -> str:
    """The text of a spec under another name; a base that is a path is found from `folder`, too."""
    from ..engine.written import quoted
    from ..spec.reader import read
    from ..spec.tree import Mapping, Scalar

    root = read(source)[0]
    fields = {key.text: value for key, value in root.pairs} if isinstance(root, Mapping) else {}
    lines = source.text.splitlines(keepends=True)
    changes: list[tuple[int, int, int, int, str]] = []
    base, label = fields.get("base"), fields.get("name")
    if isinstance(base, Scalar) and catalogue.is_path(base.text) and source.name != "<stdin>":
        there = os.path.join(os.path.dirname(source.name), base.text)
        here = os.path.relpath(there, folder or os.curdir).replace(os.sep, "/")
        changes.append((base.line, base.column, base.end_line, base.end_column, quoted(f"./{here}")))
    if label:
        changes.append((label.line, label.column, label.end_line, label.end_column, quoted(title)))
    elif isinstance(root, Mapping) and root.pairs:
        key, flowing = root.pairs[0][0], source.line(root.line + 1)[root.column : root.column + 1] == "{"
        text = f"name: {quoted(title)}" + (", " if flowing else "\n" + " " * key.column)
        changes.append((key.line, key.column, key.line, key.column, text))
    for line, column, end_line, end_column, text in sorted(changes, reverse=True):
        after = "\n" if end_column == 0 and end_line > line else ""  # a text in a block ends on the next line
        last = lines[end_line] if end_line < len(lines) else ""
        lines[line : end_line + 1] = [lines[line][:column] + text + after + last[end_column:]]
    return "".join(lines)
