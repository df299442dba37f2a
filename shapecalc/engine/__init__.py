"""Plans become networks with numbers: one walk for shapes, then passes over the result."""

from .bind import Bound, Overrides, bind
from .tabulate import tabulate

__all__ = ["Bound", "Overrides", "bind", "tabulate"]
