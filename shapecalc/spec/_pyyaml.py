"""PyYAML for its C parser alone: its Python parser's regular expressions wait until somebody uses them.

Compiling them is a quarter of the time it takes to import click and PyYAML together, and the C parser asks none.
Pitfall: they are still there, so whoever uses the rest of PyYAML beside this package misses nothing; where PyYAML is
loaded already, or has no C parser, this is a plain import.
"""

from __future__ import annotations

import re
import sys

from ..pattern import Pattern

if "yaml" not in sys.modules:
    _compile, re.compile = re.compile, Pattern
    try:
        import yaml
    finally:
        re.compile = _compile
import yaml

__all__ = ["yaml"]
