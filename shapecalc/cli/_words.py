"""Help and click's own sentences in the user's language: translated when they are shown, and wrapped by their width.

Pitfall: click asks gettext for its words, which reads the environment and not `--lang`, and breaks lines at blanks, of
which Chinese has none.
"""

from __future__ import annotations

import copy
import inspect
import re
import sys

import click

from .. import text
from ..text import N_, _, ngettext

_TOKEN = re.compile(
    r"\s+|[\u2e80-\uffef](?:[，。：；？！）、”’》」]*)|[^\s\u2e80-\uffef]+[，。：；？！）、”’》」]*"
)
CLICK = (
    N_("Options"),
    N_("Commands"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("No such option {name!r}."),
    N_("No such option: {name}"),  # click 8.1
    ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
    N_("Option {name!r} does not take a value."),
    ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1),
    ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1),
    N_("Choose from:\n\t{choices}"),
    ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is not readable."),
    N_("{name} {filename!r} is not writable."),
    N_("file"),
    N_("directory"),
    N_("path"),
)
"""What click says, as it stands in click; what is not here stays English."""


class Formatter(click.HelpFormatter):
    """Click's own, with heads in the user's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, _("Usage: ") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        self.write(_("{heading}:").format(heading=heading) + "\n")


class Context(click.Context):
    """A context that writes so."""

    formatter_class = Formatter


class Worded(click.Command):
    """A command whose help is translated when it is shown."""

    context_class = Context

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        said = copy.copy(self)
        said.help = in_words(self.help)
        said.params = [copy.copy(param) for param in self.params]
        for param in said.params:
            if isinstance(param, click.Option) and param.help:
                param.help = _(param.help)
        super(Worded, said).format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        if text.english():
            return super().get_short_help_str(limit)
        return re.split("[，。：；]", in_words(self.help))[0]


def in_words(help: str | None) -> str:
    """A command's docstring, paragraph by paragraph."""
    parts = inspect.cleandoc(help or "").split("\n\n")
    words = (part if "\b" in part else " ".join(part.split()) for part in parts)
    return "\n\n".join(map(_, words))


def speak(language: str) -> None:
    """Speak `language`, and let click speak it, too."""
    text.use(language)
    if text.english():
        return
    for name in ("core", "exceptions", "formatting", "parser", "types"):
        module = sys.modules[f"click.{name}"]
        module.__dict__.update(
            {k: v for k, v in (("_", _), ("ngettext", text.ngettext)) if hasattr(module, k)}
        )
    sys.modules["click.formatting"].__dict__["wrap_text"] = wrap


def wrap(
    text: str,
    width: int = 78,
    initial_indent: str = "",
    subsequent_indent: str = "",
    preserve_paragraphs: bool = False,
) -> str:
    """What click's function of this name does, by columns; paragraphs after a `\b` keep their lines."""
    from ..render.width import width as columns

    shown = []
    for block in text.split("\n\n") if preserve_paragraphs else [text]:
        if block.startswith("\b\n"):
            shown.append("\n".join(initial_indent + line for line in block[2:].splitlines()))
            continue
        lines, line = [], initial_indent
        for token in _TOKEN.findall(" ".join(block.split())):
            if columns(line + token.rstrip()) > width and line.strip():
                lines.append(line.rstrip())
                line = subsequent_indent + token.lstrip()
            else:
                line += token
        shown.append("\n".join([*lines, line.rstrip()]))
    return "\n\n".join(shown)
