"""The command line: one command, one file, loaded only when it is called."""

from __future__ import annotations


def main() -> None:
    """Entry point of `shapecalc`: runs, and exits with the contract's code."""
    import gc
    import os
    import sys

    gc.disable()  # a short life: collecting while modules load costs a tenth of a plain table
    code = 130
    try:
        from ._main import run

        code = run()
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, KeyboardInterrupt):  # the pipe is closed; or somebody could not wait for the modules
        pass
    os._exit(code)  # taking the interpreter down in order costs as much as half of starting it
