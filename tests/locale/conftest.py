"""The catalogue, and the helpers that collect the program's sentences."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import util
from pathlib import Path
from typing import Any

import pytest

from shapecalc import text

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def messages() -> Any:
    """`docs/messages.py`, which is no part of the package."""
    pytest.importorskip("babel", reason="Babel is not installed: the catalogue is not looked at")
    spec = util.spec_from_file_location("messages", ROOT / "docs" / "messages.py")
    assert spec and spec.loader
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def catalogue(messages: Any) -> Any:
    """What is written in the repository."""
    from babel.messages.pofile import read_po

    with messages.PO.open("rb") as file:
        return read_po(file, locale="zh")


@pytest.fixture
def english_again() -> Iterator[None]:
    yield
    text.use("en")
