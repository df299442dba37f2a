"""From YAML text to a plan: what the person wrote, checked line by line, and nothing computed yet."""

from .document import load
from .plan import UNKNOWN, Block, Entry, Param, Plan, Reference, Value

__all__ = ["UNKNOWN", "Block", "Entry", "Param", "Plan", "Reference", "Value", "load"]
