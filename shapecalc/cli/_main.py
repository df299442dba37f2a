"""The group of commands, and the one place where an exception becomes a sentence and an exit code.

Pitfall: a traceback never reaches a user, and a closed pipe is no error; SHAPECALC_DEBUG=1 shows tracebacks.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

import click

from .. import __version__, text
from ..errors import ShapecalcError, SpecError, UsageError, suggest, there_are
from ..record import Record
from ..text import N_, _
from ._verb import help_option
from ._words import Worded, speak

COMMANDS = (
    "table",
    "explain",
    "solve",
    "compare",
    "verify",
    "check",
    "quiz",
    "grade",
    "expand",
    "list",
    "layers",
    "slips",
    "new",
    "schema",
    "completion",
)


class GlobalOptions(Record):
    """What was said before the command."""

    color: str = "auto"
    ascii: bool = False
    quiet: bool = False


class Commands(Worded, click.Group):
    """Finds a command in the file of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        with text.untranslated():  # the help is translated when it is shown
            command: click.Command = import_module(f".{cmd_name}", __package__).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            help = suggest(args[0], COMMANDS, there_are(COMMANDS))
            raise UsageError(_("there is no command {name}").format(name=args[0]), help)
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"shapecalc {__version__}")
        ctx.exit()


def _language(_ctx: click.Context, _param: click.Parameter, wanted: str | None) -> None:
    if wanted and wanted != "auto":
        speak(wanted)


@click.command(cls=Commands, add_help_option=False, context_settings={"max_content_width": 100})
@click.option(
    "--lang",
    type=click.Choice(text.LANGUAGES),
    expose_value=False,
    is_eager=True,
    callback=_language,
    help=N_("Language of messages."),
)
@click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    help=N_("Colour on a terminal."),
)
@click.option("--ascii", is_flag=True, help=N_("Draw with ASCII only."))
@click.option("-q", "--quiet", is_flag=True, help=N_("No warnings and no notes on stderr."))
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help=N_("Show the version."),
)
@help_option
@click.pass_context
def shapecalc(ctx: click.Context, color: str, ascii: bool, quiet: bool) -> None:
    """Shapes, parameters and costs of neural networks, with the arithmetic behind every number.

    \b
    shapecalc table vgg16             a built-in network, layer by layer
    shapecalc table my-net.yaml       your own
    shapecalc compare resnet18 vgg16  totals side by side
    """
    ctx.obj = GlobalOptions(color, ascii or not _can_say("×⌊−▇"), quiet)


_LOCALE = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "C")


def _can_say(letters: str) -> bool:
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        letters.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and say how it ended: 0, 1, 2, or 130."""
    _open_streams()
    try:
        code = _run(sys.argv[1:] if arguments is None else list(arguments))
        sys.stdout.flush()
        return code
    except OSError as error:
        return _cut_off(error)
    except KeyboardInterrupt:
        return 130


def _run(arguments: list[str]) -> int:
    if (os.environ.get("LANGUAGE") or not _LOCALE.startswith(("en", "C", "POSIX"))) and _can_say("中"):
        speak("auto")
    try:
        if "_SHAPECALC_COMPLETE" in os.environ:
            shapecalc.main(arguments, prog_name="shapecalc")
        with shapecalc.make_context(
            "shapecalc", arguments
        ) as context:  # click's own main says 1 to a closed pipe
            return int(shapecalc.invoke(context) or 0)
    except click.exceptions.Exit as done:
        return done.exit_code
    except SystemExit as done:  # a shell asked for completions
        return int(done.code or 0)
    except click.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except SpecError as error:
        from ._output import complain

        complain(error.diagnostics)
        return error.exit_code
    except ShapecalcError as error:
        return _refuse(str(error), getattr(error, "help", None), error.exit_code)
    except RecursionError:
        return _refuse(_("this is nested too deeply to be worked out"))
    except MemoryError:
        return _refuse(_("there is not enough memory for this"))
    except OSError:
        raise
    except OverflowError:
        return _refuse(_("a number here is too large to be written"))
    except Exception as error:
        if os.environ.get("SHAPECALC_DEBUG"):
            raise
        reason = f"{type(error).__name__}: {error}"
        message = _("an error of shapecalc itself: {reason}").format(reason=reason)
        return _refuse(message, _("please report it, with the spec"))


def _open_streams() -> None:
    """Let no letter of a name stop the output, and write into nothing where a stream was closed."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _cut_off(error: OSError) -> int:
    """Standard output is closed, which is no error, or it is full; what is left to be written goes nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError) or error.errno == errno.EINVAL:  # Windows says EINVAL
        return 0
    with suppress(OSError):
        _refuse(error.strerror or str(error))
    return 2


def _refuse(message: str, help: str | None = None, code: int = 2) -> int:
    sys.stderr.write(_("error: {message}").format(message=message) + "\n")
    if help:
        sys.stderr.write(f"  = {text.labelled(_('help'), help)}\n")
    return code
