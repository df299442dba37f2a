"""The command line: one command, one file, loaded only when it is called."""

from __future__ import annotations


def main() -> None:
    """Entry point of `shapecalc`: runs, and exits with the contract's code."""
    import gc

    gc.disable()  # a short life: collecting while modules load costs a tenth of a plain table
    import sys

    try:
        from ._main import run

        code = run()
    except KeyboardInterrupt:  # while modules load
        code = 130
    sys.exit(code)
