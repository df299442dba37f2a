"""`shapecalc completion`: a script that lets a shell complete commands, networks and layers."""

from __future__ import annotations

import click

from ._output import write
from ._verb import verb

SHELLS = ("bash", "zsh", "fish", "powershell")
_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName shapecalc -ScriptBlock {
    param($word, $ast, $position)
    $env:COMP_WORDS = $ast.ToString()
    $env:COMP_CWORD = $ast.CommandElements.Count - [int]($word -ne '')
    $env:_SHAPECALC_COMPLETE = 'bash_complete'
    shapecalc | ForEach-Object { ($_ -split ',', 2)[1] } | Where-Object { $_ } |
        ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
    Remove-Item Env:_SHAPECALC_COMPLETE, Env:COMP_WORDS, Env:COMP_CWORD
}
"""


@verb("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    eval "$(shapecalc completion bash)"
    shapecalc completion fish > ~/.config/fish/completions/shapecalc.fish
    """
    if shell == "powershell":
        write(_POWERSHELL, None)
        return
    from click.shell_completion import get_completion_class

    from ._main import shapecalc

    kind = get_completion_class(shell)
    assert kind is not None
    write(kind(shapecalc, {}, "shapecalc", "_SHAPECALC_COMPLETE").source() + "\n", None)
