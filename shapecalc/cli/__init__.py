"""The command line: one command, one file, loaded only when it is called."""


def main() -> None:
    """Entry point of `shapecalc`: runs, and exits with the contract's code."""
    code = 130
    try:
        import gc
        import os
        import sys

        gc.disable()  # a short life: collecting while modules load costs a tenth of a plain table
        from ._main import run

        code = run()
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, KeyboardInterrupt):  # the pipe is closed; or somebody could not wait for the modules
        pass
    os._exit(code)  # taking the interpreter down in order costs as much as half of starting it
