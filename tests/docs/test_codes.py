"""The table of codes is complete and has nothing in it that the program never says."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import shapecalc
from shapecalc.codes import CODES

PACKAGE = Path(shapecalc.__file__).parent


def used() -> set[str]:
    """Every code that stands as a string in the package, outside the table itself."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        if path.name != "codes.py":
            constants = (
                n.value for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Constant)
            )
            found |= {c for c in constants if isinstance(c, str) and re.fullmatch(r"SC\d{3}|W\d{3}", c)}
    return found


def test_every_code_that_is_said_is_explained() -> None:
    assert used() - CODES.keys() == set()


def test_every_code_that_is_explained_is_said() -> None:
    assert CODES.keys() - used() == set()


def test_the_table_is_in_order_and_in_sentences() -> None:
    assert list(CODES) == sorted(CODES)
    for code, (title, why, cure) in CODES.items():
        assert title and title[-1] not in ".!", code
        assert why.endswith(".") and cure.endswith((".", "?")), code
    assert len({code.title for code in CODES.values()}) == len(CODES)
