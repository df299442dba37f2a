"""The group of commands, and the one place where an exception becomes a sentence and an exit code.

Pitfall: a traceback never reaches a user, and a closed pipe is no error; set SHAPECALC_DEBUG to see where it came from.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

import click

from .. import __version__, text
from ..errors import ShapecalcError, SpecError, UsageError, nearest
from ..text import _

COMMANDS = ("table", "compare", "check", "expand", "list", "layers", "new", "schema", "completion")


class Session(NamedTuple):
    """What was said before the command."""

    color: str = "auto"
    ascii: bool = False
    quiet: bool = False


class Commands(click.Group):
    """Finds a command in the file of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f".{cmd_name}", __package__).command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = nearest(args[0], list(COMMANDS))
            help = _("did you mean {word}?").format(word=near) if near else _("there are {names}").format(names=" ".join(COMMANDS))
            raise UsageError(_("there is no command {name}").format(name=args[0]), help)
        return super().resolve_command(ctx, args)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--lang", type=click.Choice(text.LANGUAGES), default="auto", help=_("Language of messages."))
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", help=_("Colour on a terminal."))
@click.option("--ascii", is_flag=True, help=_("Draw with ASCII only."))
@click.option("-q", "--quiet", is_flag=True, help=_("No warnings and no notes on stderr."))
@click.version_option(__version__, prog_name="shapecalc")
@click.pass_context
def shapecalc(ctx: click.Context, lang: str, color: str, ascii: bool, quiet: bool) -> None:
    """Shapes, parameters and costs of neural networks, with the arithmetic behind every number.

    \b
    shapecalc table vgg16             a built-in network, layer by layer
    shapecalc table my-net.yaml       your own
    shapecalc compare resnet18 vgg16  totals side by side
    """
    if lang != "auto":
        text.use(lang)
    ctx.obj = Session(color, ascii or not _can_draw(), quiet)


def _can_draw() -> bool:
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        "×⌊−▇".encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and say how it ended: 0, 1, 2, or 130."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = shapecalc.main(arguments, prog_name="shapecalc", standalone_mode=False)
        sys.stdout.flush()
        return int(code or 0)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (click.Abort, KeyboardInterrupt):
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except SpecError as error:
        from ._output import complain

        complain(error.diagnostics)
        return error.exit_code
    except ShapecalcError as error:
        _say(str(error), getattr(error, "help", None))
        return error.exit_code
    except RecursionError:
        _say(_("this is nested too deeply to be worked out"), None)
        return 2
    except Exception as error:
        if os.environ.get("SHAPECALC_DEBUG"):
            raise
        _say(_("an error of shapecalc itself: {reason}").format(reason=f"{type(error).__name__}: {error}"), _("please report it, with the spec"))
        return 2


def _say(message: str, help: str | None) -> None:
    sys.stderr.write(_("error: {message}").format(message=message) + "\n" + (f"  = help: {help}\n" if help else ""))
