"""The pages, and the helpers that make their generated parts."""

from __future__ import annotations

import sys
import types
from importlib import util
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def load_helpers() -> Any:
    """`docs/pages.py`, which is no part of the package."""
    if util.find_spec("cog") is None:
        sys.modules.setdefault("cog", types.ModuleType("cog"))  # cog lends itself to the pages while it runs
    spec = util.spec_from_file_location("pages", ROOT / "docs" / "pages.py")
    assert spec and spec.loader
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(params=PAGES, ids=lambda page: page.name)
def page(request: pytest.FixtureRequest) -> str:
    return str(request.param.read_text("utf-8"))


@pytest.fixture(scope="session")
def helpers() -> Any:
    return load_helpers()


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT
