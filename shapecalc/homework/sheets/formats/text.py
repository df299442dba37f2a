"""A plain text, whose suffix says nothing: what is in it decides."""

from __future__ import annotations

from ..format import Format

FORMAT = Format((".txt", ".text", ".log", ".eml", ""))
