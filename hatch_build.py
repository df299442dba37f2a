"""Building the wheel, or installing a checkout, compiles the catalogue: the `.mo` beside its `.po`, which git ignores."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogue(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling calls it before it collects the files of a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        path = Path(self.root, "shapecalc", "text.py")
        spec = importlib.util.spec_from_file_location("text", path)
        assert spec and spec.loader
        text = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(text)
        text.freshen()
