"""The checkout, its settings, and the wheel and sdist that are built from it once a session."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def settings() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one wheel, made from one sdist: by whichever process comes first, and the others wait for it."""
    if not find_spec("build") or not find_spec("hatchling"):
        pytest.skip("build and hatchling are not installed: the wheel and the sdist are not looked at")
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "dist"
    told = folder.with_suffix(".log")
    try:
        folder.mkdir()
    except FileExistsError:
        for _ in range(3000):
            if told.exists():
                break
            time.sleep(0.1)
    else:
        command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
        ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        part = folder.with_suffix(".part")
        part.write_text(f"{ran.returncode}\n{ran.stdout}{ran.stderr}", "utf-8")
        part.rename(told)
    assert told.read_text("utf-8").startswith("0\n"), told.read_text("utf-8")
    return folder
