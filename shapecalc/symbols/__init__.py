"""Exact integer expressions over sizes that are letters: H, W, T, each at least 1."""

from __future__ import annotations

from .form import Expr
from .space import Space

__all__ = ["Expr", "Space"]
