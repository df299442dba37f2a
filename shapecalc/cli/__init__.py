"""The command line: one command, one file, loaded only when it is called."""

from __future__ import annotations


def main() -> None:
    """Entry point of `shapecalc`: runs, and exits with the contract's code."""
    import gc
    import os
    import sys

    gc.disable()  # a short life: collecting while modules load costs a tenth of a plain table
    from ._main import run

    code = run()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        pass
    os._exit(code)  # taking the interpreter down in order costs as much as half of starting it
