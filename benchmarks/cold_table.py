"""How long a first `shapecalc table vgg16` takes on a pipe, as a multiple of an empty Python process.

The program is built, installed into an environment of its own and compiled, as a user has it. torchinfo's script is run
beside it with `--peer-python`, an interpreter that has torch and torchinfo.
"""

from __future__ import annotations

import os
import sys
import tempfile

from _measure import in_turns, report

HERE = os.path.dirname(os.path.abspath(__file__))
PASS, IMPORTS, OURS, PEER = (
    "python -c pass",
    "import click, yaml",
    "shapecalc table vgg16",
    "torchinfo, VGG-16",
)


def install(folder: str) -> str:
    """A fresh environment with this checkout installed from its wheel; the folder of its programs."""
    programs = os.path.join(folder, "bin")
    steps = (
        f"'{sys.executable}' -m venv '{folder}'",
        f"'{programs}/python' -m pip install --quiet '{os.path.dirname(HERE)}'",
    )
    for step in steps:
        if os.system(step) != 0:  # noqa: S605
            sys.exit(f"failed: {step}")
    return programs


def option(name: str, default: str) -> str:
    """The value after `name` on the command line; argparse alone would be a tenth of what is measured."""
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


def main() -> None:
    """Measure and print the ratios."""
    runs, peer = int(option("--runs", "40")), option("--peer-python", sys.executable)
    with tempfile.TemporaryDirectory() as folder:
        programs = option("--programs", "") or install(folder)
        python = os.path.join(programs, "python")
        commands = {
            PASS: [python, "-c", "pass"],
            IMPORTS: [python, "-c", "import click, yaml"],
            OURS: [os.path.join(programs, "shapecalc"), "table", "vgg16"],
            PEER: [peer, os.path.join(HERE, "peers", "torchinfo_vgg16.py")],
        }
        os.chdir(folder)
        found = in_turns(commands, runs, seldom=(PEER,))
    print(f"Python {sys.version.split()[0]}, {runs} runs in turns")
    report(found, PASS)
    if PEER in found:
        print(f"faster than torchinfo: {found[PEER].least / found[OURS].least:.0f}× least, ", end="")
        print(f"{found[PEER].median / found[OURS].median:.0f}× median")


if __name__ == "__main__":
    main()
