"""Answers as JSON; numbers stay the text that was typed.

Pitfall: JSON lets a repeated key win in silence, so repeats are looked for while it is read.
"""

from __future__ import annotations

import json
from typing import Any

from ....text import _
from ...spelling.refused import Refused
from ..columns import Names
from ..format import Format
from ..sheet import Sheet, shortened
from ..tree import sheets


def read(text: str, names: Names) -> list[Sheet]:
    """The sheets of a JSON document. Raises Refused where it is none."""
    doubles = list[str]()
    found = sheets(parsed(text, doubles), names)
    return [sheet._replace(problems=(*shortened(doubles), *sheet.problems)) for sheet in found]


def parsed(text: str, doubles: list[str]) -> Any:
    """The tree of a JSON text, its numbers as text; names given twice are added to `doubles`."""

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        node = dict(items)
        if len(node) < len(items):
            seen = set[str]()
            for key, _value in items:
                if key in seen:
                    doubles.append(_("{key} is given twice; the last one counts").format(key=key[:60]))
                seen.add(key)
        return node

    try:
        return json.loads(text, object_pairs_hook=pairs, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        reason = _("line {line}, column {column}: this is no JSON").format(
            line=error.lineno, column=error.colno
        )
        raise Refused(reason) from None
    except RecursionError:
        raise Refused(_("names lie too deep inside each other")) from None


FORMAT = Format((".json",), read, turn=1, starts=("{", "[{", "[ {", "[["), alone=True)
