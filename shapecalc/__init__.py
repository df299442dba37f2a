"""shapecalc: shapes, parameters and costs of neural networks, with the arithmetic behind every number."""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"
_API = {
    "read": "api",
    "compute": "api",
    "answer_key": "api.grading",
    "grade": "api.grading",
    "Selection": "api",
    "Answer": "api",
    "SpecError": "errors",
    "UsageError": "errors",
}
__all__ = ["__version__", *_API]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for (PEP 562): importing the package loads nothing."""
    if name not in _API:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_API[name]}", __name__), name)
