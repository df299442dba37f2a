"""shapecalc: shapes, parameters and costs of neural networks, with the arithmetic behind every number."""

# nothing is imported here, not even typing: whoever presses Ctrl-C while the command line loads is not shown a traceback
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .api import Answer as Answer
    from .api import Selection as Selection
    from .api import compute as compute
    from .api import read as read
    from .api.network import LayerView as LayerView
    from .api.network import Network as Network
    from .api.network import load as load
    from .api.windows import Solved as Solved
    from .api.windows import conv_out as conv_out
    from .api.windows import solve as solve
    from .errors import SpecError as SpecError
    from .errors import UsageError as UsageError

__version__ = "0.1.0"
_API = {
    "load": "api.network",
    "Network": "api.network",
    "LayerView": "api.network",
    "conv_out": "api.windows",
    "solve": "api.windows",
    "Solved": "api.windows",
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


def __getattr__(name: str) -> "Any":
    """Load a public name when it is first asked for (PEP 562): importing the package loads nothing."""
    if name not in _API:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_API[name]}", __name__), name)


def __dir__() -> "list[str]":
    return sorted(__all__)
