"""From YAML text to a plan: what the person wrote, checked line by line, and nothing computed yet."""

from .document import in_order, load, plan_of
from .plan import (
    BROKEN,
    UNKNOWN,
    UNREAD,
    Block,
    BlockEntry,
    BranchesEntry,
    BrokenEntry,
    Entry,
    LayerEntry,
    NamesEntry,
    Param,
    Plan,
    Reference,
    SeqEntry,
    Setting,
    Value,
)

__all__ = [
    "BROKEN",
    "UNKNOWN",
    "UNREAD",
    "Block",
    "BlockEntry",
    "BranchesEntry",
    "BrokenEntry",
    "Entry",
    "LayerEntry",
    "NamesEntry",
    "Param",
    "Plan",
    "Reference",
    "SeqEntry",
    "Setting",
    "Value",
    "in_order",
    "load",
    "plan_of",
]
