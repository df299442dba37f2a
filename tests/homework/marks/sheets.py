"""Sheets as lines of a CSV file, and a file written without its margin."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

S01 = """\
CONV1,32x32x6,456
POOL1,16x16x6,0
CONV2,12x12x16,2416
POOL2,6x6x16,0
FC3,120,69240
FC4,84,10164
OUT,10,850
"""
"""The size of CONV1 is kept; the rest is right on it."""
S02 = """\
CONV1,28x28x6,450
POOL1,14x14x6,0
CONV2,10x10x16,2400
POOL2,5x5x16,0
FC3,120,48000
FC4,84,10080
OUT,10,840
"""
"""No biases, five times."""


def written(name: str, text: str) -> None:
    """A file in the working folder."""
    Path(name).write_text(dedent(text).lstrip("\n"), "utf-8")
