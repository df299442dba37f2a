"""A regular expression that is compiled when it is first used: most of a program's are never asked in one run.

Pitfall: a mistake in the pattern shows at its first use, not when the module loads.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    Pattern = re.compile
else:

    class Pattern:
        """Stands for `re.compile(text, flags)`; every method of a compiled pattern is there."""

        def __init__(self, text: str, flags: int = 0) -> None:
            self._text = text
            self._flags = flags

        def __getattr__(self, name: str) -> Any:
            method = getattr(re.compile(self._text, self._flags), name)
            setattr(self, name, method)
            return method
