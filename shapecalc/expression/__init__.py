"""The one grammar of arithmetic: layer formulas, options in a spec, expectations and `--where` all speak it."""

from .evaluate import evaluate
from .parse import Expression, parse
from .tokens import ExpressionError

__all__ = ["Expression", "ExpressionError", "evaluate", "parse"]
