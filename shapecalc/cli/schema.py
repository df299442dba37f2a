"""`shapecalc schema`: the JSON Schema of a spec, for editors."""

from __future__ import annotations

from ._output import write
from ._verb import verb


@verb("schema")
def command() -> None:
    """Print the JSON Schema of a spec.

    \b
    shapecalc schema > shapecalc.schema.json
    """
    import json

    from ..spec.schema import schema

    write(json.dumps(schema(), indent=2, ensure_ascii=False) + "\n", None)
